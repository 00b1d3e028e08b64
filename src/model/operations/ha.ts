/** What an HA router has more than another: replicas, a port on the HA network for each, a VRID (neutron/db/l3_hamode_db.py). */
import { parseCidr } from '../addresses.js';
import { defaultPools, formatPool } from '../allocation/pools.js';
import { allocateNumbers } from '../allocation/numbers.js';
import { resourceId } from '../ids.js';
import { refuse, violation } from '../neutron-errors.js';
import { vridChoice } from '../release.js';
import type { Lab, Network, Router, Subnet } from '../resources.js';
import { HIGHEST_GIVEN_VNI, maxMtu } from '../rules/networks.js';
import { badRouter, HIGHEST_VRID } from '../rules/routers.js';
import { omit, without } from './change.js';
import { scheduleRouter } from './agents.js';
import { newId } from './change.js';
import { addPort, removePorts } from './make-port.js';
import { HA_CIDR } from '../names.js';

/** @throws NeutronError `NoVRIDAvailable`, `BadRequest` */
export function replicate(lab: Lab, router: Router): Lab {
  // Neutron takes the router and leaves it without an agent; a lab says so at once.
  if (!lab.nodes.some((node) => node.agents.includes('l3'))) {
    const remedy = 'Give nodes the agent: `network1: { agents: [l3] }`.';
    refuse(badRouter('no node of the lab has an L3 agent', remedy, ['ha']));
  }
  const siblings = lab.routers.filter((one) => one.project_id === router.project_id);
  const taken = siblings.flatMap((one) => lab.ha_vr_ids[one.id] ?? []);
  const { numbers } = allocateNumbers(
    [{ id: router.id, wanted: null, held: null }],
    1,
    HIGHEST_VRID,
    taken,
    vridChoice(lab.config.release),
  );
  const vrid = numbers.get(router.id);
  if (vrid === undefined) return refuse(violation('NoVRIDAvailable', { router_id: router.id }));
  const { lab: connected, network } = haNetwork(lab, router.project_id);
  let next = scheduleRouter({ ...connected, ha_vr_ids: { ...lab.ha_vr_ids, [router.id]: vrid } }, router);
  for (const host of next.router_l3_agents[router.id] ?? []) {
    next = addPort(next, {
      id: newId(next, next.ports, 'port', router.id, 'ha', host),
      network,
      owner: 'network:router_ha_interface',
      deviceId: router.id,
      host,
      projectId: '',
      attributes: { name: `HA port tenant ${router.project_id}` },
    }).lab;
  }
  return next;
}

/** The HA network goes with the last HA router. */
export function unreplicate(lab: Lab, routerId: string): Lab {
  const ports = lab.ports.filter((port) => port.device_owner === 'network:router_ha_interface');
  const own = ports.filter((port) => port.device_id === routerId);
  const rest = {
    ...removePorts(
      lab,
      own.map(({ id }) => id),
    ),
    ha_vr_ids: omit(lab.ha_vr_ids, routerId),
    router_l3_agents: omit(lab.router_l3_agents, routerId),
  };
  const network = own[0]?.network_id;
  if (network === undefined || rest.ports.some((port) => port.network_id === network)) return rest;
  return {
    ...rest,
    networks: without(rest.networks, [network]),
    subnets: rest.subnets.filter((subnet) => subnet.network_id !== network),
  };
}

function haNetwork(lab: Lab, project: string): { readonly lab: Lab; readonly network: Network } {
  const title = `HA network tenant ${project}`;
  const there = lab.networks.find((network) => network.name === title && network.project_id === '');
  if (there !== undefined) return { lab, network: there };
  const id = resourceId(lab.name, 'network', 'ha', project);
  const vnis = lab.networks.map((network) => network['provider:segmentation_id']);
  const { numbers } = allocateNumbers([{ id, wanted: null, held: null }], 1, HIGHEST_GIVEN_VNI, vnis);
  const network: Network = {
    id,
    name: title,
    project_id: '',
    admin_state_up: true,
    mtu: maxMtu(lab.config),
    'router:external': false,
    port_security_enabled: true,
    'provider:network_type': 'vxlan',
    'provider:segmentation_id': numbers.get(id) ?? 0,
  };
  const name = `HA subnet tenant ${project}`;
  const subnet: Subnet = {
    id: resourceId(lab.name, 'subnet', id, name),
    name,
    project_id: '',
    network_id: id,
    ip_version: 4,
    cidr: HA_CIDR,
    gateway_ip: null,
    enable_dhcp: false,
    allocation_pools: defaultPools(parseCidr(HA_CIDR), null).map((pool) => formatPool(pool, 4)),
    dns_nameservers: [],
    host_routes: [],
    ipv6_ra_mode: null,
    ipv6_address_mode: null,
  };
  return { lab: { ...lab, networks: [...lab.networks, network], subnets: [...lab.subnets, subnet] }, network };
}
