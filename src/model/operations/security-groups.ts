/** Create, change and delete security groups and their rules (neutron/db/securitygroups_db.py). */
import { readCreate, readUpdate, type RequestBody } from '../attributes/attribute.js';
import { SECURITY_GROUP_ATTRIBUTES, SECURITY_GROUP_RULE_ATTRIBUTES } from '../attributes/security-groups.js';
import { enforce, refuse, violation } from '../neutron-errors.js';
import type { Lab, SecurityGroup, SecurityGroupRule } from '../resources.js';
import { remoteViolations, ruleKey, ruleViolations, type RuleContent } from '../rules/security-rules.js';
import { newId, projectOf, replace, without } from './change.js';
import { securityGroupOf, securityGroupRuleOf } from './find.js';

interface GroupRequest {
  readonly name?: string;
  readonly stateful?: boolean;
}

interface RuleRequest extends Partial<RuleContent> {
  readonly remote_address_group_id?: string | null;
  readonly security_group_id?: string;
}

export interface SecurityGroupResult {
  readonly lab: Lab;
  readonly security_group: SecurityGroup;
}

export interface SecurityGroupRuleResult {
  readonly lab: Lab;
  readonly security_group_rule: SecurityGroupRule;
}

/** Everything may leave a new group. @throws NeutronError `SecurityGroupDefaultAlreadyExists` */
export function createSecurityGroup(lab: Lab, body: RequestBody): SecurityGroupResult {
  const request: GroupRequest = readCreate(SECURITY_GROUP_ATTRIBUTES, body);
  const name = request.name ?? '';
  const id = newId(lab, lab.security_groups, 'security_group', name);
  const rules = (['IPv4', 'IPv6'] as const).map((ethertype) => {
    const rule: RuleContent = {
      direction: 'egress',
      ethertype,
      protocol: null,
      port_range_min: null,
      port_range_max: null,
      remote_ip_prefix: null,
      remote_group_id: null,
    };
    return { id: ruleId(lab, id, rule), ...rule };
  });
  const group: SecurityGroup = {
    id,
    name,
    project_id: projectOf(lab, body),
    stateful: request.stateful ?? true,
    security_group_rules: rules,
  };
  return { lab: { ...lab, security_groups: [...lab.security_groups, group] }, security_group: group };
}

/** @throws NeutronError `SecurityGroupInUse` when `stateful` would change under a port */
export function updateSecurityGroup(lab: Lab, id: string, body: RequestBody): SecurityGroupResult {
  const request: GroupRequest = readUpdate(SECURITY_GROUP_ATTRIBUTES, body);
  const before = securityGroupOf(lab, id);
  if (before.name === 'default' && request.name !== undefined)
    refuse(violation('SecurityGroupCannotUpdateDefault', {}));
  const stateful = request.stateful ?? before.stateful;
  if (stateful !== before.stateful) refuseInUse(lab, id);
  const group: SecurityGroup = { ...before, name: request.name ?? before.name, stateful };
  return { lab: { ...lab, security_groups: replace(lab.security_groups, group) }, security_group: group };
}

/** Rules of other groups that name it go with it. @throws NeutronError `SecurityGroupInUse` */
export function deleteSecurityGroup(lab: Lab, id: string): { readonly lab: Lab } {
  securityGroupOf(lab, id);
  refuseInUse(lab, id);
  const rest = without(lab.security_groups, [id]).map((group) => {
    const kept = group.security_group_rules.filter((rule) => rule.remote_group_id !== id);
    return kept.length === group.security_group_rules.length ? group : { ...group, security_group_rules: kept };
  });
  return { lab: { ...lab, security_groups: rest } };
}

/** @throws NeutronError */
export function createSecurityGroupRule(lab: Lab, body: RequestBody): SecurityGroupRuleResult {
  const request: RuleRequest = readCreate(SECURITY_GROUP_RULE_ATTRIBUTES, body);
  const content: RuleContent = {
    direction: request.direction ?? 'ingress',
    ethertype: request.ethertype ?? 'IPv4',
    protocol: request.protocol ?? null,
    port_range_min: request.port_range_min ?? null,
    port_range_max: request.port_range_max ?? null,
    remote_ip_prefix: request.remote_ip_prefix ?? null,
    remote_group_id: request.remote_group_id ?? null,
  };
  enforce(ruleViolations(content));
  enforce(remoteViolations(content.remote_ip_prefix, content.remote_group_id, request.remote_address_group_id));
  const addressGroup = request.remote_address_group_id ?? null;
  if (addressGroup !== null) refuse(violation('AddressGroupNotFound', { address_group_id: addressGroup }));
  if (content.remote_group_id !== null) securityGroupOf(lab, content.remote_group_id);
  const group = securityGroupOf(lab, request.security_group_id ?? '');
  const same = group.security_group_rules.find((rule) => ruleKey(rule) === ruleKey(content));
  if (same !== undefined) refuse(violation('SecurityGroupRuleExists', { rule_id: same.id }));
  const rule: SecurityGroupRule = { id: ruleId(lab, group.id, content), ...content };
  const changed = { ...group, security_group_rules: [...group.security_group_rules, rule] };
  return { lab: { ...lab, security_groups: replace(lab.security_groups, changed) }, security_group_rule: rule };
}

/** @throws NeutronError `SecurityGroupRuleNotFound` */
export function deleteSecurityGroupRule(lab: Lab, id: string): { readonly lab: Lab } {
  securityGroupRuleOf(lab, id);
  const groups = lab.security_groups.map((group) => {
    const kept = without(group.security_group_rules, [id]);
    return kept.length === group.security_group_rules.length ? group : { ...group, security_group_rules: kept };
  });
  return { lab: { ...lab, security_groups: groups } };
}

function refuseInUse(lab: Lab, id: string): void {
  if (lab.ports.some((port) => port.security_groups.includes(id))) refuse(violation('SecurityGroupInUse', { id }));
}

function ruleId(lab: Lab, groupId: string, rule: RuleContent): string {
  const taken = lab.security_groups.flatMap((group) => group.security_group_rules);
  return newId(lab, taken, 'security_group_rule', groupId, JSON.stringify(rule));
}
