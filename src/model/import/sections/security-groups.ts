/** The section `security_groups`. */
import type { RuleInput, SecurityGroupInput } from '../cloud-schema.js';
import { compact, noteOf, type Entry, type ImportContext } from '../context.js';
import { noteUnrepresented } from '../unrepresented.js';

export function writeSecurityGroups(context: ImportContext): Record<string, Entry> {
  return Object.fromEntries(
    context.cloud.security_groups.map((group) => [
      context.groupLabels.keyOf(group.id) ?? group.id,
      writeGroup(group, context),
    ]),
  );
}

function writeGroup(group: SecurityGroupInput, context: ImportContext): Entry {
  const note = noteOf('security_group', group);
  if (group.rules === null)
    context.notes.add('Assumed', 'its rules were not given: everything goes out, nothing comes in.', note);
  const rules = (group.rules ?? []).flatMap((rule) => writeRule(rule, group, context));
  const egress = group.rules?.some(({ direction }) => direction === 'egress') ?? true;
  // A rule that is left out must not open the group.
  const kept = rules.some(({ direction }) => direction === 'egress');
  return compact({
    ...context.groupLabels.attributesOf(group.id),
    id: group.id,
    ...context.project({ ...note, project: group.project_id }),
    stateful: group.stateful === false ? false : undefined,
    default_rules: group.rules !== null && (!egress || !kept) ? false : undefined,
    rules: rules.length === 0 ? undefined : rules,
  });
}

function writeRule(rule: RuleInput, group: SecurityGroupInput, context: ImportContext): Entry[] {
  const note = noteOf('security_group', group);
  noteUnrepresented('security_group_rule', { ...rule, name: group.name }, context.notes);
  const leaveOut = (why: string): Entry[] => {
    context.notes.add('NotRepresented', `a rule ${why}.`, note, ['rules']);
    return [];
  };
  if (rule.direction === null) return leaveOut('whose direction was not told (`--long` tells it)');
  if (rule.remote_address_group_id !== null) return leaveOut('about an address group');
  const remote = rule.remote_group_id === null ? null : context.groupLabels.keyOf(rule.remote_group_id);
  if (rule.remote_group_id !== null && remote === null)
    return leaveOut(`about the group ${rule.remote_group_id}, which is not among what was given`);
  return [
    compact({
      direction: rule.direction,
      ethertype: rule.ethertype === 'IPv6' ? 'IPv6' : undefined,
      protocol: rule.protocol ?? undefined,
      port_range_min: rule.port_range_min ?? undefined,
      port_range_max: rule.port_range_max ?? undefined,
      remote_ip_prefix: rule.remote_ip_prefix ?? undefined,
      remote_group: remote ?? undefined,
      id: rule.id,
    }),
  ];
}
