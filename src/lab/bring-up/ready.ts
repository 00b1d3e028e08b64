/** Tells when a lab that was configured does what it was made for. */
import { LabError } from '../../model/errors.js';
import { type LabIndex, indexLab } from '../../model/lab-queries.js';
import type { Lab } from '../../model/resources.js';
import { Interrupted } from '../lab-errors.js';
import type { RunningLab } from '../running-lab.js';
import { type LabStatus, type RouterStatus, readNodes, statusOf } from '../status.js';
import { watchLab } from '../watch.js';

export interface ReadyOptions {
  readonly signal?: AbortSignal;
  /** Seconds; the default leaves room for a VRRP election at the lab's interval. */
  readonly deadline?: number;
  /** What is still missing, whenever that changes. */
  readonly onProgress?: (missing: readonly string[]) => void;
}

class NotReady extends LabError {
  constructor(lab: string, missing: readonly string[], seconds: number) {
    super(
      'NotReady',
      `The lab "${lab}" is not ready after ${seconds.toFixed(0)} s: ${missing.join('; ')}.`,
      'It keeps running: `neutron-lab status` shows where it stands, `neutron-lab heal` mends what is broken.',
    );
  }
}

function missingOfRouter(router: RouterStatus, expected: number): string[] {
  if (!router.admin_state_up || !router.ha) return [];
  const [master] = router.active_on;
  if (master === undefined) return [`router ${router.name} has no MASTER yet`];
  if (router.active_on.length > 1) return [`router ${router.name} has ${router.active_on.length} MASTERs`];
  // keepalived adds the other addresses after the one that makes a replica MASTER.
  const present = router.addresses[master]?.length ?? 0;
  return present < expected ? [`router ${router.name} has ${present} of ${expected} addresses`] : [];
}

/** What a lab still lacks, one clause each: a router without exactly one MASTER, an instance without its address. */
export function missingParts(status: LabStatus, index: LabIndex): string[] {
  const addressCount = (routerId: string): number => {
    const gateway = index.gatewayPort(routerId);
    const ports = [...index.interfacePorts(routerId), ...(gateway ? [gateway] : [])];
    const fixed = ports.reduce((sum, port) => sum + port.fixed_ips.length, 0);
    return fixed + index.floatingIpsOfRouter(routerId).length;
  };
  return [
    ...status.nodes.filter(({ state }) => state !== 'running').map(({ name, state }) => `node ${name} is ${state}`),
    ...status.routers.flatMap((router) => missingOfRouter(router, addressCount(router.id))),
    ...status.networks.flatMap((network) =>
      network.dhcp
        .filter(({ running }) => !running)
        .map(({ node }) => `network ${network.name} has no DHCP server on ${node}`),
    ),
    ...status.instances.filter(({ ready }) => !ready).map(({ name }) => `instance ${name} has no address yet`),
  ];
}

/** A VRRP election takes one whole timer; a lease that was asked for too early is asked for again after some seconds. */
function defaultDeadline(lab: Lab): number {
  return 4 * lab.config.ha_vrrp_advert_int + 20;
}

/**
 * Looks again after every event, and not before.
 * @throws NotReady with what is missing, Interrupted
 */
export async function waitUntilReady(running: RunningLab, lab: Lab, options: ReadyOptions = {}): Promise<LabStatus> {
  const seconds = options.deadline ?? defaultDeadline(lab);
  const index = indexLab(lab);
  let wake: () => void = () => undefined;
  const stirred = new Set<string>();
  const watching = await watchLab(running, lab, (event) => {
    stirred.add(event.node);
    wake();
  });
  // A timer of our own: a signal that only AbortSignal.any holds may be collected as garbage before it fires (Node 20).
  const clock = { late: false };
  const timer = setTimeout(() => {
    clock.late = true;
    wake();
  }, seconds * 1000);
  const interrupted = (): void => {
    wake();
  };
  options.signal?.addEventListener('abort', interrupted);
  try {
    const readings = new Map(watching.first);
    for (;;) {
      const status = statusOf(lab, readings);
      const missing = missingParts(status, index);
      if (missing.length === 0) return status;
      options.onProgress?.(missing);
      if (stirred.size === 0 && !clock.late && options.signal?.aborted !== true)
        await new Promise<void>((resolve) => (wake = resolve));
      if (options.signal?.aborted === true) throw new Interrupted();
      if (clock.late) throw new NotReady(lab.name, missing, seconds);
      // Only the nodes where something happened are asked again.
      const nodes = [...stirred];
      stirred.clear();
      for (const [node, reading] of await readNodes(running, nodes)) readings.set(node, reading);
    }
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', interrupted);
    await watching.stop();
  }
}
