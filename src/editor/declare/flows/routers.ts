/** A new router. Pure. */
import * as l10n from '@vscode/l10n';
import { attachableSubnets, externalNetworks } from '../../../model/lab-file/edit/proposals.js';
import { nextName } from '../../../model/lab-file/edit/propose-names.js';
import { createRouter } from '../../../model/lab-file/edit/verbs.js';
import { ROUTER } from '../../../model/lab-file/words/routers.js';
import { hostsOf, networkChoices, subnetChoices } from '../choices.js';
import { type FlowMaker, after } from '../flow.js';
import { type Choice, type Step, many, one } from '../step.js';

export const addRouter: FlowMaker = (file) => {
  const name = nextName(file, 'router');
  const subnets = attachableSubnets(after(file, createRouter(name)), name);
  const externals = externalNetworks(file);
  return {
    title: l10n.t('Add router'),
    steps: () =>
      [
        { ask: 'text', key: 'name', prompt: l10n.t('What is the router called?'), proposal: name },
        {
          ask: 'one',
          key: 'ha',
          prompt: l10n.t('What happens when its node dies?'),
          choices: kinds(),
          // One agent alone can give no replica.
          proposal: l3Nodes() > 1 ? 'ha' : 'legacy',
        },
        ...(externals.length === 0
          ? []
          : [
              {
                ask: 'one' as const,
                key: 'gateway',
                prompt: l10n.t('The external network that is its gateway.'),
                choices: [...networkChoices(file, externals), noGateway()],
              },
            ]),
        ...(subnets.length === 0
          ? []
          : [
              {
                ask: 'many' as const,
                key: 'interfaces',
                prompt: l10n.t('The subnets that it joins: it gets an interface on each, at its gateway address.'),
                choices: subnetChoices(file, subnets),
                proposal: [],
              },
            ]),
      ] satisfies Step[],
    edit: (answers) => {
      const gateway = one(answers, 'gateway') ?? '';
      const interfaces = many(answers, 'interfaces');
      return createRouter(one(answers, 'name') ?? '', {
        ...(one(answers, 'ha') === 'ha' ? { ha: true } : {}),
        ...(gateway === '' ? {} : { external_gateway_info: { network: gateway } }),
        ...(interfaces.length === 0 ? {} : { interfaces }),
      });
    },
    made: (answers) => ({ kind: 'router', name: one(answers, 'name') ?? '' }),
  };

  function l3Nodes(): number {
    return hostsOf(file).filter(({ agents }) => agents.includes('l3')).length;
  }
};

function kinds(): Choice[] {
  return [
    { value: 'ha', label: l10n.t('HA router'), description: 'ha: true', detail: ROUTER.ha.meaning },
    {
      value: 'legacy',
      label: l10n.t('Legacy router'),
      description: 'ha: false',
      detail: l10n.t('One namespace on one node. Nothing takes over.'),
    },
  ];
}

function noGateway(): Choice {
  return { value: '', label: l10n.t('No gateway'), detail: l10n.t('It joins its subnets and leads nowhere else.') };
}
