/** Networks, subnets and ports. What has no property of its own goes to Neutron's API by `value_specs`. */
import type { YamlMap, YamlValue } from '../../lab-file/yaml-value.js';
import type { DeclaredNetwork, DeclaredPort, DeclaredSubnet } from '../topology.js';
import { addressEntry, groupReference, type HeatResource, networkReference } from './resource.js';

export function networkResource(network: DeclaredNetwork): HeatResource {
  const specs: YamlMap = {
    ...(network.external ? { 'router:external': true } : {}),
    ...(network.mtu === null ? {} : { mtu: network.mtu }),
    ...(network.vni === null ? {} : { 'provider:network_type': 'vxlan', 'provider:segmentation_id': network.vni }),
  };
  return {
    name: `network_${network.label}`,
    type: 'OS::Neutron::Net',
    properties: {
      name: network.name,
      admin_state_up: network.adminStateUp ? undefined : false,
      port_security_enabled: network.portSecurity ? undefined : false,
      value_specs: some(specs),
    },
    remarks: network.remarks,
  };
}

export function subnetResource(subnet: DeclaredSubnet): HeatResource {
  return {
    name: `subnet_${subnet.label}`,
    type: 'OS::Neutron::Subnet',
    properties: {
      name: subnet.name,
      network: networkReference(subnet.network),
      ip_version: subnet.ipVersion === 6 ? 6 : undefined,
      cidr: subnet.cidr,
      // Heat takes an empty text for "none" (`_null_gateway_ip` of its subnet.py).
      gateway_ip: subnet.gateway === null ? '' : subnet.gateway,
      enable_dhcp: subnet.dhcp ? undefined : false,
      ipv6_ra_mode: subnet.raMode ?? undefined,
      ipv6_address_mode: subnet.addressMode ?? undefined,
      allocation_pools: subnet.pools?.map(({ start, end }) => ({ start, end })),
      dns_nameservers: some([...subnet.dnsNameservers]),
      host_routes: some(subnet.hostRoutes.map(({ destination, nexthop }) => ({ destination, nexthop }))),
    },
    remarks: subnet.remarks,
  };
}

export function portResource(port: DeclaredPort): HeatResource {
  const options = port.dhcpOptions.map((option) => ({ ...option }));
  return {
    name: `port_${port.label}`,
    type: 'OS::Neutron::Port',
    properties: {
      name: port.name,
      network: networkReference(port.network),
      fixed_ips: some(port.addresses.map(addressEntry)),
      no_fixed_ips: port.noAddress ? true : undefined,
      mac_address: port.mac ?? undefined,
      admin_state_up: port.adminStateUp ? undefined : false,
      security_groups: port.groups.map(groupReference),
      port_security_enabled: port.portSecurity ?? undefined,
      allowed_address_pairs: some(
        port.pairs.map(({ ip_address: address, mac }) => ({
          ip_address: address,
          ...(mac === null ? {} : { mac_address: mac }),
        })),
      ),
      value_specs: options.length === 0 ? undefined : { extra_dhcp_opts: options },
    },
    remarks: port.remarks,
  };
}

/** Undefined where there is nothing in it. */
function some<T extends YamlValue & object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}
