/** What a running lab tells, taken down in a timeline. */
import { drawBlueprint } from '../lab/bring-up/blueprint.js';
import type { NodeEvent } from '../lab/node/node-events.js';
import { type ReplicaPlace, observedFacts, replicaPlaces, roleOf, toldRole } from '../lab/replica.js';
import { type Readings, hasHiddenFault } from '../lab/status.js';
import type { LabEvent } from '../lab/watch.js';
import { indexLab } from '../model/lab-queries.js';
import { qrouterNamespace } from '../model/names.js';
import type { Lab } from '../model/resources.js';
import type { VrrpTimers } from './theory.js';
import type { EventOf, TimelineEvent } from './timeline/event.js';
import { TimelineRecorder } from './timeline/recorder.js';
import type { TimelineHeader } from './timeline/timeline.js';

/** Neutron gives every replica the same (neutron/agent/linux/keepalived.py, HA_DEFAULT_PRIORITY). */
export const PRIORITY = 50;

/** Of the lab's HA routers: Neutron writes no `version`, and keepalived's is 2. */
export function timersOf({ config }: Lab): VrrpTimers {
  return { advertInt: config.ha_vrrp_advert_int, priority: PRIORITY, version: 2 };
}

/** What `watchLab` is to be asked for beside roles, so that all of a timeline is told. */
export const RECORDED = ['adverts', 'arp'] as const;

/** @param now the nodes' clock in milliseconds */
export function recordOf(lab: Lab, title: string, now: number): TimelineRecorder {
  return new TimelineRecorder(headerOf(lab, title, now));
}

/** A recorder that had another lab, or an earlier state of it, is told what it is now. */
export function describeIn(recorder: TimelineRecorder, lab: Lab): void {
  recorder.describe(headerOf(lab, lab.name, 0));
}

function headerOf(lab: Lab, title: string, now: number): Omit<TimelineHeader, 'probes'> {
  return {
    timeline: 1,
    lab: lab.name,
    title,
    nodes: lab.nodes.map(({ name }) => name),
    routers: lab.routers.map(({ id, name, ha }) => ({
      id,
      name,
      ha,
      vrid: lab.ha_vr_ids[id] ?? null,
      nodes: [...(lab.router_l3_agents[id] ?? [])],
      advertInt: lab.config.ha_vrrp_advert_int,
      priority: PRIORITY,
    })),
    clock: { wall: Date.now(), t: now },
  };
}

/** Says in the words of a timeline what `watchLab` tells. */
export class LabTranslator {
  private readonly routers: ReadonlyMap<string, string>;
  private readonly processes: ReadonlyMap<string, { readonly name: string; readonly of: string }>;
  private readonly places: readonly ReplicaPlace[];

  /** @param now the nodes' clock in milliseconds, for what the engine tells, whose clock is another */
  constructor(
    lab: Lab,
    private readonly now: () => number,
  ) {
    this.routers = new Map(lab.routers.map(({ id }) => [qrouterNamespace(id), id]));
    this.places = replicaPlaces(indexLab(lab));
    this.processes = processesOf(lab);
  }

  /** What is so when the recording begins: roles, and who has which address. */
  beginning(first: Readings): TimelineEvent[] {
    const t = this.now();
    const roleSaid = hasHiddenFault(first) ? toldRole : roleOf;
    const roles = this.places.map((place): TimelineEvent => {
      const reading = first.get(place.node);
      const state = reading === undefined || reading.state === 'missing' ? 'exited' : reading.state;
      const { role, remark } = roleSaid(observedFacts(place, state, reading?.document ?? null));
      const { node, router } = place;
      return { kind: 'role', t, node, source: 'kernel', router: router.id, role, before: null, remark };
    });
    const holders = [...first].flatMap(([node, { document }]) =>
      [...this.routers].flatMap(([namespace, router]) =>
        (document?.namespaces[namespace]?.addr ?? []).flatMap((link) =>
          (link.addr_info ?? []).flatMap((info): TimelineEvent[] => {
            const device = link.ifname ?? '';
            if (!isGateway(device) || info.scope !== 'global' || info.local === undefined) return [];
            const address = `${info.local}/${String(info.prefixlen ?? '')}`;
            return [{ kind: 'holder', t, node, source: 'kernel', router, device, address, action: 'add' }];
          }),
        ),
      ),
    );
    return [...roles, ...holders];
  }

  /** Empty for what a timeline does not hold. */
  events(event: LabEvent): TimelineEvent[] {
    switch (event.type) {
      case 'role': {
        const { node, role, before, remark, routerId: router } = event;
        const source = event.t === null ? 'engine' : 'kernel';
        return [{ kind: 'role', t: this.timeOf(event.t), node, source, router, role, before, remark }];
      }
      case 'node': {
        const state = stateWord(event.state);
        return state === null ? [] : [{ kind: 'node', t: this.now(), node: event.node, source: 'engine', state }];
      }
      case 'raw':
        return this.ofNode(event.node, event.event);
    }
  }

  private timeOf(seconds: number | null): number {
    return seconds === null ? this.now() : seconds * 1000;
  }

  private ofNode(node: string, event: NodeEvent): TimelineEvent[] {
    const t = event.t * 1000;
    switch (event.type) {
      case 'address': {
        const { namespace, device, address, action } = event;
        const router = this.routers.get(namespace);
        if (router === undefined || !isGateway(device) || address.startsWith('fe80:')) return [];
        return [{ kind: 'holder', t, node, source: 'kernel', router, device, address, action }];
      }
      case 'link': {
        const { namespace, device, action } = event;
        return [{ kind: 'link', t, node, source: 'kernel', namespace, device, action }];
      }
      case 'process': {
        const { name, of } = this.processes.get(event.pidFile) ?? { name: event.pidFile, of: '' };
        return [{ kind: 'process', t, node, source: 'process', name, of, pid: event.pid, action: event.action }];
      }
      case 'advert': {
        const { source: sender, vrid, priority, direction } = event;
        const router = this.routers.get(event.namespace);
        if (router === undefined) return [];
        return [{ kind: 'advert', t, node, source: 'wire', router, direction, sender, vrid, priority }];
      }
      case 'arp':
      case 'na':
        return this.announcement(node, t, event);
      case 'watching':
        return [];
    }
  }

  private announcement(
    node: string,
    t: number,
    event: Extract<NodeEvent, { type: 'arp' | 'na' }>,
  ): EventOf<'announcement'>[] {
    const { device, namespace, direction } = event;
    const router = this.routers.get(namespace);
    if (router === undefined || direction !== 'out' || !isGateway(device)) return [];
    const said =
      event.type === 'arp'
        ? { how: 'garp' as const, address: event.sender_ip, mac: event.sender_mac }
        : { how: 'na' as const, address: event.target_ip, mac: event.target_mac };
    return [{ kind: 'announcement', t, node, source: 'wire', router, device, ...said }];
  }
}

/** An interface of a router to its users; its addresses are the gateways. */
function isGateway(device: string): boolean {
  return /^q[rg]-/.test(device);
}

function stateWord(state: string): EventOf<'node'>['state'] | null {
  return state === 'running' || state === 'paused' || state === 'exited' || state === 'dead' ? state : null;
}

/** By pid file: what each process is, and for whom. */
function processesOf(lab: Lab): ReadonlyMap<string, { readonly name: string; readonly of: string }> {
  const known = new Map<string, { name: string; of: string }>();
  const nowhere = Object.fromEntries(lab.nodes.map(({ name }) => [name, '0.0.0.0']));
  for (const { items } of drawBlueprint(lab, nowhere).states.values()) {
    for (const item of items) {
      if (item.kind !== 'process') continue;
      const of = item.resource.kind === 'node' ? '' : item.resource.name;
      known.set(item.pidFile, { name: item.name, of });
      if (item.name === 'keepalived') known.set(`${item.pidFile}-vrrp`, { name: 'keepalived (VRRP)', of });
    }
  }
  return known;
}
