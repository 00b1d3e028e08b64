/** The picture with its clock as one file that any browser shows: the page itself, with what was recorded written into it. */
import type { Timeline } from '../experiment/timeline/timeline.js';
import type { RunsToCompare, Snapshot, ToPage } from './messages.js';
import { packed } from './packed.js';

export interface Standalone {
  readonly snapshot: Snapshot;
  readonly timeline: Timeline;
  /** Others that it can be compared with. */
  readonly runs?: RunsToCompare['runs'];
  readonly words: Record<string, string>;
  /** The page's code and its style sheet. */
  readonly code: string;
  readonly style: string;
  /** Declarations of the theme's colours. */
  readonly colours: string;
}

export function standalonePage({ snapshot, timeline, runs = [], words, code, style, colours }: Standalone): string {
  const { header } = timeline;
  const recorded: ToPage[] = [
    // Nothing of it can be touched, and it knows no rows.
    { ...snapshot, rows: {}, work: null, trusted: false },
    { type: 'timeline', id: 1, header, nth: 0, ...packed(timeline.events), now: null, probing: [] },
    { type: 'runs', runs, show: false },
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${text(header.lab)}</title>
<style>:root{${colours.replace(/[<>{}]/g, '')}}</style>
<style>${style.replace(/<\//g, '<\\/')}</style>
</head>
<body>
<div id="root"></div>
${json('words', words)}
${json('recorded', recorded)}
<script>${code.replace(/<\/(?=script)/gi, '<\\/')}</script>
</body>
</html>
`;
}

function text(name: string): string {
  return name.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

/** Data, whatever a stranger has called his networks: nothing in it can end the element. */
function json(id: string, value: unknown): string {
  return `<script type="application/json" id="${id}">${JSON.stringify(value).replace(/</g, '\\u003c')}</script>`;
}
