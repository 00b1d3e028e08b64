/** Security groups, less the rules that Neutron gives a new group by itself (neutron/db/securitygroups_db.py). */
import type { Lab, SecurityGroup, SecurityGroupRule } from '../../resources.js';
import { LabelMaker } from './labels.js';
import type { DeclaredGroup, DeclaredRule } from '../topology.js';

const DEFAULT_GROUP = 'default';

/** By the ids of the lab. */
export function declareGroups(lab: Lab): ReadonlyMap<string, DeclaredGroup> {
  const labels = new LabelMaker('group');
  const groups = new Map<string, DeclaredGroup & { rules: DeclaredRule[] }>();
  for (const group of lab.security_groups) {
    const existing = group.name === DEFAULT_GROUP;
    const name = group.name === '' ? `security-group-${group.id.slice(0, 8)}` : group.name;
    groups.set(group.id, {
      name,
      label: labels.make(name),
      remarks: existing
        ? ['Every project has a group `default`: it is taken as it is, with the rules of the lab.']
        : [],
      stateful: group.stateful,
      existing,
      withoutDefaultRules: ownRules(group).some((rule) => !has(group, rule)),
      rules: [],
    });
  }
  // Rules name groups, so all groups are there first.
  const ruleLabels = new LabelMaker('rule');
  for (const group of lab.security_groups) {
    const declared = groups.get(group.id);
    const rules = declared?.withoutDefaultRules === true ? group.security_group_rules : addedRules(group);
    declared?.rules.push(
      ...rules.map(({ remote_group_id: remote, ...rule }) => ({
        direction: rule.direction,
        ethertype: rule.ethertype,
        protocol: rule.protocol,
        port_range_min: rule.port_range_min,
        port_range_max: rule.port_range_max,
        remote_ip_prefix: rule.remote_ip_prefix,
        remoteGroup: groups.get(remote ?? '') ?? null,
        label: ruleLabels.make([declared.label, rule.direction, rule.protocol ?? rule.ethertype].join(' ')),
      })),
    );
  }
  return groups;
}

type Content = Omit<SecurityGroupRule, 'id'>;

/** Everything out; into the group `default` also everything from its members. */
function ownRules(group: SecurityGroup): Content[] {
  const directions = group.name === DEFAULT_GROUP ? (['egress', 'ingress'] as const) : (['egress'] as const);
  return directions.flatMap((direction) =>
    (['IPv4', 'IPv6'] as const).map((ethertype) => ({
      direction,
      ethertype,
      protocol: null,
      port_range_min: null,
      port_range_max: null,
      remote_ip_prefix: null,
      remote_group_id: direction === 'ingress' ? group.id : null,
    })),
  );
}

function addedRules(group: SecurityGroup): readonly SecurityGroupRule[] {
  const own = ownRules(group);
  return group.security_group_rules.filter((rule) => !own.some((one) => same(one, rule)));
}

function has(group: SecurityGroup, rule: Content): boolean {
  return group.security_group_rules.some((one) => same(rule, one));
}

function same(one: Content, other: Content): boolean {
  return (Object.keys(one) as (keyof Content)[]).every((key) => one[key] === other[key]);
}
