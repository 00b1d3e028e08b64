/** What a scenario probes: what it names, else pings that are found by themselves. Pure. */
import type { Lab } from '../model/resources.js';
import type { Scenario } from '../model/scenario.js';
import { type Aim, takesNode } from './aim.js';
import { probesThrough } from './probe-places.js';
import { type ProbeTarget, pingTarget, targetOf } from './probe-target.js';

/** Milliseconds between two pings. */
const INTERVAL = 20;

/** Where the scenario names none: pings through the router that is broken, from nodes that live on. */
export function probesOf(
  lab: Lab,
  { probes }: Scenario,
  aims: readonly Aim[],
  intervalMs: number = INTERVAL,
): ProbeTarget[] {
  if (probes.length > 0) return probes.map((probe, index) => targetOf(lab, probe, index + 1));
  const id = aims.find(({ router }) => router !== null)?.router?.id;
  const router = lab.routers.find((one) => one.id === id) ?? lab.routers.find(({ ha }) => ha) ?? lab.routers[0];
  if (!router) return [];
  const avoid = aims.flatMap(({ faults }) => faults.filter(takesNode).map(({ node }) => node));
  return probesThrough(lab, router, avoid).map((place, index) => pingTarget(place, index + 1, intervalMs));
}
