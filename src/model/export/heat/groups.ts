/** Security groups. Rules that name a group are resources of their own, since groups may name each other. */
import type { YamlMap } from '../../lab-file/yaml-value.js';
import type { DeclaredGroup, DeclaredRule } from '../topology.js';
import { groupReference, type HeatResource } from './resource.js';

export function groupResources(group: DeclaredGroup): HeatResource[] {
  const inline = group.existing ? [] : group.rules.filter((rule) => rule.remoteGroup === null);
  const apart = group.rules.filter((rule) => !inline.includes(rule));
  return [
    ...(group.existing ? [] : [groupResource(group, inline)]),
    ...apart.map((rule) => ({
      name: `rule_${rule.label}`,
      type: 'OS::Neutron::SecurityGroupRule',
      properties: {
        security_group: groupReference(group),
        ...ruleEntry(rule),
        ...(rule.remoteGroup === null ? {} : { remote_group: groupReference(rule.remoteGroup) }),
      },
      remarks:
        group.existing && rule === apart[0]
          ? [...group.remarks, ...(group.withoutDefaultRules ? [KEEPS_ALL] : [])]
          : [],
    })),
  ];
}

const KEEPS_ALL = 'Heat cannot take rules from a group that is there: those that the lab does not have stay.';
const KEEPS_EGRESS =
  'Heat cannot make a group that lets nothing out: Neutron\'s rules "everything out" stay; delete them.';

/** Heat takes Neutron's own rules of egress away as soon as there is one here (`_create_rules` of its security_group.py). */
function groupResource(group: DeclaredGroup, rules: readonly DeclaredRule[]): HeatResource {
  const keeps = group.withoutDefaultRules && !rules.some((rule) => rule.direction === 'egress');
  return {
    name: `group_${group.label}`,
    type: 'OS::Neutron::SecurityGroup',
    properties: { name: group.name, rules: rules.length === 0 ? undefined : rules.map(ruleEntry) },
    remarks: [
      ...group.remarks,
      ...(group.stateful
        ? []
        : ['Heat has no property for `stateful: false`: set it with the client, before a port uses it.']),
      ...(keeps ? [KEEPS_EGRESS] : []),
    ],
  };
}

function ruleEntry(rule: DeclaredRule): YamlMap {
  const { protocol, port_range_min: min, port_range_max: max, remote_ip_prefix: prefix } = rule;
  return {
    direction: rule.direction,
    ethertype: rule.ethertype,
    ...(protocol === null ? {} : { protocol }),
    ...(min === null ? {} : { port_range_min: min }),
    ...(max === null ? {} : { port_range_max: max }),
    ...(prefix === null ? {} : { remote_ip_prefix: prefix }),
  };
}
