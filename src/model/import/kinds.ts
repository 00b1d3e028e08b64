/** Telling what a JSON document holds: by its wrapper as the API has it, else by the keys of the records. */

export const KINDS = [
  'network',
  'subnet',
  'port',
  'router',
  'floatingip',
  'security_group',
  'security_group_rule',
  'agent',
] as const;
export type Kind = (typeof KINDS)[number];

/** As the API wraps a list and a single one; `networks` and `network`. */
export const WRAPPERS: ReadonlyMap<string, Kind> = new Map(
  KINDS.flatMap((kind) => [[kind, kind] as const, [`${kind}s`, kind] as const]),
);

/** Maps of a `cloud.json` from ids to what the API keeps at addresses of its own. */
export const MAPS = ['router_l3_agents', 'network_dhcp_agents', 'ha_vr_ids'] as const;
export type MapName = (typeof MAPS)[number];

/** Keys as the API has them, that only records of a kind have; the first rule that fits decides. */
const MARKS: readonly (readonly [kind: Kind, keys: readonly string[]])[] = [
  ['agent', ['agent_type', 'host']],
  ['security_group_rule', ['direction', 'ethertype']],
  ['security_group_rule', ['ethertype', 'port_range']],
  ['floatingip', ['floating_ip_address']],
  ['port', ['mac_address']],
  ['subnet', ['cidr', 'network_id']],
  // `openstack subnet list`
  ['subnet', ['subnet', 'network']],
  ['security_group', ['security_group_rules']],
  ['security_group', ['rules', 'stateful']],
  ['router', ['external_gateway_info']],
  ['router', ['distributed']],
  ['router', ['ha', 'state']],
  ['network', ['router:external']],
  ['network', ['provider:network_type']],
  ['network', ['router_type']],
  ['network', ['subnets']],
];

/** All that `openstack security group list` and `openstack router list` of a user without rights print. */
const WHOLE: readonly (readonly [kind: Kind, keys: string])[] = [
  ['security_group', 'description,id,name,project,tags'],
  ['security_group', 'description,id,name,project,shared,tags'],
  ['router', 'id,name,project,state,status'],
];

/** @param record With keys in lower case, as `columnKey` makes them. Null when it is none of Neutron's that we know. */
export function kindOf(record: Readonly<Record<string, unknown>>): Kind | null {
  for (const [kind, keys] of MARKS) if (keys.every((key) => Object.hasOwn(record, key))) return kind;
  const all = Object.keys(record).sort().join(',');
  return WHOLE.find(([, keys]) => keys === all)?.[0] ?? null;
}
