/** From gathered records to typed ones; what is wrong with one is told with its file and the resource. */
import type { z } from 'zod';
import { isMap } from '../lab-file/sections.js';
import { show } from '../lab-file/text.js';
import * as schema from './cloud-schema.js';
import type { CloudInput, RuleInput, SecurityGroupInput } from './cloud-schema.js';
import type { Gathered, GatheredCloud } from './gather.js';
import { readPlacements } from './given-placements.js';
import type { Kind } from './kinds.js';
import type { NoteList } from './notes.js';
import { asApiRecord } from './openstack-columns.js';

export interface ImportProblem {
  readonly file: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** More than a person reads at once. */
const MAX_PROBLEMS = 50;
const REMEDY = "Give it as Neutron's API answers it, or as `openstack … -f json` prints it.";

/** What a list of the client leaves out, and what tells it. */
const TELLS: Readonly<Partial<Record<Kind, string>>> = {
  subnet: '`openstack subnet list --long -f json` tells it.',
  port: '`openstack port show ID -f json` tells it, for all at once `GET /v2.0/ports`.',
  floatingip: '`openstack floating ip list --long -f json` tells it.',
};

export function validate(
  { records, maps, agentLists }: GatheredCloud,
  notes: NoteList,
): { readonly cloud: CloudInput; readonly problems: readonly ImportProblem[] } {
  const problems: ImportProblem[] = [];
  const read = <T>(kind: Kind, type: z.ZodType<T>): T[] =>
    records.filter((record) => record.kind === kind).flatMap((record) => readOne(record, type, problems));
  const loose = read('security_group_rule', schema.ruleInput);
  const groups = records
    .filter(({ kind }) => kind === 'security_group')
    .flatMap((record) => readOne(record, schema.securityGroupInput, problems).map((group) => ({ record, group })));
  const networks = read('network', schema.networkInput);
  const routers = read('router', schema.routerInput);
  const cloud: CloudInput = {
    networks,
    subnets: read('subnet', schema.subnetInput),
    ports: read('port', schema.portInput),
    routers,
    floatingips: read('floatingip', schema.floatingIpInput),
    security_groups: groups.map(({ record, group }) => withRules(record, group, loose, problems)),
    agents: read('agent', schema.agentInput),
    ...readPlacements(maps, agentLists, { networks, routers }, notes, problems),
  };
  return { cloud, problems: problems.slice(0, MAX_PROBLEMS) };
}

function readOne<T>({ file, kind, values }: Gathered, type: z.ZodType<T>, problems: ImportProblem[]): T[] {
  const result = type.safeParse(values);
  if (result.success) return [result.data];
  const named = [values.name, values.id].find((one) => typeof one === 'string' && one !== '');
  const what = `${kind.replaceAll('_', ' ')}${named === undefined ? '' : ` ${show(named)}`}`;
  for (const issue of result.error.issues) {
    const path = issue.path.map(String).join('.');
    const missing = issue.code === 'invalid_type' && valueAt(values, issue.path) === undefined;
    problems.push({
      file,
      code: 'InvalidInput',
      message: missing
        ? `The ${what} does not say its '${path}'.`
        : `'${path}' of the ${what} is wrong: ${issue.code === 'custom' ? issue.message : `${show(valueAt(values, issue.path))} is not expected there.`}`,
      remedy: (missing ? TELLS[kind] : undefined) ?? REMEDY,
    });
  }
  return [];
}

/** Rules stand in their group, or in a list of their own. */
function withRules(
  record: Gathered,
  group: z.output<typeof schema.securityGroupInput>,
  loose: readonly RuleInput[],
  problems: ImportProblem[],
): SecurityGroupInput {
  const own = record.values.security_group_rules;
  const rules = new Map<string, RuleInput>();
  if (Array.isArray(own)) {
    for (const value of own) {
      if (!isMap(value)) continue;
      const values = asApiRecord('security_group_rule', value);
      for (const rule of readOne({ ...record, kind: 'security_group_rule', values }, schema.ruleInput, problems))
        rules.set(rule.id, rule);
    }
  }
  for (const rule of loose) if (rule.security_group_id === group.id) rules.set(rule.id, rule);
  return { ...group, rules: rules.size === 0 && !Array.isArray(own) ? null : [...rules.values()] };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<PropertyKey, unknown>)[step];
  }
  return current;
}
