/** What the page drew, in a file where a person wants it. */
import * as vscode from 'vscode';
import { writeTimeline } from '../../experiment/timeline/json-lines.js';
import type { Timeline } from '../../experiment/timeline/timeline.js';
import type { FromPage, RunsToCompare, Snapshot } from '../../picture/messages.js';
import { standalonePage } from '../../picture/standalone.js';

export type Export = Extract<FromPage, { type: 'export' }>;

const FORMATS = { svg: 'SVG', png: 'PNG', html: 'HTML', jsonl: 'JSON Lines' } as const;

interface Whole {
  readonly timeline: Timeline;
  readonly runs: RunsToCompare['runs'];
  readonly words: Record<string, string>;
  /** The folder of the page's own code. */
  readonly media: vscode.Uri;
  readonly snapshot: () => Snapshot;
}

/** With what the page cannot make itself: of HTML its own code, of a timeline what came before it was opened again. */
export async function withWhole(message: Export, { timeline, runs, words, media, snapshot }: Whole): Promise<Export> {
  if (message.format === 'jsonl') return { ...message, content: writeTimeline(timeline) };
  if (message.format !== 'html') return message;
  const read = async (name: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(media, name)));
  const [code, style] = await Promise.all([read('main.js'), read('main.css')]);
  const colours = message.content;
  return {
    ...message,
    content: standalonePage({ snapshot: snapshot(), timeline, runs, words, code, style, colours }),
  };
}

export async function saveExport(lab: string, { format, content }: Export): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${lab}.${format}`;
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { [FORMATS[format]]: [format] },
  });
  if (!target) return;
  const bytes = format === 'png' ? Buffer.from(content, 'base64') : new TextEncoder().encode(content);
  await vscode.workspace.fs.writeFile(target, bytes);
}
