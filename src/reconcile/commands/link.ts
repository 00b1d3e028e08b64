/** Interfaces: veth pairs into namespaces, bridges, VXLANs. */
import type { BridgeItem, LinkItem, TapItem, VethItem, VxlanItem } from '../../neutron/node-state.js';
import { ROOT } from '../../neutron/node-state.js';
import { type Draft, type Phase, run } from '../phases.js';

export function createLink(link: LinkItem): Draft[] {
  switch (link.type) {
    case 'bridge':
      return [...createBridge(link), ...bringUp(link, 'create')];
    case 'vxlan':
      return [...createVxlan(link), ...bringUp(link, 'create')];
    case 'veth':
      return [...createVeth(link), ...bringUp(link, 'create')];
    case 'tap':
      // The other end's creation made it; here it is plugged in.
      return [...plug(link, 'create'), ...bringUp(link, 'create')];
  }
}

/** neutron/agent/linux/bridge_lib.py: no forward delay, no spanning tree, so that a port forwards at once. */
function createBridge(link: BridgeItem): Draft[] {
  const mtu = String(link.mtu);
  return [
    run('link', 'create', ROOT, [
      ...['ip', 'link', 'add', 'name', link.name, 'mtu', mtu],
      ...['type', 'bridge', 'forward_delay', '0', 'stp_state', '0'],
    ]),
  ];
}

/** Without `dev`: a VXLAN that is bound to a device goes when the device goes. */
function createVxlan(link: VxlanItem): Draft[] {
  return [
    run('link', 'create', ROOT, [
      ...['ip', 'link', 'add', 'name', link.name, 'mtu', String(link.mtu), 'type', 'vxlan'],
      ...['id', String(link.vni), 'local', link.local, 'dstport', String(link.port)],
    ]),
    ...plug(link, 'create'),
  ];
}

function createVeth(link: VethItem): Draft[] {
  const mtu = String(link.mtu);
  return [
    run('link', 'create', ROOT, [
      ...['ip', 'link', 'add', 'name', link.peer, 'mtu', mtu, 'type', 'veth'],
      ...['peer', 'name', link.name, 'address', link.mac, 'mtu', mtu, 'netns', link.namespace],
    ]),
  ];
}

function plug(link: TapItem | VxlanItem, change: 'create' | 'update'): Draft[] {
  return [run('link-up', change, ROOT, ['ip', 'link', 'set', 'dev', link.name, 'master', link.master])];
}

function bringUp(link: LinkItem, change: 'create' | 'update'): Draft[] {
  return [run('link-up', change, link.namespace, ['ip', 'link', 'set', 'dev', link.name, link.up ? 'up' : 'down'])];
}

/** True where the difference can only be mended by making the interface anew. */
export function needsNewLink(desired: LinkItem, observed: LinkItem): boolean {
  if (desired.type !== observed.type) return true;
  if (desired.type === 'veth' && observed.type === 'veth') return desired.peer !== observed.peer;
  if (desired.type === 'vxlan' && observed.type === 'vxlan') {
    return desired.vni !== observed.vni || desired.local !== observed.local || desired.port !== observed.port;
  }
  return false;
}

/** What differs, in words, with the commands that mend it. */
export function updateLink(desired: LinkItem, observed: LinkItem): { drafts: Draft[]; differences: string[] } {
  const drafts: Draft[] = [];
  const differences: string[] = [];
  const set = (phase: Phase, ...words: string[]): void => {
    drafts.push(run(phase, 'update', desired.namespace, ['ip', 'link', 'set', 'dev', desired.name, ...words]));
  };
  if (desired.type === 'veth' && observed.type === 'veth' && desired.mac !== observed.mac) {
    differences.push(`its MAC address is ${observed.mac}`);
    set('link-up', 'address', desired.mac);
  }
  if (desired.mtu !== observed.mtu) {
    differences.push(`its MTU is ${observed.mtu}`);
    // Before the device's own settings: with less than 1280 bytes it has no IPv6 (RFC 8200), and so none of those.
    set('link', 'mtu', String(desired.mtu));
  }
  if ('master' in desired && 'master' in observed && desired.master !== observed.master) {
    differences.push(observed.master === '' ? 'it is in no bridge' : `it is in ${observed.master}`);
    drafts.push(...plug(desired, 'update'));
  }
  if (desired.up !== observed.up) {
    differences.push(`it is ${observed.up ? 'up' : 'down'}`);
    drafts.push(...bringUp(desired, 'update'));
  }
  return { drafts, differences };
}

export function removeLink(link: LinkItem): Draft[] {
  return [run('remove-link', 'remove', link.namespace, ['ip', 'link', 'delete', 'dev', link.name])];
}
