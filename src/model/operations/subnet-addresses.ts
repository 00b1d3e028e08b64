/** Addresses that ports get because a subnet came, and lose when it goes. */
import { ipVersion } from '../addresses.js';
import type { Lab, Port, Subnet } from '../resources.js';
import { isInterfaceOwner } from '../rules/addresses.js';
import { isAuto } from './address-books.js';
import { allocateAddresses } from './addressing.js';
import { networkOf, subnetOf } from './find.js';

/**
 * Hosts make themselves an address in a SLAAC subnet (`add_auto_addrs_on_network_ports`), and gateways of routers get one
 * of an IP version that they did not have (`_update_router_gw_ports`).
 */
export function addressesFromNewSubnet(lab: Lab, subnet: Subnet): Lab {
  const network = networkOf(lab, subnet.network_id);
  let next = lab;
  for (const port of lab.ports) {
    if (port.network_id !== subnet.network_id || !wants(next, port, subnet)) continue;
    const kept = port.fixed_ips.map(({ subnet_id, ip_address }) => ({ subnet_id, ip_address }));
    const manual = kept.filter((ip) => !isAuto(subnetOf(next, ip.subnet_id)));
    const wanted = isAuto(subnet) ? manual : [...manual, { subnet_id: subnet.id }];
    const asking = {
      id: port.id,
      network,
      mac: port.mac_address,
      owner: port.device_owner,
      wanted,
      held: port.fixed_ips,
    };
    next = withAddresses(next, { ...port, fixed_ips: allocateAddresses(next, asking) });
  }
  return next;
}

export function withoutAddressesOf(lab: Lab, subnetId: string): Lab {
  const using = lab.ports.filter((port) => port.fixed_ips.some((ip) => ip.subnet_id === subnetId));
  return using.reduce(
    (next, port) =>
      withAddresses(next, { ...port, fixed_ips: port.fixed_ips.filter((ip) => ip.subnet_id !== subnetId) }),
    lab,
  );
}

/** A router's gateway is told of its addresses in two places. */
export function withAddresses(lab: Lab, port: Port): Lab {
  const ports = lab.ports.map((one) => (one.id === port.id ? port : one));
  if (port.device_owner !== 'network:router_gateway') return { ...lab, ports };
  const routers = lab.routers.map((router) =>
    router.id === port.device_id && router.external_gateway_info !== null
      ? {
          ...router,
          external_gateway_info: { ...router.external_gateway_info, external_fixed_ips: port.fixed_ips },
        }
      : router,
  );
  return { ...lab, ports, routers };
}

function wants(lab: Lab, port: Port, subnet: Subnet): boolean {
  if (isAuto(subnet)) return !isInterfaceOwner(port.device_owner) && port.device_owner !== 'network:floatingip';
  if (port.device_owner !== 'network:router_gateway') return false;
  return !port.fixed_ips.some(
    (ip) => ipVersion(ip.ip_address) === subnet.ip_version && !isAuto(subnetOf(lab, ip.subnet_id)),
  );
}
