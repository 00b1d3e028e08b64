/** `neutron-lab fail node | keepalived | link | partition | freeze` */
import type { Command } from 'commander';
import { type Fault, type KeepalivedFault, inject } from '../../lab/failures.js';
import { readNodes } from '../../lab/status.js';
import type { Lab, Router } from '../../model/resources.js';
import type { CommandContext, DefineCommand } from '../command-definition.js';
import { UsageError } from '../errors.js';
import { type LabAccess, knownLab, withRunningLab } from '../lab-access.js';
import { findRouter, onlyHaRouter, routerCalled } from '../lab-words.js';
import { type JsonChoice, type LabChoice, examples, oneOf, withJson, withLab } from '../options.js';
import { activeNode } from '../place.js';

interface FailOptions extends LabChoice, JsonChoice {
  readonly router?: string;
}

/** What was broken, in a sentence, and the fault itself. */
interface Breakage {
  readonly fault: Fault;
  readonly what: string;
}

/** Where it is broken: what the person's word for the place means. */
interface Spot {
  readonly access: LabAccess;
  readonly lab: Lab;
  readonly node: string;
  /** The router that stood in the node's place: its MASTER's node is meant. */
  readonly inPlace: Router | null;
}

/** One of the subcommands. */
interface FaultCommand<O extends FailOptions> {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly options?: (command: Command) => Command;
  readonly examples: readonly (readonly [line: string, what: string])[];
  readonly choose: (spot: Spot, options: O) => Breakage;
}

/** A node by its name, or by the name of the router whose MASTER it has. @throws NoSuchNode, UsageError */
async function findSpot(access: LabAccess, word: string): Promise<Spot> {
  const lab = knownLab(access);
  const { running } = access;
  if (running.containers.some(({ node }) => node === word)) return { access, lab, node: word, inPlace: null };
  const inPlace = routerCalled(lab, word);
  const active = inPlace && (await activeNode(lab, inPlace, async () => await readNodes(running)));
  // Where it is neither, this says which nodes there are.
  return { access, lab, node: active ?? running.container(word).node, inPlace };
}

/** The router that is named, by -r or in the node's place; else the only HA router of the node. */
function routerOf({ lab, node, inPlace }: Spot, named: string | undefined): Router {
  if (named !== undefined) return findRouter(lab, named);
  const hosted = lab.routers.filter(({ id }) => (lab.router_l3_agents[id] ?? []).includes(node));
  return inPlace ?? onlyHaRouter(hosted, `on node "${node}"`);
}

function define<O extends FailOptions>(parent: Command, { terminal }: CommandContext, fault: FaultCommand<O>): void {
  const command = parent.command(fault.name).summary(fault.summary).description(fault.description);
  command.argument('<node>', 'a node, or a router: then the node where its MASTER is');
  withJson(withLab(fault.options?.(command) ?? command));
  examples(command, ...fault.examples);
  command.action(async (word: string, options: O) => {
    await withRunningLab(options, async (access) => {
      const spot = await findSpot(access, word);
      const { fault: chosen, what } = fault.choose(spot, options);
      await inject(access.running, spot.lab, chosen);
      if (options.json === true) {
        terminal.json({ lab: spot.lab.name, fault: chosen });
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

const node: FaultCommand<FailOptions & { graceful?: boolean }> = {
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

const freeze: FaultCommand<FailOptions> = {
  name: 'freeze',
  summary: 'the processes of a node stand still, its kernel forwards on',
  description: 'The processes of a node stand still; its kernel forwards on.',
  examples: [['neutron-lab fail freeze network1', '']],
  choose: ({ node }) => ({
    fault: { kind: 'freeze', node },
    what: `${node} is frozen: no process of it runs, its kernel forwards on.`,
  }),
};

const HOWS: Readonly<Record<KeepalivedFault, string>> = {
  kill: 'was killed',
  'kill-parent': 'lost its parent process',
  terminate: 'was told to end',
};
const HOW_WORDS = Object.keys(HOWS) as readonly KeepalivedFault[];

const keepalived: FaultCommand<FailOptions & { how: KeepalivedFault }> = {
  name: 'keepalived',
  summary: 'the keepalived of a router dies on a node',
  description: 'The keepalived of a router dies on a node; the process monitor, if the lab has one, starts it again.',
  options: (command) =>
    command
      .option('-r, --router <router>', 'which router, where the node hosts more than one')
      .option(
        '--how <how>',
        `${HOW_WORDS.join(', ')}: both processes, the parent alone, or a SIGTERM`,
        oneOf(HOW_WORDS),
        'kill',
      ),
  examples: [
    ['neutron-lab fail keepalived edge', 'the MASTER of edge'],
    ['neutron-lab fail keepalived network1 --router edge --how terminate', ''],
  ],
  choose: (spot, { router: named, how }) => {
    const router = routerOf(spot, named);
    return {
      fault: { kind: 'keepalived', node: spot.node, router: router.id, how },
      what: `keepalived of router ${router.name} ${HOWS[how]} on ${spot.node}.`,
    };
  },
};

const DEVICES = ['underlay', 'ha', 'qr', 'qg'] as const;

const link: FaultCommand<FailOptions & { device?: (typeof DEVICES)[number] }> = {
  name: 'link',
  summary: 'a cable is pulled: of a node, or of a router on a node',
  description: 'A cable is pulled: that of a node to all others, or that of a router on a node.',
  options: (command) =>
    command
      .option('-r, --router <router>', 'which router')
      .option(
        '-d, --device <device>',
        `${DEVICES.join(', ')}; ha where a router is named, else underlay`,
        oneOf(DEVICES),
      ),
  examples: [
    ['neutron-lab fail link network1', 'from all other nodes'],
    ['neutron-lab fail link edge', 'the HA interface of the MASTER of edge'],
    ['neutron-lab fail link network1 --router edge --device qr', 'one that Neutron does not track'],
  ],
  choose: (spot, { router: named, device: given }) => {
    const { node, inPlace } = spot;
    const device = given ?? (named === undefined && inPlace === null ? 'underlay' : 'ha');
    if (device === 'underlay') {
      return { fault: { kind: 'link', node, router: null, device }, what: `${node} is cut off from the other nodes.` };
    }
    const router = routerOf(spot, named);
    return {
      fault: { kind: 'link', node, router: router.id, device },
      what: `The ${device}- interface of router ${router.name} is down on ${node}.`,
    };
  },
};

const partition: FaultCommand<FailOptions & { from?: string[] }> = {
  name: 'partition',
  summary: 'nodes lose each other',
  description: 'A node and others lose each other: all of their traffic, or the advertisements of a router only.',
  options: (command) =>
    command
      .option('--from <node...>', 'from these nodes; all others where none is named')
      .option('-r, --router <router>', "the router's advertisements only: a split brain"),
  examples: [
    ['neutron-lab fail partition network1 --from network2 network3', ''],
    ['neutron-lab fail partition edge', 'its MASTER speaks into the void: a split brain'],
  ],
  choose: (spot, { router: named, from: given }) => {
    const { node, inPlace, lab, access } = spot;
    const router = named === undefined && inPlace === null ? null : routerOf(spot, named);
    const all =
      router === null ? access.running.containers.map((one) => one.node) : (lab.router_l3_agents[router.id] ?? []);
    const from = (given ?? all.filter((one) => one !== node)).map((one) => access.running.container(one).node).sort();
    if (from.length === 0 || from.includes(node)) {
      throw new UsageError(`${node} cannot lose itself.`, 'Name other nodes with --from.');
    }
    const traffic = router === null ? '' : ` for the advertisements of router ${router.name}`;
    return {
      fault: { kind: 'partition', node, from, router: router?.id ?? null },
      what: `${node} and ${from.join(', ')} have lost each other${traffic}.`,
    };
  },
};

export const defineFail: DefineCommand = (command, context) => {
  define(command, context, node);
  define(command, context, keepalived);
  define(command, context, link);
  define(command, context, partition);
  define(command, context, freeze);
};
