/** A new security group, a new rule, another rule in the place of one. Pure. */
import * as l10n from '@vscode/l10n';
import type { Attributes, LabFileEdit } from '../../../model/lab-file/edit/edits.js';
import type { OpenLabFile } from '../../../model/lab-file/edit/open.js';
import { nextName } from '../../../model/lab-file/edit/propose-names.js';
import { createSecurityGroup, createSecurityGroupRule } from '../../../model/lab-file/edit/verbs.js';
import { declaredGroups, nameOf, plainChoices } from '../choices.js';
import { type Flow, type FlowMaker, NOTHING } from '../flow.js';
import { nothingToChoose } from '../nothing-to-choose.js';
import { type Answers, type Choice, type Step, many, one } from '../step.js';
import { ruleOf, ruleSteps } from './rule-steps.js';

/** What most groups let in. */
const USUAL: Readonly<Record<string, { readonly label: string; readonly words: string; readonly rule: Attributes }>> = {
  icmp: { label: 'ICMP (ping)', words: 'icmp', rule: { direction: 'ingress', protocol: 'icmp' } },
  ssh: { label: 'SSH', words: 'tcp 22', rule: tcp(22) },
  http: { label: 'HTTP', words: 'tcp 80', rule: tcp(80) },
  https: { label: 'HTTPS', words: 'tcp 443', rule: tcp(443) },
};

function tcp(port: number): Attributes {
  return { direction: 'ingress', protocol: 'tcp', port_range_min: port, port_range_max: port };
}

export const addSecurityGroup: FlowMaker = (file) => ({
  title: l10n.t('Add security group'),
  steps: () => [
    {
      ask: 'text',
      key: 'name',
      prompt: l10n.t('What is the security group called?'),
      proposal: nextName(file, 'security_group'),
    },
    {
      ask: 'many',
      key: 'lets',
      prompt: l10n.t('What does it let in? Everything is let out.'),
      choices: usualChoices(),
      proposal: [],
    },
  ],
  edit: (answers) => {
    const name = one(answers, 'name') ?? '';
    const rules = many(answers, 'lets').flatMap((key) =>
      key === 'members' ? [{ direction: 'ingress', remote_group: name }] : (USUAL[key]?.rule ?? []),
    );
    return createSecurityGroup(name, rules.length === 0 ? {} : { rules });
  },
  made: (answers) => ({ kind: 'securityGroup', name: one(answers, 'name') ?? '' }),
});

function usualChoices(): Choice[] {
  return [
    ...Object.entries(USUAL).map(([value, { label, words }]) => ({ value, label, description: words })),
    {
      value: 'members',
      label: l10n.t('Members of the group'),
      description: 'remote_group',
    },
  ];
}

/** @param group Name or id; undefined: it is asked. */
export function addRule(group?: string): FlowMaker {
  return (file) => {
    if (group !== undefined) return ruleFlow(file, group);
    const groups = declaredGroups(file);
    if (groups.length === 0) throw nothingToChoose(l10n.t('There is no security group yet.'), l10n.t('Add one first.'));
    const chosen = (answers: Answers): Flow | null => {
      const name = one(answers, 'group');
      return name === undefined ? null : ruleFlow(file, name);
    };
    const ask: Step = {
      ask: 'one',
      key: 'group',
      prompt: l10n.t('Of which security group?'),
      choices: plainChoices(groups),
    };
    return {
      title: l10n.t('Add rule'),
      steps: (answers) => [ask, ...(chosen(answers)?.steps(answers) ?? [])],
      edit: (answers) => chosen(answers)?.edit(answers) ?? NOTHING,
    };
  };
}

function ruleFlow(file: OpenLabFile, group: string): Flow {
  const name = nameOf(file, 'security_group', group);
  return {
    title: l10n.t('Add rule to {0}', name),
    steps: (answers) => ruleSteps(file, answers),
    edit: (answers): LabFileEdit => {
      const rule = ruleOf(answers);
      return rule === null ? NOTHING : createSecurityGroupRule(group, rule);
    },
    made: () => ({ kind: 'securityGroup', name }),
  };
}
