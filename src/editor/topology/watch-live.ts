/** What happens in a lab that runs, with its clock. */
import { RECORDED } from '../../experiment/recording.js';
import { nodeClock } from '../../lab/node/clock.js';
import type { LiveLab } from '../../lab/live-lab.js';
import { type LabEvent, watchLab } from '../../lab/watch.js';
import type { LabWatch } from './panels.js';

export async function watchLive({ running, lab }: LiveLab, onEvent: (event: LabEvent) => void): Promise<LabWatch> {
  const watching = await watchLab(running, lab, onEvent, RECORDED);
  const someone = running.containers.find(({ state }) => state === 'running');
  const hello = await (await running.session(someone?.node ?? '')).hello();
  const clock = nodeClock(hello);
  return { first: watching.first, boot: hello.boot, now: () => clock() * 1000, stop: () => watching.stop() };
}
