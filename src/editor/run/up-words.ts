/** What an `up` is doing, in a few words and as a share of the whole: for a notification and for the lab's row. Pure. */
import * as l10n from '@vscode/l10n';
import type { BringUpProgress } from '../../lab/bring-up/bring-up.js';
import type { Progress } from '../../lab/bring-up/up.js';

export interface Stage {
  readonly text: string;
  /** From 0 to 1; null where nobody can tell. */
  readonly share: number | null;
}

/** Of the whole, what creating and setting up the nodes take; the rest is waiting for elections and addresses. */
const SET_UP = 0.7;

/** A small state that events change. */
export class UpWords {
  private readonly all = new Set<string>();
  private readonly there = new Set<string>();
  private readonly done = new Set<string>();
  private readonly steps = new Map<string, { of: number; done: number }>();
  private creating = false;

  take(progress: BringUpProgress): Stage {
    switch (progress.type) {
      case 'image':
        return { text: l10n.t('node image: {0}', progress.line.trim().slice(0, 120)), share: null };
      case 'lab':
        for (const { name } of progress.lab.nodes) this.all.add(name);
        return this.stage();
      case 'up':
        this.takeUp(progress.event);
        return this.stage();
      case 'waiting':
        return { text: waitingText(progress.missing), share: SET_UP };
    }
  }

  private takeUp(event: Progress): void {
    switch (event.type) {
      case 'engine':
        if (event.step.node !== null && event.step.action !== 'remove-node') this.creating = true;
        return;
      case 'planned':
        this.steps.set(event.node, { of: event.steps, done: 0 });
        return;
      case 'step': {
        const steps = this.steps.get(event.node);
        if (steps) steps.done += 1;
        return;
      }
      case 'node':
        this.there.add(event.node);
        if (event.state === 'done') this.done.add(event.node);
    }
  }

  private stage(): Stage {
    const total = Math.max(1, this.all.size);
    const halves = [...this.all].map((name) => {
      if (this.done.has(name)) return 1;
      const steps = this.steps.get(name);
      if (steps) return 0.5 + (0.5 * steps.done) / Math.max(1, steps.of);
      return this.there.has(name) ? 0.5 : 0;
    });
    const share = (SET_UP * halves.reduce<number>((sum, half) => sum + half, 0)) / total;
    const starting = this.creating && this.there.size < this.all.size && this.done.size === 0;
    return starting
      ? { text: l10n.t('starting nodes, {0} of {1}', this.there.size, this.all.size), share }
      : { text: l10n.t('setting up nodes, {0} of {1}', this.done.size, this.all.size), share };
  }
}

/** A lab of a hundred routers waits for a hundred things: the first one stands for all. */
export function waitingText(missing: readonly string[]): string {
  const [first = '', ...more] = missing;
  return more.length === 0 ? l10n.t('waiting: {0}', first) : l10n.t('waiting: {0}, and {1} more', first, more.length);
}
