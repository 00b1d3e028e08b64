/** What the cloud says of a resource that a lab has no attribute for; silent about defaults and about what only records. */
import type { Kind } from './kinds.js';
import type { NoteList } from './notes.js';
import { show } from '../lab-file/text.js';

type Record_ = Readonly<Record<string, unknown>>;

/** Attributes that a lab has, or that follow from others, or that tell of a moment. */
const TOLD: Readonly<Record<Exclude<Kind, 'agent'>, string>> = {
  network:
    'admin_state_up mtu router:external port_security_enabled provider:network_type provider:segmentation_id ' +
    'provider:physical_network subnets l2_adjacency',
  subnet:
    'network_id cidr ip_version gateway_ip enable_dhcp allocation_pools dns_nameservers host_routes ipv6_ra_mode ' +
    'ipv6_address_mode',
  port:
    'network_id mac_address admin_state_up device_id device_owner fixed_ips allowed_address_pairs extra_dhcp_opts ' +
    'security_groups port_security_enabled binding:host_id binding:vif_type binding:vif_details dns_assignment ' +
    'ip_allocation propagate_uplink_status data_plane_status',
  router: 'admin_state_up ha distributed external_gateway_info routes interfaces_info external_gateways',
  floatingip: 'floating_network_id floating_ip_address fixed_ip_address port_id router_id port_details subnet_id name',
  security_group: 'stateful security_group_rules rules',
  security_group_rule:
    'security_group_id direction ethertype protocol port_range_min port_range_max remote_ip_prefix remote_group_id ' +
    'remote_address_group_id normalized_cidr standard_attr_id',
};
const OF_ALL = 'id name project_id tenant_id created_at updated_at revision_number status availability_zones location';

/** Values that a resource has when nobody chose one, apart from nothing, false and empty. */
const DEFAULTS: Readonly<Record<string, readonly unknown[]>> = {
  'port binding:vnic_type': ['normal'],
  'security_group description': ['Default security group'],
};

/** What an attribute is about, where its name does not say it. */
const ABOUT: Readonly<Record<string, string>> = {
  qos_policy_id: 'QoS',
  qos_network_policy_id: 'QoS of the network',
  trunk_details: 'trunk ports',
  ipv4_address_scope: 'address scopes',
  ipv6_address_scope: 'address scopes',
  subnetpool_id: 'subnet pools',
  segment_id: 'routed networks',
  port_forwardings: 'port forwardings',
  conntrack_helpers: 'conntrack helpers',
  shared: 'shared between projects',
};

export function noteUnrepresented(kind: Exclude<Kind, 'agent'>, record: Record_, notes: NoteList): void {
  const told = new Set(`${OF_ALL} ${TOLD[kind]}`.split(' '));
  const id = typeof record.id === 'string' ? record.id : '';
  const name = typeof record.name === 'string' ? record.name : '';
  for (const [attribute, value] of Object.entries(record)) {
    if (told.has(attribute) || isDefault(kind, attribute, value)) continue;
    const about = ABOUT[attribute];
    const shown = kind === 'port' && attribute === 'trunk_details' ? '' : ` ${show(value)}`;
    notes.add(
      'NotRepresented',
      `\`${attribute}\`${shown}${about === undefined ? '' : ` (${about})`} has no place in a lab.`,
      { kind, id, name },
    );
  }
}

function isDefault(kind: Kind, attribute: string, value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  if (typeof value === 'object') return Object.keys(value).length === 0;
  return DEFAULTS[`${kind} ${attribute}`]?.includes(value) ?? false;
}

/** Gateways beyond the first, QoS of a gateway. */
export function noteGateway(router: Record_, notes: NoteList): void {
  const resource = { kind: 'router', id: String(router.id), name: String(router.name) };
  const { external_gateways: all, external_gateway_info: info } = router;
  if (Array.isArray(all) && all.length > 1)
    notes.add('NotRepresented', 'it has more than one external gateway; the lab has the first.', resource);
  if (typeof info !== 'object' || info === null) return;
  for (const [attribute, value] of Object.entries(info)) {
    if (['network_id', 'enable_snat', 'external_fixed_ips'].includes(attribute)) continue;
    if (!isDefault('router', attribute, value))
      notes.add('NotRepresented', `\`${attribute}\` ${show(value)} of its gateway has no place in a lab.`, resource);
  }
}
