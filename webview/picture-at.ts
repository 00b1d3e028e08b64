/** What the picture was like at a moment of its timeline. Pure. */
import type { TimelineEvent } from '../src/experiment/timeline/event.js';
import { type TimelineState, stateAt } from '../src/experiment/timeline/state.js';
import type { TimelineHeader } from '../src/experiment/timeline/timeline.js';
import { legacyLines, unseenOf } from '../src/picture/legacy.js';
import type {
  BoxShape,
  BridgeShape,
  InstanceShape,
  NodeShape,
  Picture,
  Plug,
  RouterShape,
} from '../src/picture/picture.js';
import { knownAt, processAfter, thereAfter, upAfter } from './known-at.js';

interface Moment {
  readonly state: TimelineState;
  readonly changes: readonly TimelineEvent[];
  /** Milliseconds. */
  readonly t: number;
}

/**
 * What was recorded is as it was then: roles, addresses of routers, nodes, faults, interfaces, bridges, DHCP servers. What was
 * not, as the leases, is left out.
 * @param changes The events of which a state is made, in the order of their time; the others would only be counted.
 * @param seconds On the nodes' clock.
 */
export function pictureAt(
  picture: Picture,
  header: TimelineHeader,
  changes: readonly TimelineEvent[],
  seconds: number,
): Picture {
  const t = seconds * 1000;
  const moment: Moment = { state: stateAt({ header, events: changes }, t), changes, t };
  return {
    ...picture,
    routers: picture.routers.map((router) => routerAt(router, moment)),
    instances: picture.instances.map((instance) => instanceAt(instance, picture, moment)),
    nodes: picture.nodes.map((node) => nodeAt(node, picture, moment)),
  };
}

function nodeRan(node: string, { state }: Moment): boolean {
  const told = state.nodes.get(node) ?? 'running';
  return told === 'running' || told === 'paused';
}

function routerAt(router: RouterShape, moment: Moment): RouterShape {
  if (!router.ha) return legacyRouterAt(router, moment);
  const roles = moment.state.roles.get(router.id);
  if (!roles) return router;
  const replicas = router.replicas.map((replica) => ({ ...replica, ...roles.get(replica.node) }));
  const active = replicas.filter(({ role }) => role === 'MASTER').map(({ node }) => node);
  const plug = <T extends Plug>(one: T): T => {
    const was = (node: string): boolean =>
      knownAt(moment.changes, moment.t, node, upAfter(`qrouter-${router.id}`, one.device), one.up);
    return { ...one, up: active.every(was) };
  };
  const gateway = router.gateway && plug(router.gateway);
  return { ...router, replicas, active, gateway, interfaces: router.interfaces.map(plug) };
}

/** It stays on its node; what is told of the node says whether anybody could ask there. */
function legacyRouterAt(router: RouterShape, { state }: Moment): RouterShape {
  const places = [...router.active, ...router.unseen.map(({ node }) => node)];
  const unseen = unseenOf(places, (node) => state.nodes.get(node) ?? 'running');
  return { ...router, active: places.filter((place) => !unseen.some(({ node }) => node === place)), unseen };
}

function instanceAt(instance: InstanceShape, picture: Picture, moment: Moment): InstanceShape {
  if (instance.state === 'declared') return instance;
  const gone = picture.nodes.some(({ name }) => name === instance.node) && !nodeRan(instance.node, moment);
  if (gone) return { ...instance, state: 'gone' };
  return instance.state === 'gone' ? { ...instance, state: 'ready' } : instance;
}

function nodeAt(node: NodeShape, picture: Picture, moment: Moment): NodeShape {
  const { state } = moment;
  const told = state.nodes.get(node.name) ?? 'running';
  const faults = [...state.faults.values()].filter((fault) => fault.node === node.name).map(({ fault }) => fault);
  const cutOff = faults.some((fault) => fault.startsWith('link-eth'));
  return {
    ...node,
    state: told,
    faults: faults.filter((fault) => fault !== 'node' && fault !== 'freeze'),
    cutOff,
    lost: faults.some((fault) => fault.startsWith('partition')) ? node.lost : [],
    boxes: node.boxes.map((box) => boxAt(box, node, picture, moment)),
    bridges: node.bridges.map((bridge) => bridgeAt(bridge, node.name, moment)),
  };
}

function boxAt(box: BoxShape, node: NodeShape, picture: Picture, moment: Moment): BoxShape {
  if (box.kind === 'qdhcp') return dhcpAt(box, node.name, picture, moment);
  if (box.kind === 'instance') return instanceBoxAt(box, node.name, moment);
  return box.role === null ? legacyAt(box, node.name, moment) : replicaAt(box, node.name, moment);
}

function dhcpAt(box: BoxShape, node: string, picture: Picture, moment: Moment): BoxShape {
  if (picture.state === 'stopped') return box;
  if (!nodeRan(node, moment)) return { ...box, state: 'absent', lines: [] };
  const running = knownAt(moment.changes, moment.t, node, processAfter('dnsmasq', box.name), box.state !== 'broken');
  return { ...box, state: running ? 'active' : 'broken', lines: [{ say: 'dnsmasq', running, leases: null }] };
}

function instanceBoxAt(box: BoxShape, node: string, moment: Moment): BoxShape {
  if (box.state === 'declared') return box;
  if (!nodeRan(node, moment)) return { ...box, state: 'absent', worn: [], lines: [] };
  return box.state === 'absent' ? { ...box, state: 'active' } : box;
}

function legacyAt(box: BoxShape, node: string, moment: Moment): BoxShape {
  if (box.state === 'declared') return box;
  const lines = legacyLines(moment.state.nodes.get(node) ?? 'running');
  if (!nodeRan(node, moment)) return { ...box, state: 'absent', worn: [], lines };
  const worn = heldAt(box, node, moment);
  return worn === null ? { ...box, lines } : { ...box, state: worn.length > 0 ? 'active' : 'absent', worn, lines };
}

/** Null where nothing was told of it. */
function heldAt(box: BoxShape, node: string, { state }: Moment): BoxShape['worn'] | null {
  const held = state.holders.get(box.id);
  if (!held) return null;
  return box.should.filter(({ kind, address }) => {
    return kind !== 'vip' && [...held].some(([one, nodes]) => one.split('/')[0] === address && nodes.has(node));
  });
}

function replicaAt(box: BoxShape, node: string, moment: Moment): BoxShape {
  const told = moment.state.roles.get(box.id)?.get(node);
  if (!told) return box;
  const { role, remark } = told;
  const vip = box.should.filter(({ kind }) => kind === 'vip' && role === 'MASTER');
  const devices = box.lines.flatMap((line) => {
    if (line.say !== 'device') return [];
    return [{ ...line, up: knownAt(moment.changes, moment.t, node, upAfter(box.namespace, line.device), line.up) }];
  });
  const lines = [
    ...(remark === null ? [] : [{ say: 'remark' as const, text: remark, trouble: role !== 'MASTER' }]),
    ...devices,
  ];
  const states = { MASTER: 'active', BACKUP: 'standby', FAULT: 'broken', UNKNOWN: 'absent' } as const;
  return { ...box, role, state: states[role], worn: [...vip, ...(heldAt(box, node, moment) ?? [])], lines };
}

function bridgeAt(bridge: BridgeShape, node: string, moment: Moment): BridgeShape {
  if (!nodeRan(node, moment)) return { ...bridge, there: false, ports: [] };
  const { changes, t } = moment;
  return {
    ...bridge,
    there: knownAt(changes, t, node, thereAfter('', bridge.name), bridge.there),
    up: knownAt(changes, t, node, upAfter('', bridge.name), bridge.up),
    ports: [],
  };
}
