/** `neutron-lab fail link | underlay | partition | impair | mtu`: what is between nodes. */
import { refuseLegacy } from '../../lab/break/legacy.js';
import { FAULTY_DEVICES, type FaultyDevice } from '../../lab/break/fault.js';
import { UsageError } from '../errors.js';
import { oneOf, wholeNumber } from '../options.js';
import { type FailOptions, type FaultCommand, anyRouterOf, routerOf } from './spot.js';

export const link: FaultCommand<FailOptions & { device?: FaultyDevice }> = {
  name: 'link',
  summary: 'a cable is pulled: of a node, or of a router on a node',
  description: 'A cable is pulled: that of a node to all others, or that of a router on a node.',
  options: (command) =>
    command
      .option('-r, --router <router>', 'which router')
      .option(
        '-d, --device <device>',
        `${FAULTY_DEVICES.join(', ')}; ha where a router is named, else underlay`,
        oneOf(FAULTY_DEVICES),
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
    const router = anyRouterOf(spot, named);
    return {
      fault: { kind: 'link', node, router: router.id, device },
      what: `The ${device}- interface of router ${router.name} is down on ${node}.`,
    };
  },
};

export const underlay: FaultCommand<FailOptions & { oneWay?: boolean }> = {
  name: 'underlay',
  summary: 'a node is cut off from all others, both ways or one way',
  description: 'The cable of a node to all others is pulled, or the wire of it that the others hear the node by.',
  options: (command) => command.option('--one-way', 'the others no longer hear the node; it hears them'),
  examples: [
    ['neutron-lab fail underlay edge', 'the node where edge is MASTER'],
    ['neutron-lab fail underlay network1 --one-way', ''],
  ],
  choose: ({ access, node }, { oneWay = false }) => {
    if (!oneWay) {
      const what = `${node} is cut off from the other nodes.`;
      return { fault: { kind: 'link', node, router: null, device: 'underlay' }, what };
    }
    const from = access.running.containers.map((one) => one.node).filter((one) => one !== node);
    return {
      fault: { kind: 'partition', node, from: from.sort(), router: null, oneWay },
      what: `${from.join(', ')} no longer hear ${node}.`,
    };
  },
};

export const partition: FaultCommand<FailOptions & { from?: string[]; oneWay?: boolean }> = {
  name: 'partition',
  summary: 'nodes lose each other',
  description: 'A node and others lose each other: all of their traffic, or the advertisements of a router only.',
  options: (command) =>
    command
      .option('--from <node...>', 'from these nodes; all others where none is named')
      .option('-r, --router <router>', "the router's advertisements only: a split brain")
      .option('--one-way', 'the others no longer hear the node; it hears them'),
  examples: [
    ['neutron-lab fail partition network1 --from network2 network3', ''],
    ['neutron-lab fail partition edge', 'its MASTER speaks into the void: a split brain'],
  ],
  choose: (spot, { router: named, from: given, oneWay = false }) => {
    const { node, inPlace, lab, access } = spot;
    const router = named === undefined && inPlace === null ? null : routerOf(spot, named);
    const all =
      router === null ? access.running.containers.map((one) => one.node) : (lab.router_l3_agents[router.id] ?? []);
    const from = (given ?? all.filter((one) => one !== node)).map((one) => access.running.container(one).node).sort();
    const fault = { kind: 'partition', node, from, router: router?.id ?? null, oneWay } as const;
    refuseLegacy(fault, lab);
    if (from.length === 0 || from.includes(node)) {
      throw new UsageError(`${node} cannot lose itself.`, 'Name other nodes with --from.');
    }
    const traffic = router === null ? '' : ` for the advertisements of router ${router.name}`;
    return {
      fault,
      what: oneWay
        ? `${from.join(', ')} no longer hear ${node}${traffic}.`
        : `${node} and ${from.join(', ')} have lost each other${traffic}.`,
    };
  },
};

interface ImpairOptions extends FailOptions {
  readonly delay: number;
  readonly jitter: number;
  readonly loss: number;
  readonly rate: number;
}

export const impair: FaultCommand<ImpairOptions> = {
  name: 'impair',
  summary: 'what a node sends to others is late, lost or throttled',
  description:
    'What a node sends to other nodes is held back, lost or throttled, by netem or what this kernel has instead.',
  options: (command) =>
    command
      .option('--delay <ms>', 'milliseconds later', wholeNumber(0, 60_000), 0)
      .option('--jitter <ms>', 'give or take so many', wholeNumber(0, 60_000), 0)
      .option('--loss <percent>', 'of the packets', wholeNumber(0, 100), 0)
      .option('--rate <kbit>', 'kilobits a second, at most', wholeNumber(1, 10_000_000), 0),
  examples: [['neutron-lab fail impair edge --delay 100 --jitter 30 --loss 10', '']],
  choose: ({ node }, { delay, jitter, loss, rate }) => {
    if (delay + jitter + loss + rate === 0)
      throw new UsageError('Nothing would be impaired.', 'Give --delay, --jitter, --loss or --rate.');
    return {
      fault: { kind: 'impair', node, delay, jitter, loss, rate },
      what: `The link of ${node} to the other nodes is impaired.`,
    };
  },
};

export const mtu: FaultCommand<FailOptions & { mtu: number; device?: FaultyDevice }> = {
  name: 'mtu',
  summary: 'an interface carries shorter packets only',
  description: 'The MTU of an interface is lowered: of a router on a node, or that of the node to all others.',
  options: (command) =>
    command
      .requiredOption('--mtu <bytes>', 'the new one', wholeNumber(68, 65_535))
      .option('-r, --router <router>', 'which router')
      .option('-d, --device <device>', `${FAULTY_DEVICES.join(', ')}; qr where none is named`, oneOf(FAULTY_DEVICES)),
  examples: [['neutron-lab fail mtu edge --mtu 1200', '']],
  choose: (spot, { router: named, device = 'qr', mtu: bytes }) => {
    const { node } = spot;
    const router = device === 'underlay' ? null : anyRouterOf(spot, named);
    const which = router === null ? 'The cable' : `The ${device}- interface of router ${router.name}`;
    return {
      fault: { kind: 'mtu', node, router: router?.id ?? null, device, mtu: bytes },
      what: `${which} on ${node} carries packets of ${String(bytes)} bytes at most.`,
    };
  },
};
