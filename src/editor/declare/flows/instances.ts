/** A new instance, and plugging one into a network. Pure. */
import * as l10n from '@vscode/l10n';
import { attachableNetworks, leastLoadedNode } from '../../../model/lab-file/edit/proposals.js';
import { nextFreeAddress } from '../../../model/lab-file/edit/propose-addresses.js';
import { nextName } from '../../../model/lab-file/edit/propose-names.js';
import { labelOf } from '../../../model/lab-file/edit/targets.js';
import { attachNetwork, createInstance } from '../../../model/lab-file/edit/verbs.js';
import type { OpenLabFile } from '../../../model/lab-file/edit/open.js';
import {
  declaredInstances,
  nameOf,
  networkChoices,
  networkNamed,
  nodeChoices,
  plainChoices,
  subnetsOf,
} from '../choices.js';
import { type Flow, type FlowMaker, NOTHING, after } from '../flow.js';
import { nothingToChoose } from '../nothing-to-choose.js';
import { type Answers, type Step, many, one } from '../step.js';

export const addInstance: FlowMaker = (file) => {
  const name = nextName(file, 'instance');
  const networks = attachableNetworks(after(file, createInstance(name)), name);
  const [first] = networks;
  const node = leastLoadedNode(file);
  return {
    title: l10n.t('Add instance'),
    steps: () =>
      [
        { ask: 'text', key: 'name', prompt: l10n.t('What is the instance called?'), proposal: name },
        ...(networks.length === 0
          ? []
          : [
              {
                ask: 'many' as const,
                key: 'networks',
                prompt: l10n.t('The networks that it is plugged into; the first one is its eth0.'),
                choices: networkChoices(file, networks),
                proposal: first === undefined || networks.length > 1 ? [] : [first],
              },
            ]),
        {
          ask: 'one',
          key: 'node',
          prompt: l10n.t('The node that it runs on.'),
          choices: nodeChoices(file),
          ...(node === null ? {} : { proposal: node }),
        },
      ] satisfies Step[],
    edit: (answers) => {
      const on = one(answers, 'node');
      const plugged = many(answers, 'networks');
      return createInstance(one(answers, 'name') ?? '', {
        ...(on === undefined ? {} : { node: on }),
        ...(plugged.length === 0 ? {} : { networks: plugged }),
      });
    },
    made: (answers) => ({ kind: 'instance', name: one(answers, 'name') ?? '' }),
  };
};

/** @param instance Name or id; undefined: it is asked. */
export function attachInstance(instance?: string): FlowMaker {
  return (file) => {
    if (instance !== undefined) return attachment(file, instance);
    const instances = declaredInstances(file);
    if (instances.length === 0) throw nothingToChoose(l10n.t('There is no instance yet.'), l10n.t('Add one first.'));
    const chosen = (answers: Answers): Flow | null => {
      const name = one(answers, 'instance');
      return name === undefined ? null : attachment(file, name);
    };
    const ask: Step = {
      ask: 'one',
      key: 'instance',
      prompt: l10n.t('Which instance?'),
      choices: plainChoices(instances),
    };
    return {
      title: l10n.t('Attach network'),
      steps: (answers) => [ask, ...(chosen(answers)?.steps(answers) ?? [])],
      edit: (answers) => chosen(answers)?.edit(answers) ?? NOTHING,
    };
  };
}

function attachment(file: OpenLabFile, instance: string): Flow {
  const name = nameOf(file, 'instance', instance);
  const networks = attachableNetworks(file, instance);
  if (networks.length === 0)
    throw nothingToChoose(
      l10n.t('There is no other network that {0} could be plugged into.', name),
      l10n.t('Add a network first.'),
    );
  return {
    title: l10n.t('Attach {0} to a network', name),
    steps: (answers) => [
      {
        ask: 'one',
        key: 'network',
        prompt: l10n.t('The network that it is plugged into.'),
        choices: networkChoices(file, networks),
      },
      {
        ask: 'text',
        key: 'address',
        prompt: l10n.t('A fixed IPv4 or IPv6 address. Empty: Neutron gives it the next free one.'),
        proposal: '',
        placeholder: freeAddress(file, one(answers, 'network') ?? networks[0] ?? '') ?? '',
      },
    ],
    edit: (answers) => {
      const network = one(answers, 'network');
      if (network === undefined) return NOTHING;
      const address = one(answers, 'address') ?? '';
      return attachNetwork(instance, network, address === '' ? undefined : address);
    },
    made: () => ({ kind: 'instance', name }),
  };
}

/** The lowest free address of the first subnet of a network that has one. */
export function freeAddress(file: OpenLabFile, network: string): string | null {
  for (const { id } of subnetsOf(file, networkNamed(file, network)?.id)) {
    const label = labelOf(file, 'subnet', id);
    const address = label === null ? null : nextFreeAddress(file, label);
    if (address !== null) return address;
  }
  return null;
}
