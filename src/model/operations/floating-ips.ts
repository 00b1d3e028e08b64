/** Create, change and delete floating IPs (neutron/db/l3_db.py). */
import { ipVersion, parseAddress } from '../addresses.js';
import { readCreate, readUpdate, type RequestBody } from '../attributes/attribute.js';
import { FLOATING_IP_ATTRIBUTES } from '../attributes/routers.js';
import { enforce, refuse, violation } from '../neutron-errors.js';
import type { FixedIp, FloatingIp, Lab, Port } from '../resources.js';
import { externalGatewayViolations } from '../rules/addresses.js';
import {
  dhcpPort,
  fixedAddressWithoutPort,
  floatingNetworkViolations,
  internalAddress,
} from '../rules/floating-ips.js';
import { newId, projectOf, replace, without } from './change.js';
import { floatingIpOf, networkOf, portOf, subnetOf } from './find.js';
import { addPort, removePorts } from './make-port.js';
import { gatewayPortOf, interfacesOf } from './router-ports.js';

interface FloatingIpRequest {
  readonly floating_network_id?: string;
  readonly floating_ip_address?: string | null;
  readonly subnet_id?: string | null;
  readonly port_id?: string | null;
  readonly fixed_ip_address?: string | null;
}

export interface FloatingIpResult {
  readonly lab: Lab;
  readonly floatingip: FloatingIp;
}

/** @throws NeutronError */
export function createFloatingIp(lab: Lab, body: RequestBody): FloatingIpResult {
  const request: FloatingIpRequest = readCreate(FLOATING_IP_ATTRIBUTES, body);
  const network = networkOf(lab, request.floating_network_id ?? '');
  const subnets = lab.subnets.filter((subnet) => subnet.network_id === network.id);
  const versions = subnets.map((subnet) => subnet.ip_version);
  enforce(floatingNetworkViolations(network.id, network['router:external'], versions));
  const wanted = request.floating_ip_address ?? null;
  const gateways = subnets.map((subnet) => subnet.gateway_ip);
  if (wanted !== null) {
    enforce(externalGatewayViolations('floatingip', gateways, parseAddress(wanted), ['floating_ip_address']));
  }
  const v4 = subnets.find((subnet) => subnet.ip_version === 4)?.id ?? '';
  const id = newId(lab, lab.floatingips, 'floatingip', network.id, wanted ?? '');
  const { lab: next, port } = addPort(lab, {
    id: newId(lab, lab.ports, 'port', id),
    network,
    owner: 'network:floatingip',
    deviceId: id,
    host: '',
    projectId: '',
    wanted: [wanted === null ? { subnet_id: request.subnet_id ?? v4 } : { ip_address: wanted }],
  });
  const address = port.fixed_ips.find((ip) => ipVersion(ip.ip_address) === 4)?.ip_address;
  if (address === undefined) return refuse(violation('ExternalIpAddressExhausted', { net_id: network.id }));
  const bare: FloatingIp = {
    id,
    project_id: projectOf(lab, body),
    floating_network_id: network.id,
    floating_ip_address: address,
    fixed_ip_address: null,
    port_id: null,
    router_id: null,
  };
  const floatingip = associated(next, bare, request);
  return { lab: { ...next, floatingips: [...next.floatingips, floatingip] }, floatingip };
}

/** A `port_id` of null takes it off its port. @throws NeutronError */
export function updateFloatingIp(lab: Lab, id: string, body: RequestBody): FloatingIpResult {
  const request: FloatingIpRequest = readUpdate(FLOATING_IP_ATTRIBUTES, body);
  const before = floatingIpOf(lab, id);
  const same = request.port_id === undefined && request.fixed_ip_address === undefined;
  const asked = request.port_id === undefined ? { ...request, port_id: before.port_id } : request;
  const floatingip = same ? before : associated(lab, before, asked);
  return { lab: { ...lab, floatingips: replace(lab.floatingips, floatingip) }, floatingip };
}

/** With its port. @throws NeutronError `FloatingIPNotFound` */
export function deleteFloatingIp(lab: Lab, id: string): { readonly lab: Lab } {
  floatingIpOf(lab, id);
  const ports = lab.ports.filter((port) => port.device_id === id && port.device_owner === 'network:floatingip');
  const rest = removePorts(
    lab,
    ports.map((port) => port.id),
  );
  return { lab: { ...rest, floatingips: without(rest.floatingips, [id]) } };
}

/** `_check_and_get_fip_assoc` */
function associated(lab: Lab, fip: FloatingIp, request: FloatingIpRequest): FloatingIp {
  const portId = request.port_id ?? null;
  if (portId === null) {
    if ((request.fixed_ip_address ?? null) !== null) refuse(fixedAddressWithoutPort());
    return { ...fip, port_id: null, fixed_ip_address: null, router_id: null };
  }
  const port = portOf(lab, portId);
  if (port.device_owner === 'network:dhcp') refuse(dhcpPort());
  const ip = internalAddress(port.id, port.fixed_ips, request.fixed_ip_address ?? null);
  if ('status' in ip) return refuse(ip);
  const routerId = routerFor(lab, port, ip, fip.floating_network_id);
  const other = lab.floatingips.find(
    (one) =>
      one.id !== fip.id &&
      one.port_id === port.id &&
      one.fixed_ip_address === ip.ip_address &&
      one.floating_network_id === fip.floating_network_id,
  );
  if (other !== undefined) {
    refuse(
      violation('FloatingIPPortAlreadyAssociated', {
        floating_ip_address: fip.floating_ip_address,
        fip_id: fip.id,
        port_id: port.id,
        fixed_ip: ip.ip_address,
        net_id: fip.floating_network_id,
      }),
    );
  }
  return { ...fip, port_id: port.id, fixed_ip_address: ip.ip_address, router_id: routerId };
}

/** The router whose interface has the subnet's gateway address, else the first one (`get_router_for_floatingip`). */
function routerFor(lab: Lab, port: Port, ip: FixedIp, externalNetworkId: string): string {
  const { gateway_ip: gateway } = subnetOf(lab, ip.subnet_id);
  const candidates = lab.routers.flatMap((router) => {
    if (gatewayPortOf(lab, router.id)?.network_id !== externalNetworkId) return [];
    const addresses = interfacesOf(lab, router.id).flatMap((one) => one.fixed_ips);
    const own = addresses.find((one) => one.subnet_id === ip.subnet_id);
    return own === undefined ? [] : [{ id: router.id, isGateway: own.ip_address === gateway }];
  });
  const chosen = candidates.find((router) => router.isGateway) ?? candidates[0];
  if (chosen !== undefined) return chosen.id;
  const ids = { external_network_id: externalNetworkId, subnet_id: ip.subnet_id, port_id: port.id };
  return refuse(violation('ExternalGatewayForFloatingIPNotFound', ids));
}
