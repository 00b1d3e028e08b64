/** The namespaces of a node, each with what it says of itself. Pure. */
import { instanceNamespace, portDevice, qdhcpNamespace, qrouterNamespace } from '../model/names.js';
import type { Network, Port } from '../model/resources.js';
import type { ReplicaStatus } from '../lab/status.js';
import { needsDhcp } from '../neutron/dhcp/served-network.js';
import { masterDownTimer } from '../experiment/theory.js';
import { legacyLines } from './legacy.js';
import type { BoxLine, BoxShape, Hue, NodeState, WornAddress } from './picture.js';
import type { Sight } from './sight.js';

/** Neutron gives every replica the same (neutron/agent/linux/keepalived.py, HA_DEFAULT_PRIORITY). */
const PRIORITY = 50;

export function routerBoxes(sight: Sight, node: string, nodeState: NodeState): BoxShape[] {
  const { index, status } = sight;
  return index.routersOnNode(node).map((router) => {
    const namespace = qrouterNamespace(router.id);
    const replica =
      status?.routers.find(({ id }) => id === router.id)?.replicas.find((one) => one.node === node) ?? null;
    const should = shouldWear(sight, router.id);
    const worn = inOrderOf(should, wornByRouter(sight, node, router.id));
    return {
      kind: 'qrouter',
      namespace,
      id: router.id,
      name: router.name,
      hue: null,
      role: replica?.role ?? null,
      state: routerState(nodeState, replica, router.ha, worn.length > 0),
      worn,
      should,
      lines: router.ha ? routerLines(sight, router.id, node, replica) : legacyLines(nodeState),
    };
  });
}

function routerState(node: NodeState, replica: ReplicaStatus | null, ha: boolean, wears: boolean): BoxShape['state'] {
  if (node === 'declared') return 'declared';
  if (node !== 'running' && node !== 'paused') return 'absent';
  if (replica === null) return ha ? 'standby' : wears ? 'active' : 'absent';
  if (replica.role === 'MASTER') return 'active';
  if (replica.role === 'FAULT') return 'broken';
  return replica.role === 'UNKNOWN' ? 'absent' : 'standby';
}

function routerLines(sight: Sight, id: string, node: string, replica: ReplicaStatus | null): BoxLine[] {
  const { index, seen } = sight;
  const port = index.haPort(id, node);
  const lines: BoxLine[] = [];
  if (replica !== null && replica.remark !== null)
    lines.push({ say: 'remark', text: replica.remark, trouble: replica.role !== 'MASTER' });
  if (port !== null) {
    const device = portDevice('ha-', port.id);
    const link = seen
      .get(node)
      ?.document?.namespaces[qrouterNamespace(id)]?.addr.find(({ ifname }) => ifname === device);
    const address = port.fixed_ips[0]?.ip_address ?? '';
    lines.push({
      say: 'device',
      device,
      address,
      up: sight.hiddenFault || (link?.flags?.includes('LOWER_UP') ?? true),
    });
  }
  if (replica?.role === 'BACKUP') {
    const advertInt = index.lab.config.ha_vrrp_advert_int;
    lines.push({ say: 'takeover', seconds: masterDownTimer({ advertInt, priority: PRIORITY, version: 2 }) });
  }
  return lines;
}

/** The addresses that are on the devices of a router on a node, as its kernel tells. */
function wornByRouter({ index, seen, hues }: Sight, node: string, id: string): WornAddress[] {
  const links = seen.get(node)?.document?.namespaces[qrouterNamespace(id)]?.addr ?? [];
  const floating = new Set(index.floatingIpsOfRouter(id).map((ip) => ip.floating_ip_address));
  const vrid = index.lab.ha_vr_ids[id];
  const vip = vrid === undefined ? null : `169.254.0.${String(vrid)}`;
  const hueOf = new Map<string, Hue>();
  for (const port of index.portsOfRouter(id))
    for (const prefix of ['qr-', 'qg-', 'ha-'] as const)
      hueOf.set(portDevice(prefix, port.id), hues.get(port.network_id) ?? 'ha');
  return links.flatMap(({ ifname = '', addr_info: infos = [] }) =>
    infos.flatMap(({ local, scope }): WornAddress[] => {
      if (local === undefined) return [];
      const hue = hueOf.get(ifname) ?? 'ha';
      if (ifname.startsWith('ha-')) return local === vip ? [{ address: local, hue: 'ha', kind: 'vip' }] : [];
      if (scope !== 'global' || !/^q[rg]-/.test(ifname)) return [];
      const kind = floating.has(local) ? 'floating' : ifname.startsWith('qg-') ? 'gateway' : 'interface';
      return [{ address: local, hue, kind }];
    }),
  );
}

/** Kernels tell them in the order in which they came, which is another one on each node and of each moment. */
function inOrderOf(should: readonly WornAddress[], worn: readonly WornAddress[]): WornAddress[] {
  const place = ({ address }: WornAddress): number => {
    const nth = should.findIndex((one) => one.address === address);
    return nth === -1 ? should.length : nth;
  };
  return [...worn].sort((one, other) => place(one) - place(other));
}

function shouldWear({ index, hues }: Sight, id: string): WornAddress[] {
  const vrid = index.lab.ha_vr_ids[id];
  const gateway = index.gatewayPort(id);
  const of = (port: Port, kind: WornAddress['kind']): WornAddress[] =>
    port.fixed_ips.map(({ ip_address: address }) => ({ address, hue: hues.get(port.network_id) ?? 0, kind }));
  return [
    ...(vrid === undefined ? [] : [{ address: `169.254.0.${String(vrid)}`, hue: 'ha', kind: 'vip' } as const]),
    ...(gateway === null ? [] : of(gateway, 'gateway')),
    ...index.interfacePorts(id).flatMap((port) => of(port, 'interface')),
    ...index.floatingIpsOfRouter(id).map(({ floating_ip_address: address, floating_network_id: network }) => ({
      address,
      hue: hues.get(network) ?? ('external' as const),
      kind: 'floating' as const,
    })),
  ];
}

export function dhcpBoxes(sight: Sight, node: string, nodeState: NodeState): BoxShape[] {
  const { index } = sight;
  return index
    .dhcpNetworksOnNode(node)
    .filter((network) => needsDhcp(network, index.subnetsOfNetwork(network.id)))
    .map((network) => dhcpBox(sight, node, nodeState, network));
}

function dhcpBox({ seen, status, hues }: Sight, node: string, nodeState: NodeState, network: Network): BoxShape {
  const namespace = qdhcpNamespace(network.id);
  const server = status?.networks.find(({ id }) => id === network.id)?.dhcp.find((one) => one.node === node);
  const running = server?.running ?? false;
  const leases = seen
    .get(node)
    ?.document?.files.find(({ path }) => path.endsWith(`/dhcp/${network.id}/leases`))
    ?.content?.split('\n')
    .filter((line) => /^\d+ /.test(line)).length;
  const asked = nodeState === 'running';
  return {
    kind: 'qdhcp',
    namespace,
    id: network.id,
    name: network.name,
    hue: hues.get(network.id) ?? 0,
    role: null,
    state: nodeState === 'declared' ? 'declared' : !asked ? 'absent' : running ? 'active' : 'broken',
    worn: [],
    should: [],
    lines: asked ? [{ say: 'dnsmasq', running, leases: leases ?? null }] : [],
  };
}

export function instanceBoxes({ index, seen, status, hues }: Sight, node: string, nodeState: NodeState): BoxShape[] {
  return index.instancesOnNode(node).map((instance): BoxShape => {
    const namespace = instanceNamespace(instance.name);
    const inside = seen.get(node)?.document?.namespaces[namespace];
    const ports = instance.ports.flatMap((id) => index.ports.get(id) ?? []);
    const live = status?.instances.find(({ name }) => name === instance.name);
    const worn = (inside?.addr ?? [])
      .filter(({ ifname }) => ifname?.startsWith('eth') === true)
      .flatMap(({ ifname = '', addr_info: infos = [] }) =>
        infos
          .filter(({ scope, local }) => scope === 'global' && local !== undefined)
          .map(({ local = '' }): WornAddress => {
            const port = ports[Number(ifname.slice(3))];
            return { address: local, hue: hues.get(port?.network_id ?? '') ?? 0, kind: 'fixed' };
          }),
      );
    const gateway = inside?.route4.find(({ dst }) => dst === 'default')?.gateway;
    const there = nodeState === 'running' || nodeState === 'paused';
    return {
      kind: 'instance',
      namespace,
      id: instance.id,
      name: instance.name,
      hue: hues.get(ports[0]?.network_id ?? '') ?? null,
      role: null,
      state: stateOfInstance(nodeState, there, live?.ready === false),
      worn,
      should: ports.flatMap((port) =>
        port.fixed_ips.map(({ ip_address: address }) => ({
          address,
          hue: hues.get(port.network_id) ?? 0,
          kind: 'fixed' as const,
        })),
      ),
      lines: gateway === undefined ? [] : [{ say: 'route', gateway }],
    };
  });
}

function stateOfInstance(node: NodeState, there: boolean, waits: boolean): BoxShape['state'] {
  if (node === 'declared') return 'declared';
  if (!there) return 'absent';
  if (node === 'paused') return 'standby';
  return waits ? 'broken' : 'active';
}
