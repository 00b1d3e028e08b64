/** One copy of an HA router on one node, and the role that its VRRP instance has there. Pure. */
import type { ContainerState } from '../docker/runtime.js';
import { portDevice, qrouterNamespace } from '../model/names.js';
import type { LabIndex } from '../model/lab-queries.js';
import type { Router } from '../model/resources.js';
import { keepalivedPidFile } from '../neutron/l3/keepalived-conf.js';
import { habitsOf } from '../neutron/release.js';
import type { ObservedDocument } from '../reconcile/observed-document.js';
import type { NodeEvent } from './node/node-events.js';
import { silenceOf } from './silence.js';

/** VRRP's own words; UNKNOWN where the node cannot be asked. */
export type Role = 'MASTER' | 'BACKUP' | 'FAULT' | 'UNKNOWN';

/** What identifies a replica on its node, all derived from the lab. */
export interface ReplicaPlace {
  readonly router: Router;
  readonly node: string;
  readonly vrid: number;
  readonly namespace: string;
  readonly haDevice: string;
  /** The replica's own address on the HA network, the source of its advertisements. */
  readonly haAddress: string;
  /** `169.254.0.VRID/24`: whoever has it on its HA device is MASTER (neutron/agent/linux/keepalived.py). */
  readonly primaryVip: string;
  readonly pidFile: string;
}

/** What was seen of a replica; its role follows from it. */
export interface ReplicaFacts {
  readonly container: ContainerState;
  readonly holdsVip: boolean;
  readonly haDeviceUp: boolean;
  readonly keepalivedPid: number | null;
}

export function replicaPlaces(index: LabIndex): ReplicaPlace[] {
  return index.lab.routers.flatMap((router) => {
    const vrid = index.lab.ha_vr_ids[router.id];
    if (!router.ha || !router.admin_state_up || vrid === undefined) return [];
    return index.haPorts(router.id).map((port) => ({
      router,
      node: port['binding:host_id'],
      vrid,
      namespace: qrouterNamespace(router.id),
      haDevice: portDevice('ha-', port.id),
      haAddress: port.fixed_ips[0]?.ip_address ?? '',
      primaryVip: `169.254.0.${String(vrid)}/24`,
      pidFile: keepalivedPidFile(router.id, habitsOf(index.lab.config.release)),
    }));
  });
}

export function observedFacts(
  place: ReplicaPlace,
  container: ContainerState,
  document: ObservedDocument | null,
): ReplicaFacts {
  const link = document?.namespaces[place.namespace]?.addr.find((entry) => entry.ifname === place.haDevice);
  const process = document?.processes.find((entry) => entry.pidFile === place.pidFile);
  return {
    container,
    holdsVip: (link?.addr_info ?? []).some(
      (info) => `${info.local ?? ''}/${String(info.prefixlen ?? '')}` === place.primaryVip,
    ),
    haDeviceUp: link?.flags?.includes('LOWER_UP') ?? false,
    keepalivedPid: process?.pid ?? null,
  };
}

/** The facts after an event of the replica's node; the same object where the event does not concern it. */
export function afterEvent(place: ReplicaPlace, facts: ReplicaFacts, event: NodeEvent): ReplicaFacts {
  switch (event.type) {
    case 'address':
      if (event.namespace !== place.namespace || event.address !== place.primaryVip) return facts;
      return { ...facts, holdsVip: event.action === 'add' };
    case 'link':
      if (event.namespace !== place.namespace || event.device !== place.haDevice) return facts;
      if (event.action === 'add') return facts;
      return { ...facts, haDeviceUp: event.action === 'up' };
    case 'process':
      if (event.pidFile !== place.pidFile) return facts;
      return { ...facts, keepalivedPid: event.action === 'start' ? event.pid : null };
    case 'advert':
    case 'arp':
    case 'na':
    case 'watching':
      return facts;
  }
}

/** The facts after the engine told of the node; a node that died took everything in it along. */
export function afterEngineEvent(facts: ReplicaFacts, container: ContainerState): ReplicaFacts {
  const lives = container === 'running' || container === 'paused';
  return lives ? { ...facts, container } : { container, holdsVip: false, haDeviceUp: false, keepalivedPid: null };
}

/** The role and, where it needs one, a remark. */
export function roleOf(facts: ReplicaFacts): { role: Role; remark: string | null } {
  const silence = silenceOf(facts.container);
  if (silence !== null) return { role: 'UNKNOWN', remark: silence };
  if (facts.keepalivedPid === null) {
    return facts.holdsVip
      ? { role: 'MASTER', remark: 'keepalived is not running; the kernel forwards on' }
      : { role: 'FAULT', remark: 'keepalived is not running' };
  }
  if (!facts.haDeviceUp) return { role: 'FAULT', remark: 'its HA interface is down' };
  return { role: facts.holdsVip ? 'MASTER' : 'BACKUP', remark: null };
}

/**
 * As Neutron's server is told: FAULT is a standby to it, and there is no more to say
 * (neutron/agent/l3/ha.py, TRANSLATION_MAP).
 */
export function toldRole(facts: ReplicaFacts): { role: Role; remark: null } {
  const { role } = roleOf(facts);
  return { role: role === 'FAULT' ? 'BACKUP' : role, remark: null };
}
