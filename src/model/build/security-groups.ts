/** Security groups (neutron/db/securitygroups_db.py). */
import { parseAddress, tryParseAddress, tryParseCidr } from '../addresses.js';
import type { Path } from '../lab-file/problems.js';
import { present } from '../lab-file/present.js';
import type { RuleFile, SecurityGroupFile } from '../lab-file/schema.js';
import type { Entry } from '../lab-file/sections.js';
import { show } from '../lab-file/text.js';
import type { SecurityGroup, SecurityGroupRule } from '../resources.js';
import type { BuildContext } from './context.js';
import { checkRule, normalProtocol } from './security-rules.js';

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
  const seen = new Set<string>();
  return [...given, ...everything.map((rule) => [given.length, rule] as const)].flatMap(([index, file]) => {
    const path = [...entry.path, 'rules', index];
    const rule = resolveRule(file, path, build);
    const content = JSON.stringify(rule);
    if (seen.has(content)) {
      const message = 'Security group rule already exists.';
      build.problems.error({ path, code: 'SecurityGroupRuleExists', message, remedy: 'Write each rule once.' });
      return [];
    }
    seen.add(content);
    return [{ id: build.id(file.id, path, 'security_group_rule', group.id, content), ...rule }];
  });
}

function resolveRule(file: RuleFile, path: Path, build: BuildContext): Omit<SecurityGroupRule, 'id'> {
  checkRule(file, path, build.problems);
  const group = file.remote_group ?? null;
  const prefix = file.remote_ip_prefix ?? null;
  return {
    direction: file.direction,
    ethertype: file.ethertype ?? 'IPv4',
    protocol: normalProtocol(file.protocol ?? null),
    port_range_min: file.port_range_min ?? null,
    port_range_max: file.port_range_max ?? null,
    remote_ip_prefix: prefix === null ? null : normalPrefix(prefix),
    remote_group_id:
      group === null
        ? null
        : (build.securityGroups.resolve(group, [...path, 'remote_group'], build.problems)?.id ?? null),
  };
}

function normalPrefix(text: string): string {
  if (tryParseCidr(text) !== null) return text;
  return tryParseAddress(text) === null ? text : `${text}/${parseAddress(text).version === 4 ? '32' : '128'}`;
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
  const groups = (file.security_groups ?? []).flatMap((name, index) => {
    const group = build.securityGroups.resolve(name, [...path, 'security_groups', index], build.problems);
    return group === null ? [] : [group.id];
  });
  const enabled = file.port_security_enabled ?? (file.security_groups !== undefined && network.port_security_enabled);
  if (!enabled && groups.length > 0) {
    build.problems.error({
      path: [...path, 'security_groups'],
      code: 'PortSecurityAndIPRequiredForSecurityGroups',
      message: `Port security must be enabled and port must have an IP address in order to use security groups (network ${show(network.name)}).`,
      remedy: 'Remove `port_security_enabled: false`, or the security groups.',
    });
  }
  return { security_groups: [...new Set(groups)], port_security_enabled: enabled };
}
