/** The way of a packet through a lab that runs, asked of its nodes. */
import type { LiveLab } from '../../lab/live-lab.js';
import type { Hop, Place } from '../../lab/path/hop.js';
import { walkPath } from '../../lab/path/walk.js';
import { indexLab } from '../../model/lab-queries.js';

/** Milliseconds that a node has for each question. */
const PATIENCE = 3000;

export async function walkLive(live: LiveLab, from: Place, to: string): Promise<readonly Hop[]> {
  const ask = async ({ node, namespace }: Place, argv: readonly string[]): Promise<string> => {
    try {
      const session = await live.running.session(node);
      return (await session.run(namespace, argv, { timeoutMs: PATIENCE })).stdout;
    } catch {
      // It went while it was asked: then it says nothing.
      return '';
    }
  };
  return await walkPath({ index: indexLab(live.lab), seen: live.seen, ask }, from, to);
}
