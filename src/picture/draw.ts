/** From a lab and what its nodes say to its picture. Pure. */
import { portDevice, qrouterNamespace } from '../model/names.js';
import { indexLab, type LabIndex } from '../model/lab-queries.js';
import type { Lab, Port } from '../model/resources.js';
import type { LabStatus, Readings } from '../lab/status.js';
import { masterDownTimer } from '../experiment/theory.js';
import { drawNodes } from './draw-nodes.js';
import type { FloatingShape, InstanceShape, NetworkShape, Picture, Plug, RouterShape } from './picture.js';
import { type Sight, haNetworks, hues } from './sight.js';

/** Neutron gives every replica the same (neutron/agent/linux/keepalived.py, HA_DEFAULT_PRIORITY). */
const PRIORITY = 50;

export interface Running {
  /** What was applied last. */
  readonly lab: Lab;
  readonly status: LabStatus;
  readonly seen: Readings;
}

/**
 * @param drawn What the file declares, or what runs where there is no file.
 * @param running Null where nothing runs or nobody looked yet.
 */
export function drawPicture(drawn: Lab, running: Running | null, editable: boolean): Picture {
  const index = indexLab(drawn);
  const applied = running ? indexLab(running.lab) : null;
  const sight: Sight = {
    index,
    applied,
    status: running?.status ?? null,
    seen: running?.seen ?? new Map(),
    hues: hues(index),
    hiddenFault: running?.status.hidden_fault ?? false,
  };
  const advertInt = drawn.config.ha_vrrp_advert_int;
  return {
    lab: drawn.name,
    state: running ? 'running' : 'stopped',
    editable,
    hiddenFault: sight.hiddenFault,
    networks: networks(sight),
    routers: drawn.routers.map((router) => routerShape(sight, router.id)),
    instances: instances(sight),
    floating: floating(index),
    nodes: drawNodes(sight),
    masterDown: masterDownTimer({ advertInt, priority: PRIORITY, version: 2 }),
    advertInt,
  };
}

/** As people declare them: the HA networks come by themselves. */
function networks({ index, applied, hues: colours }: Sight): NetworkShape[] {
  const hidden = haNetworks(index);
  return index.lab.networks
    .filter(({ id }) => !hidden.has(id))
    .map((network) => ({
      id: network.id,
      name: network.name === '' ? network.id.slice(0, 8) : network.name,
      external: network['router:external'],
      hue: colours.get(network.id) ?? 0,
      subnets: index.subnetsOfNetwork(network.id).map(({ id, cidr }) => ({ id, cidr })),
      vni: network['provider:segmentation_id'],
      mtu: network.mtu,
      fresh: applied !== null && !applied.networks.has(network.id),
    }));
}

function routerShape(sight: Sight, id: string): RouterShape {
  const { index, applied, status } = sight;
  const router = index.routers.get(id);
  if (!router) throw new RangeError(`No router ${id}.`);
  const live = status?.routers.find((one) => one.id === id) ?? null;
  const where = live?.active_on ?? [];
  const plug = (port: Port, prefix: 'qr-' | 'qg-'): Plug => {
    const device = portDevice(prefix, port.id);
    return {
      port: port.id,
      network: port.network_id,
      device,
      addresses: port.fixed_ips.map(({ ip_address: address }) => address),
      up: where.every((node) => isUp(sight, node, qrouterNamespace(id), device)),
    };
  };
  const gateway = index.gatewayPort(id);
  return {
    id,
    name: router.name === '' ? id.slice(0, 8) : router.name,
    ha: router.ha,
    adminUp: router.admin_state_up,
    vrid: index.lab.ha_vr_ids[id] ?? null,
    interfaces: index.interfacePorts(id).map((port) => plug(port, 'qr-')),
    gateway:
      gateway === null ? null : { ...plug(gateway, 'qg-'), snat: router.external_gateway_info?.enable_snat ?? false },
    replicas: (live?.replicas ?? []).map(({ node, role, remark, ha_address: haAddress }) => ({
      node,
      role,
      remark,
      haAddress,
    })),
    active: where,
    unseen: live?.unseen_on ?? [],
    fresh: applied !== null && !applied.routers.has(id),
  };
}

/** What nobody can tell is taken for up. */
function isUp({ seen, hiddenFault }: Sight, node: string, namespace: string, device: string): boolean {
  if (hiddenFault) return true;
  const link = seen.get(node)?.document?.namespaces[namespace]?.addr.find(({ ifname }) => ifname === device);
  return link?.flags?.includes('LOWER_UP') ?? true;
}

function instances(sight: Sight): InstanceShape[] {
  const { index, applied, status, seen } = sight;
  return index.lab.instances.map((instance) => {
    const live = status?.instances.find(({ name }) => name === instance.name) ?? null;
    const state = seen.get(instance.node)?.state;
    const down = status !== null && state !== 'running' && state !== 'paused';
    return {
      id: instance.id,
      name: instance.name,
      node: instance.node,
      plugs: instance.ports.flatMap((id, at) => {
        const port = index.ports.get(id);
        if (!port) return [];
        const addresses = port.fixed_ips.map(({ ip_address: address }) => address);
        return [{ port: id, network: port.network_id, device: `eth${String(at)}`, addresses, up: true }];
      }),
      // Of a frozen node nobody can tell.
      state: live === null ? 'declared' : down ? 'gone' : live.ready || state === 'paused' ? 'ready' : 'waiting',
      fresh: applied !== null && !applied.instances.has(instance.id),
    };
  });
}

function floating(index: LabIndex): FloatingShape[] {
  return index.lab.floatingips.map((ip) => ({
    id: ip.id,
    address: ip.floating_ip_address,
    fixed: ip.fixed_ip_address,
    instance: index.instances.get(index.ports.get(ip.port_id ?? '')?.device_id ?? '')?.name ?? null,
    router: ip.router_id,
    network: ip.floating_network_id,
  }));
}
