/** The files that `experiment` was asked for. */
import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ExperimentReport } from '../experiment/experiment-report.js';
import { writeTimeline } from '../experiment/timeline/json-lines.js';
import type { Timeline } from '../experiment/timeline/timeline.js';
import type { Picture } from '../picture/picture.js';
import { experimentHtml } from '../render/experiment/experiment-html.js';
import { experimentPage } from './experiment-page.js';

export interface WantedFiles {
  readonly html?: string;
  readonly pcap?: string;
  readonly timeline?: string;
}

export interface Result {
  readonly report: ExperimentReport;
  readonly timelines: readonly Timeline[];
  /** What passed the routers; null where nobody asked. */
  readonly packets: Uint8Array | null;
}

/** Where a lab declares several scenarios each has files of its own: `report.html`, `report-2.html`. @param nth From 0 */
export function numbered(path: string, nth: number): string {
  if (nth === 0) return path;
  const ending = extname(path);
  return `${path.slice(0, path.length - ending.length)}-${String(nth + 1)}${ending}`;
}

/** @param nth Which scenario of the lab it was, from 0. @returns What was written. */
export async function writeFiles(
  { report, timelines, packets }: Result,
  { html, pcap, timeline }: WantedFiles,
  picture: Picture,
  nth: number,
): Promise<string[]> {
  const last = timelines.at(-1);
  const files: readonly (readonly [string | undefined, string | Uint8Array | null])[] = [
    [pcap, packets],
    [html, html === undefined ? null : experimentHtml(report, timelines, await experimentPage(picture, timelines))],
    [timeline, last ? writeTimeline(last) : null],
  ];
  const written: string[] = [];
  for (const [path, content] of files) {
    if (path === undefined || content === null) continue;
    const own = numbered(path, nth);
    await writeFile(own, content);
    written.push(own);
  }
  return written;
}
