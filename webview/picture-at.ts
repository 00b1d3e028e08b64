/** What the picture was like at a moment of its timeline. Pure. */
import type { TimelineEvent } from '../src/experiment/timeline/event.js';
import { type TimelineState, stateAt } from '../src/experiment/timeline/state.js';
import type { TimelineHeader } from '../src/experiment/timeline/timeline.js';
import type { BoxShape, NodeShape, Picture, RouterShape } from '../src/picture/picture.js';

/**
 * @param changes The events of which a state is made; the others would only be counted.
 * @param seconds On the nodes' clock.
 */
export function pictureAt(
  picture: Picture,
  header: TimelineHeader,
  changes: readonly TimelineEvent[],
  seconds: number,
): Picture {
  const state = stateAt({ header, events: changes }, seconds * 1000);
  const routers = picture.routers.map((router) => routerAt(router, state));
  return { ...picture, routers, nodes: picture.nodes.map((node) => nodeAt(node, state)) };
}

function routerAt(router: RouterShape, state: TimelineState): RouterShape {
  const roles = state.roles.get(router.id);
  if (!roles) return router;
  const replicas = router.replicas.map((replica) => ({ ...replica, ...roles.get(replica.node) }));
  return { ...router, replicas, active: replicas.filter(({ role }) => role === 'MASTER').map(({ node }) => node) };
}

function nodeAt(node: NodeShape, state: TimelineState): NodeShape {
  const told = state.nodes.get(node.name) ?? 'running';
  const faults = [...state.faults.values()].filter((fault) => fault.node === node.name).map(({ fault }) => fault);
  const boxes = node.boxes.map((box) => {
    if (box.role !== null) return boxAt(box, node.name, state);
    // Of others only that their node was there.
    return told === 'running' && box.state === 'absent' ? { ...box, state: 'active' as const } : box;
  });
  const cutOff = faults.some((fault) => fault.startsWith('link-eth'));
  return {
    ...node,
    state: told,
    faults: faults.filter((fault) => fault !== 'node' && fault !== 'freeze'),
    cutOff,
    boxes,
  };
}

function boxAt(box: BoxShape, node: string, state: TimelineState): BoxShape {
  const told = state.roles.get(box.id)?.get(node);
  if (!told) return box;
  const held = state.holders.get(box.id);
  const holds = (address: string): boolean =>
    [...(held ?? [])].some(([one, nodes]) => one.split('/')[0] === address && nodes.has(node));
  const { role, remark } = told;
  const worn = box.should.filter(({ kind, address }) => (kind === 'vip' ? role === 'MASTER' : holds(address)));
  const lines = [
    ...(remark === null ? [] : [{ say: 'remark' as const, text: remark, trouble: role !== 'MASTER' }]),
    ...box.lines.filter(({ say }) => say === 'device'),
  ];
  const states = { MASTER: 'active', BACKUP: 'standby', FAULT: 'broken', UNKNOWN: 'absent' } as const;
  return { ...box, role, state: states[role], worn, lines };
}
