/** Tells when a lab that was configured does what it was made for. */
import type { Lab } from '../model/resources.js';
import { LabError } from '../model/errors.js';
import { Interrupted } from './lab-errors.js';
import type { RunningLab } from './running-lab.js';
import { type LabStatus, readNodes, statusOf } from './status.js';
import { watchLab } from './watch.js';

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
      'It keeps running; `neutron-lab status` shows where it stands.',
    );
  }
}

/** What a lab still lacks, one clause each: a router without exactly one MASTER, an instance without its address. */
export function missingParts(status: LabStatus): string[] {
  const missing: string[] = [];
  for (const node of status.nodes) {
    if (node.state !== 'running') missing.push(`node ${node.name} is ${node.state}`);
  }
  for (const router of status.routers) {
    if (!router.admin_state_up) continue;
    const active = router.active_on.length;
    if (router.ha && active !== 1) {
      missing.push(`router ${router.name} has ${active === 0 ? 'no MASTER yet' : `${String(active)} MASTERs`}`);
    }
    if (router.ha && active === 1 && (router.addresses[router.active_on[0] ?? ''] ?? []).length === 0) {
      // keepalived adds the excluded addresses after the one that makes a replica MASTER.
      const attached = router.replicas.length > 0 && status.networks.length > 1;
      if (attached && Object.keys(router.addresses).length > 0) missing.push(`router ${router.name} has no addresses yet`);
    }
  }
  for (const network of status.networks) {
    for (const agent of network.dhcp) {
      if (!agent.running) missing.push(`network ${network.name} has no DHCP server on ${agent.node}`);
    }
  }
  for (const instance of status.instances) {
    if (instance.fixed_ips.length > 0 && !instance.ready) missing.push(`instance ${instance.name} has no address yet`);
  }
  return missing;
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
  let wake: () => void = () => undefined;
  let stirred = false;
  const watching = await watchLab(running, lab, () => {
    stirred = true;
    wake();
  });
  const end = AbortSignal.any([AbortSignal.timeout(seconds * 1000), ...(options.signal ? [options.signal] : [])]);
  end.addEventListener('abort', () => {
    wake();
  });
  try {
    let readings = watching.first;
    for (;;) {
      const status = statusOf(lab, readings);
      const missing = missingParts(status);
      if (missing.length === 0) return status;
      options.onProgress?.(missing);
      if (!stirred && !end.aborted) await new Promise<void>((resolve) => (wake = resolve));
      if (options.signal?.aborted === true) throw new Interrupted();
      if (end.aborted) throw new NotReady(lab.name, missing, seconds);
      stirred = false;
      await running.refresh();
      readings = await readNodes(running);
    }
  } finally {
    await watching.stop();
  }
}
