/**
 * Whether something was so at a moment of which nobody told it: the events say what changed, not what was there from the
 * beginning. What came before tells it, else what came next, which was a change. Pure.
 */
import type { TimelineEvent } from '../src/experiment/timeline/event.js';

/** Of the changes of one thing: what it is after an event; null for an event of something else. */
export type After = (event: TimelineEvent) => boolean | null;

/**
 * @param changes In the order of their time.
 * @param t Milliseconds.
 * @param now What it is after all of them, where none tells.
 */
export function knownAt(
  changes: readonly TimelineEvent[],
  t: number,
  node: string,
  after: After,
  now: boolean,
): boolean {
  let known: boolean | null = null;
  for (const event of changes) {
    const ends = event.kind === 'node' && event.node === node && (event.state === 'exited' || event.state === 'dead');
    const told = event.node === node ? after(event) : null;
    if (event.t <= t) {
      if (told !== null) known = told;
      // What was in it went along, and comes anew.
      else if (ends) known = null;
    } else if (known !== null) return known;
    else if (told !== null) return !told;
    // It lived until then, and whoever lives has what he needs.
    else if (ends) return true;
  }
  return known ?? now;
}

/** @param of The name of the network, router or instance */
export function processAfter(name: string, of: string): After {
  return (event) => {
    if (event.kind !== 'process' || event.name !== name || event.of !== of) return null;
    return event.action === 'start';
  };
}

export function upAfter(namespace: string, device: string): After {
  return (event) => {
    if (event.kind !== 'link' || event.namespace !== namespace || event.device !== device) return null;
    // One that has just been made is not up yet, and one of which this is told was.
    return event.action === 'up' ? true : event.action === 'add' ? null : false;
  };
}

export function thereAfter(namespace: string, device: string): After {
  return (event) => {
    if (event.kind !== 'link' || event.namespace !== namespace || event.device !== device) return null;
    return event.action === 'add' ? true : event.action === 'del' ? false : null;
  };
}
