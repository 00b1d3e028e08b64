/** A new network, a new subnet. Pure. */
import * as l10n from '@vscode/l10n';
import { nextCidr } from '../../../model/lab-file/edit/propose-addresses.js';
import { nextName, subnetName } from '../../../model/lab-file/edit/propose-names.js';
import { createNetwork, createSubnet, together } from '../../../model/lab-file/edit/verbs.js';
import { declaredNetworks, nameOf, networkChoices, networkNamed, subnetsOf } from '../choices.js';
import type { FlowMaker } from '../flow.js';
import { nothingToChoose } from '../nothing-to-choose.js';
import { type Answers, type Step, one } from '../step.js';
import { addressingStep, gatewayStep, isIpv6, proposedCidr, subnetAttributes } from './subnet-steps.js';

export const addNetwork: FlowMaker = (file) => {
  const isExternal = (answers: Answers): boolean => one(answers, 'use') === 'external';
  return {
    title: l10n.t('Add network'),
    steps: (answers) => {
      const cidr = one(answers, 'cidr');
      const external = isExternal(answers);
      return [
        {
          ask: 'text',
          key: 'name',
          prompt: l10n.t('What is the network called?'),
          proposal: nextName(file, 'network'),
        },
        {
          ask: 'one',
          key: 'use',
          prompt: l10n.t('What is the network for?'),
          choices: [
            {
              value: 'tenant',
              label: l10n.t('Tenant network'),
              detail: l10n.t('Instances are plugged into it; routers join it with others.'),
            },
            {
              value: 'external',
              label: l10n.t('External network'),
              detail: l10n.t('The outside of the cloud: gateways of routers and floating IPs have addresses of it.'),
            },
          ],
        },
        {
          ask: 'text',
          key: 'cidr',
          prompt: l10n.t('The CIDR of its first subnet, IPv4 or IPv6. Empty: no subnet yet.'),
          proposal: proposedCidr(file, external),
          placeholder: l10n.t('no subnet yet'),
        },
        ...(cidr === '' ? [] : [gatewayStep(cidr ?? proposedCidr(file, external))]),
        ...(cidr !== undefined && isIpv6(cidr) ? [addressingStep(cidr, external)] : []),
      ] satisfies Step[];
    },
    edit: (answers) => {
      const name = one(answers, 'name') ?? '';
      const external = isExternal(answers);
      const network = createNetwork(name, external ? { 'router:external': true } : {});
      const cidr = one(answers, 'cidr') ?? '';
      if (cidr === '') return network;
      const subnet = subnetName(file, name, isIpv6(cidr) ? 6 : 4);
      return together(network, createSubnet(name, subnet, subnetAttributes(answers, external)));
    },
    made: (answers) => ({ kind: 'network', name: one(answers, 'name') ?? '' }),
  };
};

/** @param network Name or id; undefined: it is asked. */
export function addSubnet(network?: string): FlowMaker {
  return (file) => {
    const networks = network === undefined ? declaredNetworks(file) : [];
    if (network === undefined && networks.length === 0)
      throw nothingToChoose(l10n.t('There is no network yet.'), l10n.t('Add one first.'));
    const networkOf = (answers: Answers): string =>
      network === undefined ? (one(answers, 'network') ?? '') : nameOf(file, 'network', network);
    const isExternal = (name: string): boolean => networkNamed(file, name)?.['router:external'] === true;
    const cidrOf = (name: string): string => {
      // A second subnet of a network is mostly the one of the other IP version.
      const versions = new Set(subnetsOf(file, networkNamed(file, name)?.id).map((subnet) => subnet.ip_version));
      const other = versions.has(4) && !versions.has(6) ? nextCidr(file, 6) : null;
      return other ?? proposedCidr(file, isExternal(name));
    };
    return {
      title:
        network === undefined ? l10n.t('Add subnet') : l10n.t('Add subnet to {0}', nameOf(file, 'network', network)),
      steps: (answers) => {
        const name = networkOf(answers);
        const cidr = one(answers, 'cidr');
        const proposal = cidrOf(name);
        return [
          ...(network === undefined
            ? [
                {
                  ask: 'one' as const,
                  key: 'network',
                  prompt: l10n.t('Of which network?'),
                  choices: networkChoices(file, networks),
                },
              ]
            : []),
          { ask: 'text', key: 'cidr', prompt: l10n.t('The CIDR, IPv4 or IPv6.'), proposal },
          {
            ask: 'text',
            key: 'name',
            prompt: l10n.t('What is the subnet called?'),
            proposal: subnetName(file, name, isIpv6(cidr ?? proposal) ? 6 : 4),
          },
          gatewayStep(cidr ?? proposal),
          addressingStep(cidr ?? proposal, isExternal(name)),
        ] satisfies Step[];
      },
      edit: (answers) => {
        const owner = networkOf(answers);
        const cidr = one(answers, 'cidr');
        if (cidr === undefined) return together();
        const name = one(answers, 'name') ?? subnetName(file, owner, isIpv6(cidr) ? 6 : 4);
        return createSubnet(owner, name, subnetAttributes(answers, isExternal(owner)));
      },
      made: (answers) => ({ kind: 'subnet', name: one(answers, 'name') ?? '' }),
    };
  };
}
