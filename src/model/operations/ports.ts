/** Create, change and delete ports (neutron/plugins/ml2/plugin.py, neutron/db/portsecurity_db.py). */
import { readCreate, readUpdate, type RequestBody } from '../attributes/attribute.js';
import { PORT_ATTRIBUTES } from '../attributes/ports.js';
import { enforce, refuse, violation } from '../neutron-errors.js';
import type { Lab, Port } from '../resources.js';
import { isRouterOwner } from '../rules/addresses.js';
import { mixedGroups, securityUpdateViolations, securityViolations } from '../rules/ports.js';
import { allocateAddresses, macFor } from './addressing.js';
import { newId, projectOf } from './change.js';
import { networkOf, portOf, securityGroupOf } from './find.js';
import { addPort, plugged, removePorts } from './make-port.js';
import { optionsOf, ownerOf, pairsOf, securityOf, type PortRequest } from './port-request.js';
import { withAddresses } from './subnet-addresses.js';

export interface PortResult {
  readonly lab: Lab;
  readonly port: Port;
}

/**
 * As in a lab file, a port without security groups filters nothing, where Neutron would give it the group `default`.
 * @throws NeutronError
 */
export function createPort(lab: Lab, body: RequestBody): PortResult {
  const request: PortRequest = readCreate(PORT_ATTRIBUTES, body);
  const network = networkOf(lab, request.network_id ?? '');
  const name = request.name ?? '';
  const id = newId(lab, lab.ports, 'port', network.id, name);
  const security = securityOf(lab, request, network);
  const mac = macFor(lab, id, network.id, request.mac_address ?? null);
  const pairs = pairsOf(request, mac);
  const enabled = security.port_security_enabled;
  enforce(securityViolations({ enabled, groups: security.security_groups.length, pairs: pairs.length }));
  return addPort(lab, {
    id,
    network,
    owner: ownerOf(request.device_owner ?? ''),
    deviceId: request.device_id ?? '',
    host: request['binding:host_id'] ?? '',
    mac,
    wanted: request.fixed_ips ?? null,
    attributes: {
      name,
      project_id: projectOf(lab, body),
      admin_state_up: request.admin_state_up ?? true,
      ...security,
      allowed_address_pairs: pairs,
      extra_dhcp_opts: optionsOf(request),
    },
  });
}

/** @throws NeutronError */
export function updatePort(lab: Lab, id: string, body: RequestBody): PortResult {
  const request: PortRequest = readUpdate(PORT_ATTRIBUTES, body);
  const before = portOf(lab, id);
  const network = networkOf(lab, before.network_id);
  const groups = request.security_groups ?? before.security_groups;
  enforce(mixedGroups(groups.map((group) => securityGroupOf(lab, group))));
  const mac = changedMac(lab, before, request.mac_address ?? null);
  const enabled = request.port_security_enabled ?? before.port_security_enabled;
  const pairs = request.allowed_address_pairs === undefined ? before.allowed_address_pairs : pairsOf(request, mac);
  enforce(
    securityUpdateViolations(
      { enabled: before.port_security_enabled, groups: before.security_groups.length, pairs: 0 },
      { enabled, groups: groups.length, pairs: pairs.length },
    ),
  );
  refuseAddressChange(before, request);
  const owner = request.device_owner === undefined ? before.device_owner : ownerOf(request.device_owner);
  const asking = { id, network, mac, owner, wanted: request.fixed_ips ?? null, held: before.fixed_ips };
  const port: Port = {
    ...before,
    name: request.name ?? before.name,
    admin_state_up: request.admin_state_up ?? before.admin_state_up,
    mac_address: mac,
    device_id: request.device_id ?? before.device_id,
    device_owner: owner,
    fixed_ips: request.fixed_ips === undefined ? before.fixed_ips : allocateAddresses(lab, asking),
    security_groups: groups,
    port_security_enabled: enabled,
    allowed_address_pairs: pairs,
    extra_dhcp_opts: request.extra_dhcp_opts === undefined ? before.extra_dhcp_opts : optionsOf(request),
    'binding:host_id':
      request['binding:host_id'] === undefined ? before['binding:host_id'] : (request['binding:host_id'] ?? ''),
  };
  return { lab: plugged(withAddresses(lab, port)), port };
}

/** Floating IPs that led to it stay and lead nowhere. @throws NeutronError `ServicePortInUse` */
export function deletePort(lab: Lab, id: string): { readonly lab: Lab } {
  const { device_owner: owner, device_id: device, fixed_ips: ips } = portOf(lab, id);
  // A port of a router or floating IP that is gone may be cleaned up (`prevent_l3_port_deletion`).
  const exists = owner === 'network:floatingip' ? lab.floatingips : lab.routers;
  if (isRouterOwner(owner) && ips.length > 0 && exists.some((one) => one.id === device)) {
    refuse(violation('ServicePortInUse', { port_id: id, reason: `has device owner ${owner}` }));
  }
  return { lab: removePorts(lab, [id]) };
}

/** `IP_UPDATE_NOT_ALLOWED_LIST` of neutron/services/l3_router/l3_router_plugin.py, as far as a lab has such ports. */
const KEEPS_ADDRESSES: ReadonlySet<string> = new Set([
  ...['network:router_interface', 'network:ha_router_replicated_interface', 'network:router_ha_interface'],
]);

/** An interface of a router keeps its IPv4 addresses (neutron/db/ipam_pluggable_backend.py, `_update_ips_for_port`). */
function refuseAddressChange(before: Port, request: PortRequest): void {
  if (request.fixed_ips === undefined || !KEEPS_ADDRESSES.has(before.device_owner)) return;
  const wanted = request.fixed_ips.map(({ ip_address: address }) => address ?? '');
  const held = before.fixed_ips.map(({ ip_address: address }) => address);
  const changed = [...wanted.filter((one) => !held.includes(one)), ...held.filter((one) => !wanted.includes(one))];
  if (changed.some((address) => !address.includes(':')))
    refuse(violation('IPAddressChangeNotAllowed', { port_id: before.id }, { at: ['fixed_ips'] }));
}

/** A port that is plugged keeps its MAC (`_check_mac_update_allowed`). */
function changedMac(lab: Lab, before: Port, wanted: string | null): string {
  if (wanted === null || wanted.toLowerCase() === before.mac_address) return before.mac_address;
  if (before['binding:host_id'] !== '') {
    const macs = { old_mac: before.mac_address, new_mac: wanted };
    refuse(violation('PortBound', { port_id: before.id, vif_type: 'bridge', ...macs }, { at: ['mac_address'] }));
  }
  // `_check_mac_addr_update`
  if (before.device_owner.startsWith('network:')) {
    const values = { device_owner: before.device_owner };
    refuse(violation('UnsupportedPortDeviceOwner', values, { at: ['mac_address'] }));
  }
  return macFor(lab, before.id, before.network_id, wanted);
}
