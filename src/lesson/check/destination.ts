/** Where a ping of a lesson goes. Pure. */
import { targetOf } from '../../experiment/probe-target.js';
import { tryParseAddress } from '../../model/addresses.js';
import type { Lab } from '../../model/resources.js';

/** An address, or that of an instance, a router or the outside, as a probe of a scenario has it. @throws LabError */
export function addressOf(lab: Lab, from: string, to: string): string {
  if (tryParseAddress(to) !== null) return to;
  const target = targetOf(lab, { kind: 'ping', from, to, interval: 1000 }, 1);
  return target.request.destination;
}
