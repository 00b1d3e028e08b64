/** Create, change and delete networks (neutron/plugins/ml2/plugin.py, neutron/db/external_net_db.py). */
import { allocateNumbers } from '../allocation/numbers.js';
import { readCreate, readUpdate, type RequestBody } from '../attributes/attribute.js';
import { NETWORK_ATTRIBUTES } from '../attributes/networks.js';
import { OUTSIDE } from '../names.js';
import { enforce, refuse, violation } from '../neutron-errors.js';
import type { Lab, Network } from '../resources.js';
import { HIGHEST_GIVEN_VNI, maxMtu, mtuViolations, vniInUse, vniViolations } from '../rules/networks.js';
import { newId, projectOf, omit, replace, without } from './change.js';
import { networkOf } from './find.js';
import { removePorts } from './make-port.js';

/** What a request may say; attributes of Neutron that a lab does not have are accepted and not kept. */
interface NetworkRequest {
  readonly name?: string;
  readonly admin_state_up?: boolean;
  readonly mtu?: number | null;
  readonly 'router:external'?: boolean;
  readonly port_security_enabled?: boolean;
  readonly 'provider:network_type'?: string | null;
  readonly 'provider:physical_network'?: string | null;
  readonly 'provider:segmentation_id'?: number | null;
}

export interface NetworkResult {
  readonly lab: Lab;
  readonly network: Network;
}

/** Ports that go with their network (`AUTO_DELETE_PORT_OWNERS`). */
const AUTO_DELETED: readonly string[] = ['network:dhcp'];

/** @throws NeutronError */
export function createNetwork(lab: Lab, body: RequestBody): NetworkResult {
  const request: NetworkRequest = readCreate(NETWORK_ATTRIBUTES, body);
  checkProvider(lab, request);
  const name = request.name ?? '';
  const id = newId(lab, lab.networks, 'network', name);
  const vni = request['provider:segmentation_id'] ?? null;
  if (vni !== null) enforce(vniViolations(vni));
  const taken = lab.networks.map((network) => network['provider:segmentation_id']);
  const { numbers, conflicts } = allocateNumbers([{ id, wanted: vni, held: null }], 1, HIGHEST_GIVEN_VNI, taken);
  if (vni !== null && conflicts.length > 0) refuse(vniInUse(vni));
  // Zero means that the server chooses.
  const mtu = (request.mtu ?? 0) === 0 ? maxMtu(lab.config) : (request.mtu ?? 0);
  enforce(mtuViolations(mtu, lab.config, id, false));
  const network: Network = {
    id,
    name,
    project_id: projectOf(lab, body),
    admin_state_up: request.admin_state_up ?? true,
    mtu,
    'router:external': request['router:external'] ?? false,
    port_security_enabled: request.port_security_enabled ?? true,
    'provider:network_type': 'vxlan',
    'provider:segmentation_id': numbers.get(id) ?? 0,
  };
  return { lab: withOutside({ ...lab, networks: [...lab.networks, network] }), network };
}

/** @throws NeutronError */
export function updateNetwork(lab: Lab, id: string, body: RequestBody): NetworkResult {
  const request: NetworkRequest = readUpdate(NETWORK_ATTRIBUTES, body);
  const before = networkOf(lab, id);
  const vni = changedVni(lab, before, request);
  const gateways = lab.ports.some((port) => port.network_id === id && port.device_owner === 'network:router_gateway');
  if (before['router:external'] && request['router:external'] === false && gateways) {
    refuse(violation('ExternalNetworkInUse', { net_id: id }, { at: ['router:external'] }));
  }
  const mtu = request.mtu ?? before.mtu;
  const hasIpv6 = lab.subnets.some((subnet) => subnet.network_id === id && subnet.ip_version === 6);
  if (mtu !== before.mtu) enforce(mtuViolations(mtu, lab.config, id, hasIpv6));
  const network: Network = {
    ...before,
    name: request.name ?? before.name,
    admin_state_up: request.admin_state_up ?? before.admin_state_up,
    mtu,
    'router:external': request['router:external'] ?? before['router:external'],
    'provider:segmentation_id': vni,
    port_security_enabled: request.port_security_enabled ?? before.port_security_enabled,
  };
  return { lab: withOutside({ ...lab, networks: replace(lab.networks, network) }), network };
}

/** With its subnets and DHCP ports. @throws NeutronError `NetworkInUse` */
export function deleteNetwork(lab: Lab, id: string): { readonly lab: Lab } {
  networkOf(lab, id);
  const ports = lab.ports.filter((port) => port.network_id === id);
  // In the order of the database's index on network and owner.
  const used = ports
    .filter((port) => !AUTO_DELETED.includes(port.device_owner))
    .map((port) => `${port.device_owner} ${port.id}`)
    .sort()
    .map((key) => key.slice(key.lastIndexOf(' ') + 1));
  if (used.length > 0) refuse(violation('NetworkInUse', { net_id: id, ports: used.join(',') }));
  const rest = removePorts(
    lab,
    ports.map((port) => port.id),
  );
  const subnets = rest.subnets.filter((subnet) => subnet.network_id !== id);
  const agents = omit(rest.network_dhcp_agents, id);
  return {
    lab: withOutside({ ...rest, subnets, networks: without(rest.networks, [id]), network_dhcp_agents: agents }),
  };
}

/**
 * A lab has VXLANs; its external networks stand where a cloud has flat ones
 * (neutron/plugins/ml2/managers.py, `_process_provider_segment`; drivers/type_flat.py, drivers/type_tunnel.py).
 */
function checkProvider(lab: Lab, request: NetworkRequest): void {
  const type = request['provider:network_type'] ?? null;
  const physical = request['provider:physical_network'] ?? null;
  const vni = request['provider:segmentation_id'] ?? null;
  const at = ['provider:network_type'];
  const remedy = 'Leave it out: a lab has VXLANs, and an external network is one with `router:external: true`.';
  const bad = (error_message: string): never => refuse(violation('InvalidInput', { error_message }, { at, remedy }));
  if (type === null) {
    if (physical !== null || vni !== null) bad('network_type required');
    return;
  }
  if (type === 'vxlan') {
    if (physical !== null) bad('provider:physical_network specified for vxlan network');
    return;
  }
  if (type !== 'flat') bad(`network_type value '${type}' not supported`);
  if (physical === null) return bad('physical_network required for flat provider network');
  if (vni !== null) bad('segmentation_id prohibited for flat provider network');
  if (lab.networks.some((network) => network['router:external'])) {
    refuse(violation('FlatNetworkInUse', { physical_network: physical }, { at, remedy }));
  }
  // Neutron would make it, and the lab has no network cards to give away.
  bad(`network_type value '${type}' not supported`);
}

/** A network that nothing is plugged into may get another VNI (`_update_provider_network_attributes`). */
function changedVni(lab: Lab, before: Network, request: NetworkRequest): number {
  const type = request['provider:network_type'] ?? 'vxlan';
  const remedy = 'Make a new network.';
  if (type !== 'vxlan' || (request['provider:physical_network'] ?? null) !== null) {
    const error_message =
      'Plugin does not support updating the following provider network attributes: provider:network_type, provider:physical_network';
    refuse(violation('InvalidInput', { error_message }, { at: ['provider:network_type'], remedy }));
  }
  const vni = request['provider:segmentation_id'] ?? 0;
  const own = before['provider:segmentation_id'];
  if (vni === 0) return own;
  if (lab.ports.some((port) => port.network_id === before.id && port['binding:host_id'] !== '')) {
    const error_message =
      'Provider network attribute provider:segmentation_id cannot be updated if any port in the network has not the following binding:vif_type: unbound, binding_failed';
    refuse(violation('InvalidInput', { error_message }, { at: ['provider:segmentation_id'], remedy }));
  }
  if (vni === own) return own;
  enforce(vniViolations(vni));
  if (lab.networks.some((network) => network['provider:segmentation_id'] === vni)) refuse(vniInUse(vni));
  return vni;
}

/** The node behind the external networks is there as long as one is. */
function withOutside(lab: Lab): Lab {
  const external = lab.networks.some((network) => network['router:external']);
  const there = lab.nodes.some((node) => node.name === OUTSIDE);
  if (external === there) return lab;
  const nodes = external
    ? [...lab.nodes, { name: OUTSIDE, agents: [] }]
    : lab.nodes.filter(({ name }) => name !== OUTSIDE);
  return { ...lab, nodes };
}
