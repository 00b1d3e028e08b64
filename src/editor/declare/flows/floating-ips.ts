/** A new floating IP, and what one leads to. Pure. */
import * as l10n from '@vscode/l10n';
import type { LabFileEdit } from '../../../model/lab-file/edit/edits.js';
import type { OpenLabFile } from '../../../model/lab-file/edit/open.js';
import { associableInstances, externalNetworks } from '../../../model/lab-file/edit/proposals.js';
import { associateFloatingIp, createFloatingIp, disassociateFloatingIp } from '../../../model/lab-file/edit/verbs.js';
import { labelOf } from '../../../model/lab-file/edit/targets.js';
import type { FloatingIp } from '../../../model/resources.js';
import { named, networkChoices, plainChoices } from '../choices.js';
import { type FlowMaker, NOTHING } from '../flow.js';
import { nothingToChoose } from '../nothing-to-choose.js';
import { type Answers, type Choice, type Step, one } from '../step.js';
import { freeAddress } from './instances.js';

/** @param instance That it is to lead to; undefined: it is asked. */
export function addFloatingIp(instance?: string): FlowMaker {
  return (file) => {
    const networks = externalNetworks(file);
    const [only, ...more] = networks;
    if (only === undefined)
      throw nothingToChoose(
        l10n.t('There is no external network.'),
        l10n.t('Add a network and choose *External network*.'),
      );
    const networkOf = (answers: Answers): string => one(answers, 'network') ?? only;
    return {
      title: l10n.t('Add floating IP'),
      steps: (answers) =>
        [
          ...(more.length === 0
            ? []
            : [
                {
                  ask: 'one' as const,
                  key: 'network',
                  prompt: l10n.t('The external network that its address is of.'),
                  choices: networkChoices(file, networks),
                },
              ]),
          ...(instance === undefined
            ? [
                {
                  ask: 'one' as const,
                  key: 'instance',
                  prompt: l10n.t('The instance that it leads to.'),
                  choices: [...plainChoices(associableInstances(file, networkOf(answers))), toNobody()],
                },
              ]
            : []),
          {
            ask: 'text',
            key: 'address',
            prompt: l10n.t('Its address. Empty: Neutron gives it a free one.'),
            proposal: '',
            placeholder: freeAddress(file, networkOf(answers)) ?? '',
          },
        ] satisfies Step[],
      edit: (answers): LabFileEdit => {
        const leads = instance ?? one(answers, 'instance') ?? '';
        const address = one(answers, 'address') ?? '';
        return createFloatingIp(networkOf(answers), {
          ...(leads === '' ? {} : { instance: leads }),
          ...(address === '' ? {} : { floating_ip_address: address }),
        });
      },
    };
  };
}

function toNobody(): Choice {
  return { value: '', label: l10n.t('Nobody yet'), detail: l10n.t('The address is kept; nothing answers at it.') };
}

/** @param floatingIp Id or address. */
export function associate(floatingIp: string): FlowMaker {
  return (file) => {
    const fip = floatingIpNamed(file, floatingIp);
    const network = fip === undefined ? null : labelOf(file, 'network', fip.floating_network_id);
    const instances = network === null ? [] : associableInstances(file, network);
    const choices = [...plainChoices(instances), ...(typeof fip?.port_id === 'string' ? [toNobody()] : [])];
    if (choices.length === 0)
      throw nothingToChoose(
        l10n.t('No instance can be reached from that external network.'),
        l10n.t('Give a router its gateway there and an interface on the subnet of the instance.'),
      );
    return {
      title: l10n.t('Associate {0}', fip?.floating_ip_address ?? floatingIp),
      steps: () => [{ ask: 'one', key: 'instance', prompt: l10n.t('The instance that it leads to.'), choices }],
      edit: (answers) => {
        const instance = one(answers, 'instance');
        if (instance === undefined) return NOTHING;
        return instance === '' ? disassociateFloatingIp(floatingIp) : associateFloatingIp(floatingIp, { instance });
      },
    };
  };
}

function floatingIpNamed(file: OpenLabFile, ref: string): FloatingIp | undefined {
  return named(file, 'floatingip', ref, (lab) => lab.floatingips);
}
