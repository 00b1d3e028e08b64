/** Changing one attribute of what a row stands for. Pure. */
import * as l10n from '@vscode/l10n';
import type { LabFileEdit, Target } from '../../../model/lab-file/edit/edits.js';
import { findItem } from '../../../model/lab-file/edit/items.js';
import type { OpenLabFile } from '../../../model/lab-file/edit/open.js';
import { findTarget } from '../../../model/lab-file/edit/targets.js';
import { together } from '../../../model/lab-file/edit/verbs.js';
import type { About } from '../../tree/row.js';
import { type EditableAttribute, plainText } from '../attribute.js';
import {
  attributesOfAttachment,
  attributesOfFloatingIp,
  attributesOfGroup,
  attributesOfInstance,
  attributesOfLab,
  attributesOfNode,
} from '../attributes-of-hosts.js';
import { attributesOfNetwork, attributesOfSubnet } from '../attributes-of-networks.js';
import {
  attributesOfGateway,
  attributesOfInterface,
  attributesOfRoute,
  attributesOfRouter,
} from '../attributes-of-routers.js';
import { named } from '../choices.js';
import { type Flow, type FlowMaker, NOTHING } from '../flow.js';
import { nothingToChoose } from '../nothing-to-choose.js';
import { kindWord } from '../resource-words.js';
import { targetOfRow } from '../row-target.js';
import { type Step, one } from '../step.js';
import { ruleOf, ruleSteps } from './rule-steps.js';

export function editRow(about: About): FlowMaker {
  return (file) => {
    const title = l10n.t('Edit {0} {1}', kindWord(about.kind), about.name);
    return about.kind === 'rule' ? editRule(file, about, title) : editAttribute(attributesOf(file, about), title);
  };
}

function attributesOf(file: OpenLabFile, { kind, id, owner }: About): EditableAttribute[] {
  const own = targetOfRow({ kind, id });
  const target: Target | null = own ?? (owner === undefined ? null : targetOfRow(owner));
  if (target === null) return [];
  switch (kind) {
    case 'lab':
      return attributesOfLab(file);
    case 'network':
      return attributesOfNetwork(file, target);
    case 'subnet':
      return attributesOfSubnet(file, target);
    case 'router':
      return attributesOfRouter(file, target);
    case 'gateway':
      return attributesOfGateway(file, target);
    case 'interface':
      return attributesOfInterface(file, target, id);
    case 'route':
      return attributesOfRoute(file, target, id);
    case 'instance':
      return attributesOfInstance(file, target);
    case 'port':
      return attributesOfAttachment(file, target, id);
    case 'floatingIp':
      return attributesOfFloatingIp(file, target);
    case 'securityGroup':
      return attributesOfGroup(file, target);
    case 'node':
      return attributesOfNode(file, target);
    default:
      return [];
  }
}

function editAttribute(attributes: readonly EditableAttribute[], title: string): Flow {
  const [first] = attributes;
  if (first === undefined)
    throw nothingToChoose(l10n.t('Nothing of this can be changed here.'), l10n.t('Open it in the file.'));
  const which: Step = {
    ask: 'one',
    key: 'attribute',
    prompt: l10n.t('What is to be changed?'),
    choices: attributes.map(({ name, now, meaning }) => ({
      value: name,
      label: name,
      description: now,
      detail: plainText(meaning),
    })),
  };
  const chosen = (name: string | undefined): EditableAttribute =>
    attributes.find((attribute) => attribute.name === name) ?? first;
  return {
    title,
    steps: (answers) => {
      const { name, meaning, ask } = chosen(one(answers, 'attribute'));
      return [which, { ...ask, key: 'value', prompt: `${name}: ${plainText(meaning)}` }];
    },
    edit: (answers) => {
      const { value } = answers;
      return value === undefined ? NOTHING : chosen(one(answers, 'attribute')).edit(value);
    },
  };
}

/** A rule is what it says as a whole, so all of it is asked again. */
function editRule(file: OpenLabFile, { id, owner }: About, title: string): Flow {
  const group = owner === undefined ? undefined : named(file, 'security_group', owner.id, (lab) => lab.security_groups);
  const old = group?.security_group_rules.find((rule) => rule.id === id);
  const target: Target = { kind: 'security_group', ref: owner?.id ?? '' };
  const at = old === undefined ? null : findItem(file, [...findTarget(file, target).path, 'rules'], id);
  if (old === undefined || at === null)
    throw nothingToChoose(
      l10n.t('Neutron makes this rule by itself.'),
      l10n.t('Edit the security group: `default_rules: false` takes it away.'),
    );
  return {
    title,
    steps: (answers) => ruleSteps(file, answers, old),
    edit: (answers): LabFileEdit => {
      const rule = ruleOf(answers);
      return rule === null ? together() : { do: 'set', target, attribute: ['rules', at], value: rule };
    },
  };
}
