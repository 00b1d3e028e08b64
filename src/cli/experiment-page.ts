/** The page of an experiment's report that draws the lab and replays what happened. */
import type { Timeline } from '../experiment/timeline/timeline.js';
import { readNodes, statusOf } from '../lab/status.js';
import type { RunningLab } from '../lab/running-lab.js';
import type { Lab } from '../model/resources.js';
import { drawPicture } from '../picture/draw.js';
import { PLAIN_COLOURS } from '../picture/plain-colours.js';
import { packed } from '../picture/packed.js';
import { standalonePage } from '../picture/standalone.js';
import type { Picture } from '../picture/picture.js';
import { webviewFile } from './package-folder.js';

/** The lab as it is now: what happened to it is told by its timelines. */
export async function pictureOf(running: RunningLab, lab: Lab): Promise<Picture> {
  const seen = await readNodes(running);
  return drawPicture(lab, { lab, status: statusOf(lab, seen), seen }, false);
}

/** @returns Null where nothing was recorded, or the page was not built. */
export async function experimentPage(picture: Picture, timelines: readonly Timeline[]): Promise<string | null> {
  const [timeline, ...others] = timelines;
  const [code, style] = [await webviewFile('main.js'), await webviewFile('main.css')];
  if (!timeline || code === null || style === null) return null;
  return standalonePage({
    snapshot: {
      type: 'snapshot',
      revision: 1,
      picture,
      notice: null,
      rows: {},
      positions: {},
      work: null,
      trusted: false,
    },
    timeline,
    runs: others.map(({ header, events }, nth) => ({ name: `run ${String(nth + 2)}`, header, ...packed(events) })),
    words: {},
    code,
    style,
    colours: PLAIN_COLOURS,
  });
}
