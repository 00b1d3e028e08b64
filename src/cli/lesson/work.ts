/** How work on a lesson's lab is told: a line that is drawn again, or nothing. */
import type { BringUpProgress } from '../../lab/bring-up/bring-up.js';
import type { WorkOptions } from '../../lesson/run/lesson-lab.js';
import { LiveRegion } from '../live-region.js';
import { printable } from '../../render/paint.js';
import type { Terminal } from '../terminal.js';

export interface ToldWork extends Disposable {
  readonly options: WorkOptions;
}

/** @param quiet Nothing is told, for scripts */
export function workOf(terminal: Terminal, signal: AbortSignal, quiet: boolean): ToldWork {
  const region = new LiveRegion(terminal);
  const options: WorkOptions = {
    signal,
    onStep: ({ number, title }) => {
      if (quiet) return;
      region.finish();
      terminal.line(`  step ${String(number)}, ${printable(title)}`);
    },
    onProgress: (progress) => {
      const words = progressWords(progress);
      if (quiet || words === null || !terminal.live) return;
      region.update(() => [terminal.paint(`  ${printable(words)}`, 'grey')]);
    },
  };
  return {
    options,
    [Symbol.dispose]: () => {
      region[Symbol.dispose]();
    },
  };
}

/** Null for what needs no words. */
function progressWords(progress: BringUpProgress): string | null {
  switch (progress.type) {
    case 'image':
      return progress.line;
    case 'lab':
      return `setting up ${progress.lab.name}`;
    case 'waiting':
      return `waiting: ${progress.missing.slice(0, 3).join(', ')}`;
    case 'up':
      return progress.event.type === 'node' && progress.event.state === 'done'
        ? `${progress.event.node} is set up`
        : null;
  }
}
