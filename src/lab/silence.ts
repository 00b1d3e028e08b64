/** A node that says nothing. Pure, and without a package: the picture in the editor says it of the past, too. */

/** Why nobody can tell what is on a node, out of its state; null where it can be asked. */
export function silenceOf(state: string): string | null {
  if (state === 'paused') return 'the node is frozen; the kernel forwards on';
  return state === 'running' ? null : 'the node is down';
}
