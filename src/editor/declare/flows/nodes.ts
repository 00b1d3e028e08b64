/** A new node. Pure. */
import * as l10n from '@vscode/l10n';
import { nextName } from '../../../model/lab-file/edit/propose-names.js';
import { createNode } from '../../../model/lab-file/edit/verbs.js';
import type { AgentKind } from '../../../model/resources.js';
import { hostsOf } from '../choices.js';
import type { FlowMaker } from '../flow.js';
import { type Choice, many, one } from '../step.js';

export const addNode: FlowMaker = (file) => {
  const proposed = (agents: readonly string[]): string => {
    const stem = agents.length > 0 ? 'network' : 'compute';
    const names = hostsOf(file).map(({ name }) => name);
    const like = names.findLast((name) => name.startsWith(stem) && /\d$/.test(name));
    return nextName(file, 'node', like ?? `${stem}1`);
  };
  return {
    title: l10n.t('Add node'),
    steps: (answers) => [
      {
        ask: 'many',
        key: 'agents',
        prompt: l10n.t('The agents of Neutron that run on it; none makes it a compute node.'),
        choices: agentChoices(),
        proposal: [],
      },
      {
        ask: 'text',
        key: 'name',
        prompt: l10n.t('What is the node called?'),
        proposal: proposed(many(answers, 'agents')),
      },
    ],
    edit: (answers) => {
      const agents = agentsIn(many(answers, 'agents'));
      return createNode(one(answers, 'name') ?? proposed(agents), agents);
    },
    made: (answers) => ({ kind: 'node', name: one(answers, 'name') ?? '' }),
  };
};

function agentsIn(values: readonly string[]): AgentKind[] {
  return (['l3', 'dhcp'] as const).filter((agent) => values.includes(agent));
}

export function agentChoices(): Choice[] {
  return [
    { value: 'l3', label: 'l3', detail: l10n.t('The L3 agent: routers, their keepalived, NAT and floating IPs.') },
    { value: 'dhcp', label: 'dhcp', detail: l10n.t('The DHCP agent: a dnsmasq for each network that it serves.') },
  ];
}
