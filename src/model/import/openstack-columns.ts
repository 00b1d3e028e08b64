/**
 * The columns of `openstack … list -f json` and the fields of `… show -f json`, as the attributes of the API that they
 * stand for (openstackclient/network/v2), and the readers of values that old releases of the client print as text.
 */
import type { Kind } from './kinds.js';
import * as read from './values.js';

type Reader = (value: unknown) => unknown;

/** "Fixed IP Addresses" becomes `fixed_ip_addresses`; what the API has stays as it is. */
export function columnKey(column: string): string {
  return column.toLowerCase().replaceAll(' ', '_');
}

const COLUMNS: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  network: { state: 'admin_state_up', network_type: 'provider:network_type', router_type: 'router:external' },
  subnet: {
    subnet: 'cidr',
    network: 'network_id',
    dhcp: 'enable_dhcp',
    name_servers: 'dns_nameservers',
    gateway: 'gateway_ip',
  },
  port: {
    fixed_ip_addresses: 'fixed_ips',
    security_group_ids: 'security_groups',
    binding_host_id: 'binding:host_id',
    binding_profile: 'binding:profile',
    binding_vif_type: 'binding:vif_type',
    binding_vif_details: 'binding:vif_details',
    binding_vnic_type: 'binding:vnic_type',
    trunk_subports: 'trunk_details',
  },
  router: { state: 'admin_state_up' },
  floatingip: { port: 'port_id', floating_network: 'floating_network_id', router: 'router_id' },
  security_group: { rules: 'security_group_rules' },
  security_group_rule: {
    ip_protocol: 'protocol',
    ip_range: 'remote_ip_prefix',
    remote_security_group: 'remote_group_id',
    remote_address_group: 'remote_address_group_id',
    security_group: 'security_group_id',
    ether_type: 'ethertype',
  },
  agent: { state: 'admin_state_up', configuration: 'configurations' },
};

/** `tenant_id` is what `project_id` was called before Newton. */
const OF_ALL: Readonly<Record<string, string>> = { project: 'project_id', tenant_id: 'project_id' };

const READERS: Readonly<Partial<Record<Kind, Readonly<Record<string, Reader>>>>> = {
  network: {
    'router:external': read.flag,
    'provider:segmentation_id': read.number,
    mtu: read.number,
    port_security_enabled: read.flag,
    shared: read.flag,
    is_default: read.flag,
  },
  subnet: {
    enable_dhcp: read.flag,
    ip_version: read.number,
    allocation_pools: read.pools,
    dns_nameservers: read.texts,
    host_routes: read.routes,
    service_types: read.texts,
  },
  port: {
    fixed_ips: read.maps,
    security_groups: read.texts,
    allowed_address_pairs: read.maps,
    extra_dhcp_opts: read.maps,
    port_security_enabled: read.flag,
    'binding:profile': read.map,
  },
  router: {
    ha: read.flag,
    distributed: read.flag,
    routes: read.routes,
    external_gateway_info: read.map,
    interfaces_info: read.maps,
  },
  security_group: { stateful: read.flag, shared: read.flag, security_group_rules: read.maps },
  security_group_rule: { port_range_min: read.number, port_range_max: read.number },
  agent: { alive: read.flag },
};

/** One record with the names and the values of the API. */
export function asApiRecord(kind: Kind, record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const readers = { admin_state_up: read.flag, tags: read.texts, ...READERS[kind] };
  const result: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(record)) {
    const key = COLUMNS[kind][column] ?? OF_ALL[column] ?? column;
    // A project stands twice in an answer of the API; `tenant_id` never tells more.
    if (column === 'tenant_id' && Object.hasOwn(record, 'project_id')) continue;
    const plain = value === 'None' && key !== 'name' ? null : value;
    const reader = (readers as Readonly<Record<string, Reader | undefined>>)[key];
    result[key] = plain === null || reader === undefined ? plain : reader(plain);
  }
  return kind === 'security_group_rule' ? withPortRange(result) : result;
}

/** `openstack security group rule list` prints "80:80", "type=8:code=0", or nothing. */
function withPortRange({ port_range: range, ...rule }: Record<string, unknown>): Record<string, unknown> {
  for (const key of ['protocol', 'remote_group_id', 'remote_ip_prefix']) if (rule[key] === '') rule[key] = null;
  if (typeof range !== 'string') return rule;
  const [min, max] = range.split(':').map((part) => part.replace(/^(type|code)=/, ''));
  const number = (text: string | undefined): number | null =>
    text === undefined || !/^\d+$/.test(text) ? null : Number(text);
  return { port_range_min: number(min), port_range_max: number(max), ...rule };
}
