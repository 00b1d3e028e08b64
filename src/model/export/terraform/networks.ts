/** Security groups, networks, subnets and ports. */
import { isAutoAddressMode } from '../declare/defaults.js';
import type {
  DeclaredAddress,
  DeclaredGroup,
  DeclaredNetwork,
  DeclaredPort,
  DeclaredRule,
  DeclaredSubnet,
} from '../topology.js';
import { Expression, type HclBlock } from './hcl.js';
import { address, dependsOn, groupId, networkId, resource, subnetId, TYPES } from './references.js';

export function groupBlocks(group: DeclaredGroup): HclBlock[] {
  return [
    ...(group.existing ? defaultGroup(group) : [ownGroup(group)]),
    ...group.rules.map((rule) => ruleBlock(rule, group)),
  ];
}

function ownGroup(group: DeclaredGroup): HclBlock {
  return resource(
    'group',
    group.label,
    {
      name: group.name,
      stateful: group.stateful ? undefined : false,
      delete_default_rules: group.withoutDefaultRules ? true : undefined,
    },
    { remarks: group.remarks },
  );
}

/** An administrator sees the group `default` of every project. */
function defaultGroup(group: DeclaredGroup): HclBlock[] {
  const project = 'openstack_identity_auth_scope_v3';
  return [
    { type: 'data', labels: [project, 'current'], attributes: { name: 'current' } },
    {
      type: 'data',
      labels: [TYPES.group, group.label],
      attributes: { name: group.name, tenant_id: new Expression(`data.${project}.current.project_id`) },
      remarks: [
        ...group.remarks,
        ...(group.withoutDefaultRules
          ? ['Terraform cannot take rules from a group that it did not make: those that the lab does not have stay.']
          : []),
      ],
    },
  ];
}

function ruleBlock(rule: DeclaredRule, group: DeclaredGroup): HclBlock {
  const { protocol, port_range_min: min, port_range_max: max } = rule;
  // The provider takes 0 for "not given": `port_range_min` of its resource is a plain integer.
  const lost = [min, max].includes(0);
  return resource(
    'rule',
    rule.label,
    {
      security_group_id: groupId(group),
      direction: rule.direction,
      ethertype: rule.ethertype,
      protocol: protocol ?? undefined,
      port_range_min: min ?? undefined,
      port_range_max: max ?? undefined,
      remote_ip_prefix: rule.remote_ip_prefix ?? undefined,
      remote_group_id: rule.remoteGroup === null ? undefined : groupId(rule.remoteGroup),
    },
    {
      remarks: lost
        ? ['The provider takes a type, code or port of 0 for any: this rule lets more through than in the lab.']
        : [],
    },
  );
}

export function networkBlock(network: DeclaredNetwork): HclBlock {
  if (network.existing) {
    return {
      type: 'data',
      labels: [TYPES.network, network.label],
      attributes: { name: network.name, external: true },
      remarks: network.remarks,
    };
  }
  return resource(
    'network',
    network.label,
    {
      name: network.name,
      external: network.external ? true : undefined,
      admin_state_up: network.adminStateUp ? undefined : false,
      mtu: network.mtu ?? undefined,
      port_security_enabled: network.portSecurity ? undefined : false,
    },
    {
      remarks: network.remarks,
      blocks:
        network.vni === null
          ? []
          : [{ type: 'segments', attributes: { network_type: 'vxlan', segmentation_id: network.vni } }],
    },
  );
}

/** Its host routes are resources of their own. */
export function subnetBlocks(subnet: DeclaredSubnet): HclBlock[] {
  return [
    resource(
      'subnet',
      subnet.label,
      {
        name: subnet.name,
        network_id: networkId(subnet.network),
        ip_version: subnet.ipVersion === 6 ? 6 : undefined,
        cidr: subnet.cidr,
        gateway_ip: subnet.gateway ?? undefined,
        no_gateway: subnet.gateway === null ? true : undefined,
        enable_dhcp: subnet.dhcp ? undefined : false,
        ipv6_ra_mode: subnet.raMode ?? undefined,
        ipv6_address_mode: subnet.addressMode ?? undefined,
        dns_nameservers: subnet.dnsNameservers.length === 0 ? undefined : subnet.dnsNameservers,
      },
      {
        remarks: subnet.remarks,
        blocks: (subnet.pools ?? []).map(({ start, end }) => ({ type: 'allocation_pool', attributes: { start, end } })),
      },
    ),
    ...subnet.hostRoutes.map(({ destination, nexthop }, index) =>
      resource('subnetRoute', `${subnet.label}_${String(index + 1)}`, {
        subnet_id: subnetId(subnet),
        destination_cidr: destination,
        next_hop: nexthop,
      }),
    ),
  ];
}

export function portBlock(port: DeclaredPort): HclBlock {
  const named = new Set(port.addresses.map(({ subnet }) => subnet));
  // Addresses that come by themselves need their subnet first.
  const others = port.network.subnets.filter(
    (subnet) => !named.has(subnet) && !port.noAddress && (named.size === 0 || isAutoAddressMode(subnet.addressMode)),
  );
  return resource(
    'port',
    port.label,
    {
      name: port.name,
      network_id: networkId(port.network),
      no_fixed_ip: port.noAddress ? true : undefined,
      mac_address: port.mac ?? undefined,
      admin_state_up: port.adminStateUp ? undefined : false,
      no_security_groups: port.groups.length === 0 ? true : undefined,
      security_group_ids: port.groups.length === 0 ? undefined : port.groups.map(groupId),
      port_security_enabled: port.portSecurity ?? undefined,
      depends_on: dependsOn(others.map(({ label }) => address('subnet', label))),
    },
    {
      remarks: port.remarks,
      blocks: [
        ...port.addresses.map((one) => addressBlock('fixed_ip', one)),
        ...port.pairs.map(({ ip_address: ip, mac }) => ({
          type: 'allowed_address_pairs',
          attributes: { ip_address: ip, mac_address: mac ?? undefined },
        })),
        ...port.dhcpOptions.map(({ opt_name: name, opt_value: value, ip_version: version }) => ({
          type: 'extra_dhcp_option',
          attributes: { name, value, ip_version: version },
        })),
      ],
    },
  );
}

export function addressBlock(type: string, { subnet, address: ip }: DeclaredAddress): HclBlock {
  return { type, attributes: { subnet_id: subnetId(subnet), ip_address: ip ?? undefined } };
}
