/** `neutron-lab fail node | stop | restart | freeze | agent`: a node as a whole, or its agent. */
import { LabError } from '../../model/errors.js';
import { oneOf } from '../options.js';
import type { FailOptions, FaultCommand } from './spot.js';

export const node: FaultCommand<FailOptions & { graceful?: boolean }> = {
  name: 'node',
  summary: 'the power of a node goes off',
  description: 'The power of a node goes off: all of its processes are killed, and its namespaces are gone.',
  options: (command) => command.option('--graceful', 'shut it down in order: keepalived takes its leave'),
  examples: [
    ['neutron-lab fail node network1', ''],
    ['neutron-lab fail node edge', 'the one where edge is MASTER'],
  ],
  choose: ({ node }, { graceful = false }) => ({
    fault: { kind: 'node', node, graceful },
    what: `${node} ${graceful ? 'was shut down' : 'is without power'}.`,
  }),
};

export const stop: FaultCommand = {
  name: 'stop',
  summary: 'a node is shut down in order: keepalived takes its leave',
  description: 'A node is shut down in order, as by `fail node --graceful`: keepalived takes its leave.',
  examples: [['neutron-lab fail stop edge', 'the node where edge is MASTER']],
  choose: ({ node }) => ({ fault: { kind: 'node', node, graceful: true }, what: `${node} was shut down.` }),
};

export const freeze: FaultCommand = {
  name: 'freeze',
  summary: 'the processes of a node stand still, its kernel forwards on',
  description: 'The processes of a node stand still; its kernel forwards on.',
  examples: [['neutron-lab fail freeze network1', '']],
  choose: ({ node }) => ({
    fault: { kind: 'freeze', node },
    what: `${node} is frozen: no process of it runs, its kernel forwards on.`,
  }),
};

export const restart: FaultCommand = {
  name: 'restart',
  summary: 'a node is shut down in order and comes back',
  description: 'A node is shut down in order, starts again, and its agents build everything anew.',
  examples: [['neutron-lab fail restart network1', '']],
  choose: ({ node }) => ({ fault: { kind: 'restart', node }, what: `${node} was restarted.` }),
};

const ENDS = ['kill', 'terminate'] as const;

export const agent: FaultCommand<FailOptions & { how: (typeof ENDS)[number] }> = {
  name: 'agent',
  summary: 'the L3 agent of a node ends, with its state-change monitors',
  description: 'The L3 agent of a node ends, and its state-change monitors with it; keepalived and the kernel go on.',
  options: (command) => command.option('--how <how>', `${ENDS.join(', ')}: KILL or TERM`, oneOf(ENDS), 'kill'),
  examples: [['neutron-lab fail agent edge', 'on the node where edge is MASTER']],
  choose: ({ lab, node }, { how }) => {
    const agents = lab.nodes.filter((one) => one.agents.includes('l3')).map(({ name }) => name);
    if (!agents.includes(node)) {
      throw new LabError(
        'NoSuchTarget',
        `The node "${node}" has no L3 agent.`,
        agents.length === 0 ? 'No node of this lab has one.' : `There is one on ${agents.join(', ')}.`,
      );
    }
    return {
      fault: { kind: 'agent', node, how },
      what: `The L3 agent of ${node} ${how === 'kill' ? 'was killed' : 'was stopped'}.`,
    };
  },
};
