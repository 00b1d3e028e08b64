/** `neutron-lab fail node | keepalived | link | partition | freeze` */
import type { Command } from 'commander';
import { type Fault, type KeepalivedFault, inject } from '../../lab/failures.js';
import type { Lab, Router } from '../../model/resources.js';
import type { CommandContext, DefineCommand } from '../command-definition.js';
import { UsageError } from '../errors.js';
import { activeNode } from '../exec-target.js';
import { type LabAccess, knownLab, withRunningLab } from '../lab-access.js';
import { findRouter, onlyHaRouter } from '../lab-words.js';
import { type JsonChoice, type LabChoice, examples, withJson, withLab } from '../options.js';

interface FailOptions extends LabChoice, JsonChoice {
  readonly router?: string;
}

/** What was broken, in a sentence, and the fault itself. */
interface Breakage {
  readonly fault: Fault;
  readonly what: string;
}

const NODE_OR_ROUTER = 'a node, or a router: then the node where its MASTER is';

/** A node by its name, or by the name of the router whose MASTER it has. */
async function nodeOf(access: LabAccess, lab: Lab, word: string): Promise<string> {
  const nodes = access.running.containers.map(({ node }) => node);
  if (nodes.includes(word)) return word;
  const router = lab.routers.find(({ name, id }) => name === word || id === word);
  const node = router === undefined ? undefined : await activeNode(access, lab, findRouter(lab, word));
  // Says which nodes there are.
  return node ?? access.running.container(word).node;
}

/** The router that is named, by -r or in the node's place; else the only HA router of the node. */
function routerOf(lab: Lab, word: string, node: string, named: string | undefined): Router {
  if (named !== undefined) return findRouter(lab, named);
  const inPlace = lab.routers.find(({ name, id }) => name === word || id === word);
  if (inPlace) return inPlace;
  const hosted = lab.routers.filter(({ id }) => (lab.router_l3_agents[id] ?? []).includes(node));
  return onlyHaRouter(hosted, `on node "${node}"`);
}

type Choose<O> = (access: LabAccess, lab: Lab, word: string, options: O) => Promise<Breakage>;

function define<O extends FailOptions>(command: Command, { terminal }: CommandContext, choose: Choose<O>): void {
  withJson(withLab(command.argument('<node>', NODE_OR_ROUTER)));
  command.action(async (word: string, options: O) => {
    await withRunningLab(options, async (access) => {
      const lab = knownLab(access);
      const { fault, what } = await choose(access, lab, word, options);
      await inject(access.running, lab, fault);
      if (options.json === true) {
        terminal.json({ lab: lab.name, fault });
        return;
      }
      const { paint } = terminal;
      terminal.line(`${paint('✗', 'red')} ${what}`);
      terminal.line(
        paint('  `neutron-lab status --watch` shows what comes of it, `neutron-lab heal` mends it.', 'grey'),
      );
    });
  });
}

function defineNode(parent: Command, context: CommandContext): void {
  const command = parent
    .command('node')
    .summary('the power of a node goes off')
    .description('The power of a node goes off: all of its processes are killed, and its namespaces are gone.')
    .option('--graceful', 'shut it down in order: keepalived takes its leave');
  define<FailOptions & { graceful?: boolean }>(command, context, async (access, lab, word, options) => {
    const node = await nodeOf(access, lab, word);
    const graceful = options.graceful === true;
    return {
      fault: { kind: 'node', node, graceful },
      what: `${node} ${graceful ? 'was shut down' : 'is without power'}.`,
    };
  });
  examples(
    command,
    ['neutron-lab fail node network1', ''],
    ['neutron-lab fail node edge', 'the one where edge is MASTER'],
  );
}

function defineFreeze(parent: Command, context: CommandContext): void {
  const command = parent
    .command('freeze')
    .summary('the processes of a node stand still, its kernel forwards on')
    .description('The processes of a node stand still; its kernel forwards on.');
  define(command, context, async (access, lab, word) => {
    const node = await nodeOf(access, lab, word);
    return {
      fault: { kind: 'freeze', node },
      what: `${node} is frozen: no process of it runs, its kernel forwards on.`,
    };
  });
  examples(command, ['neutron-lab fail freeze network1', '']);
}

const HOWS: readonly KeepalivedFault[] = ['kill', 'kill-parent', 'terminate'];

function defineKeepalived(parent: Command, context: CommandContext): void {
  const command = parent
    .command('keepalived')
    .summary('the keepalived of a router dies on a node')
    .description('The keepalived of a router dies on a node; the process monitor, if the lab has one, starts it again.')
    .option('-r, --router <router>', 'which router, where the node hosts more than one')
    .option('--how <how>', `${HOWS.join(', ')}: both processes, the parent alone, or a SIGTERM`, 'kill');
  define<FailOptions & { how: string }>(command, context, async (access, lab, word, options) => {
    const how = HOWS.find((one) => one === options.how);
    if (how === undefined)
      throw new UsageError(`There is no way "${options.how}" to end keepalived.`, `Take ${HOWS.join(', ')}.`);
    const node = await nodeOf(access, lab, word);
    const router = routerOf(lab, word, node, options.router);
    const what = how === 'terminate' ? 'was told to end' : how === 'kill' ? 'was killed' : 'lost its parent process';
    return {
      fault: { kind: 'keepalived', node, router: router.id, how },
      what: `keepalived of router ${router.name} ${what} on ${node}.`,
    };
  });
  examples(
    command,
    ['neutron-lab fail keepalived edge', 'the MASTER of edge'],
    ['neutron-lab fail keepalived network1 --router edge --how terminate', ''],
  );
}

const DEVICES = ['underlay', 'ha', 'qr', 'qg'] as const;

function defineLink(parent: Command, context: CommandContext): void {
  const command = parent
    .command('link')
    .summary('a cable is pulled: of a node, or of a router on a node')
    .description('A cable is pulled: that of a node to all others, or that of a router on a node.')
    .option('-r, --router <router>', 'which router')
    .option('-d, --device <device>', `${DEVICES.join(', ')}; ha where a router is named, else underlay`);
  define<FailOptions & { device?: string }>(command, context, async (access, lab, word, options) => {
    const node = await nodeOf(access, lab, word);
    const routerNamed = options.router !== undefined || word !== node;
    const device = DEVICES.find((one) => one === (options.device ?? (routerNamed ? 'ha' : 'underlay')));
    if (device === undefined) {
      throw new UsageError(`There is no device "${options.device ?? ''}" to pull.`, `Take ${DEVICES.join(', ')}.`);
    }
    if (device === 'underlay') {
      return { fault: { kind: 'link', node, router: null, device }, what: `${node} is cut off from the other nodes.` };
    }
    const router = routerOf(lab, word, node, options.router);
    return {
      fault: { kind: 'link', node, router: router.id, device },
      what: `The ${device}- interface of router ${router.name} is down on ${node}.`,
    };
  });
  examples(
    command,
    ['neutron-lab fail link network1', 'from all other nodes'],
    ['neutron-lab fail link edge', 'the HA interface of the MASTER of edge'],
    ['neutron-lab fail link network1 --router edge --device qr', 'one that Neutron does not track'],
  );
}

function definePartition(parent: Command, context: CommandContext): void {
  const command = parent
    .command('partition')
    .summary('nodes lose each other')
    .description('A node and others lose each other: all of their traffic, or the advertisements of a router only.')
    .option('--from <node...>', 'from these nodes; all others where none is named')
    .option('-r, --router <router>', "the router's advertisements only: a split brain");
  define<FailOptions & { from?: string[] }>(command, context, async (access, lab, word, options) => {
    const node = await nodeOf(access, lab, word);
    const router = options.router !== undefined || word !== node ? routerOf(lab, word, node, options.router) : null;
    const all =
      router === null ? access.running.containers.map((one) => one.node) : (lab.router_l3_agents[router.id] ?? []);
    const from = (options.from ?? all.filter((one) => one !== node)).map((one) => access.running.container(one).node);
    if (from.length === 0 || from.includes(node)) {
      throw new UsageError(`${node} cannot lose itself.`, 'Name other nodes with --from.');
    }
    const traffic = router === null ? '' : ` for the advertisements of router ${router.name}`;
    return {
      fault: { kind: 'partition', node, from: [...from].sort(), router: router?.id ?? null },
      what: `${node} and ${[...from].sort().join(', ')} have lost each other${traffic}.`,
    };
  });
  examples(
    command,
    ['neutron-lab fail partition network1 --from network2 network3', ''],
    ['neutron-lab fail partition edge', 'its MASTER speaks into the void: a split brain'],
  );
}

export const defineFail: DefineCommand = (command, context) => {
  defineNode(command, context);
  defineKeepalived(command, context);
  defineLink(command, context);
  definePartition(command, context);
  defineFreeze(command, context);
};
