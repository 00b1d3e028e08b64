/** Security groups (neutron/db/securitygroups_db.py). */
import type { Path } from '../lab-file/problems.js';
import { present } from '../lab-file/present.js';
import type { RuleFile, SecurityGroupFile } from '../lab-file/schema.js';
import type { Entry } from '../lab-file/sections.js';
import type { SecurityGroup, SecurityGroupRule } from '../resources.js';
import { violation } from '../neutron-errors.js';
import { mixedGroups, securityViolations } from '../rules/ports.js';
import {
  normalPrefix,
  normalProtocol,
  remoteViolations,
  ruleKey,
  ruleViolations,
  type RuleContent,
} from '../rules/security-rules.js';
import type { BuildContext } from './context.js';

const DEFAULT_GROUP = 'default';

/** The groups of the file, and the project's `default` one where a port uses it and the file does not define it. */
export function buildSecurityGroups(
  entries: readonly Entry<SecurityGroupFile>[],
  usesDefault: boolean,
  build: BuildContext,
): SecurityGroup[] {
  const all = [...entries];
  if (usesDefault && !entries.some((entry) => entry.name === DEFAULT_GROUP)) all.push(defaultGroup());
  const shells = all.map((entry) => {
    const group: SecurityGroup = {
      id: build.id(entry.file?.id, entry.path, 'security_group', entry.name),
      name: entry.file?.name ?? entry.name,
      project_id: entry.file?.project_id ?? build.projectId,
      stateful: entry.file?.stateful ?? true,
      security_group_rules: [],
    };
    // Registered before any rule is read, since rules name groups, their own among them.
    build.securityGroups.add(entry.name, group);
    return { group, entry };
  });
  return shells.map(({ group, entry }) => ({ ...group, security_group_rules: rulesOf(group, entry, build) }));
}

/** From everyone in the group to everyone in the group, and everything out. */
function defaultGroup(): Entry<SecurityGroupFile> {
  const rules = (['IPv4', 'IPv6'] as const).map((ethertype) => ({
    direction: 'ingress' as const,
    ethertype,
    remote_group: DEFAULT_GROUP,
  }));
  return { name: DEFAULT_GROUP, path: [], file: { rules }, partial: false };
}

/** Neutron lets everything out of a new group; rules of the file about egress take the place of those two. */
function rulesOf(group: SecurityGroup, entry: Entry<SecurityGroupFile>, build: BuildContext): SecurityGroupRule[] {
  const given = present(entry.file?.rules);
  const everything: readonly RuleFile[] =
    entry.file?.default_rules === false || given.some(([, rule]) => rule.direction === 'egress')
      ? []
      : (['IPv4', 'IPv6'] as const).map((ethertype) => ({ direction: 'egress' as const, ethertype }));
  /** Ids of the rules that were seen, by what they say. */
  const seen = new Map<string, string>();
  return [...given, ...everything.map((rule) => [given.length, rule] as const)].flatMap(([index, file]) => {
    const path = [...entry.path, 'rules', index];
    const rule = resolveRule(file, path, build);
    const same = seen.get(ruleKey(rule));
    if (same !== undefined) {
      const remedy = 'Write each rule once.';
      build.problems.refuseAt(path, violation('SecurityGroupRuleExists', { rule_id: same }, { remedy }));
      return [];
    }
    const id = build.id(file.id, path, 'security_group_rule', group.id, JSON.stringify(rule));
    seen.set(ruleKey(rule), id);
    return [{ id, ...rule }];
  });
}

function resolveRule(file: RuleFile, path: Path, build: BuildContext): RuleContent {
  const group = file.remote_group ?? null;
  const prefix = file.remote_ip_prefix ?? null;
  const rule: RuleContent = {
    direction: file.direction,
    ethertype: file.ethertype ?? 'IPv4',
    protocol: normalProtocol(file.protocol ?? null),
    port_range_min: file.port_range_min ?? null,
    port_range_max: file.port_range_max ?? null,
    remote_ip_prefix: prefix === null ? null : normalPrefix(prefix),
    remote_group_id: null,
  };
  build.problems.refuse(path, ruleViolations(rule));
  for (const one of remoteViolations(prefix, group)) build.problems.refuseAt([...path, 'remote_group'], one);
  if (group === null) return rule;
  const remote = build.securityGroups.resolve(group, [...path, 'remote_group'], build.problems);
  return { ...rule, remote_group_id: remote?.id ?? null };
}

export interface PortSecurity {
  readonly security_groups: readonly string[];
  readonly port_security_enabled: boolean;
}

/**
 * A port without security groups filters nothing: a lab about routers should not fail for a rule that nobody wrote.
 * (Neutron would give it the project's default group.) With them, an empty list too, port security is on.
 */
export function readPortSecurity(
  file: {
    readonly security_groups?: readonly string[] | undefined;
    readonly port_security_enabled?: boolean | undefined;
  },
  network: { readonly name: string; readonly port_security_enabled: boolean },
  path: Path,
  build: BuildContext,
): PortSecurity {
  const groups = resolveGroups(file, path, build);
  const enabled = file.port_security_enabled ?? (file.security_groups !== undefined && network.port_security_enabled);
  build.problems.refuse(path, securityViolations({ enabled, groups: groups.length, pairs: 0 }));
  return { security_groups: [...new Set(groups)], port_security_enabled: enabled };
}

export function resolveGroups(
  file: { readonly security_groups?: readonly string[] | undefined },
  path: Path,
  build: BuildContext,
): string[] {
  const groups = present(file.security_groups).flatMap(
    ([index, name]) => build.securityGroups.resolve(name, [...path, 'security_groups', index], build.problems) ?? [],
  );
  build.problems.refuse(path, mixedGroups(groups));
  return groups.map(({ id }) => id);
}
