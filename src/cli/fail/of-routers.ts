/** `neutron-lab fail keepalived | config | conntrack | dhcp`: what agents run for a router or a network. */
import { type ConfigChange, KEEPALIVED_FAULTS, type KeepalivedFault } from '../../lab/break/fault.js';
import { changeWords } from '../../lab/break/keepalived-config.js';
import { LabError } from '../../model/errors.js';
import { UsageError } from '../errors.js';
import { oneOf, wholeNumber } from '../options.js';
import { type FailOptions, type FaultCommand, anyRouterOf, routerOf } from './spot.js';

const HOWS: Readonly<Record<KeepalivedFault, string>> = {
  kill: 'was killed',
  'kill-parent': 'lost its parent process',
  'kill-child': 'lost the process that speaks VRRP',
  terminate: 'was told to end',
  reload: 'reads its configuration again',
};

export const keepalived: FaultCommand<FailOptions & { how: KeepalivedFault; respawn: boolean }> = {
  name: 'keepalived',
  summary: 'the keepalived of a router dies on a node',
  description: 'The keepalived of a router dies on a node; the process monitor, if the lab has one, starts it again.',
  options: (command) =>
    command
      .option('-r, --router <router>', 'which router, where the node hosts more than one')
      .option(
        '--how <how>',
        `${KEEPALIVED_FAULTS.join(', ')}: both processes, one of them, a SIGTERM, a SIGHUP`,
        oneOf(KEEPALIVED_FAULTS),
        'kill',
      )
      .option('--no-respawn', 'the process monitor does not start it again'),
  examples: [
    ['neutron-lab fail keepalived edge', 'the MASTER of edge'],
    ['neutron-lab fail keepalived network1 --router edge --how terminate', ''],
  ],
  choose: (spot, { router: named, how, respawn }) => {
    const router = routerOf(spot, named);
    return {
      fault: { kind: 'keepalived', node: spot.node, router: router.id, how, respawn },
      what: `keepalived of router ${router.name} ${HOWS[how]} on ${spot.node}.`,
    };
  },
};

interface ConfigOptions extends FailOptions {
  readonly priority?: number;
  readonly advertInt?: number;
  readonly vrid?: number;
  readonly damaged?: boolean;
}

function changeOf({ priority, advertInt, vrid, damaged }: ConfigOptions): ConfigChange {
  const changes: readonly (ConfigChange | null)[] = [
    priority === undefined ? null : { what: 'priority', value: priority },
    advertInt === undefined ? null : { what: 'advert_int', value: advertInt },
    vrid === undefined ? null : { what: 'virtual_router_id', value: vrid },
    damaged === true ? { what: 'damaged' } : null,
  ];
  const [change, another] = changes.filter((one) => one !== null);
  if (change && !another) return change;
  throw new UsageError(
    'One thing of keepalived.conf is changed at a time.',
    'Give one of --priority, --advert-int, --vrid and --damaged.',
  );
}

export const config: FaultCommand<ConfigOptions> = {
  name: 'config',
  summary: 'somebody changes keepalived.conf by hand',
  description: 'keepalived.conf of a router is changed by hand on a node, and keepalived reads it.',
  options: (command) =>
    command
      .option('-r, --router <router>', 'which router, where the node hosts more than one')
      .option('--priority <n>', 'another priority, 1 to 254', wholeNumber(1, 254))
      .option('--advert-int <seconds>', 'another interval', wholeNumber(1, 255))
      .option('--vrid <n>', 'another VRID; that of another router is a duplicate', wholeNumber(1, 254))
      .option('--damaged', 'the file breaks off in the middle'),
  examples: [
    ['neutron-lab fail config network2 --router edge --priority 100', 'does it take over?'],
    ['neutron-lab fail config edge --advert-int 5', 'its standbys drop what has another interval'],
  ],
  choose: (spot, options) => {
    const router = routerOf(spot, options.router);
    const change = changeOf(options);
    return {
      fault: { kind: 'config', node: spot.node, router: router.id, change },
      what: `keepalived.conf of router ${router.name} on ${spot.node}: ${changeWords(change)}.`,
    };
  },
};

export const conntrack: FaultCommand = {
  name: 'conntrack',
  summary: 'a router forgets the connections that it tracks',
  description: 'The connections that a router tracks on a node are forgotten, those that it translates among them.',
  options: (command) => command.option('-r, --router <router>', 'which router, where the node hosts more than one'),
  examples: [['neutron-lab fail conntrack edge', 'on the node where it is MASTER']],
  choose: (spot, { router: named }) => {
    const router = anyRouterOf(spot, named);
    return {
      fault: { kind: 'conntrack', node: spot.node, router: router.id },
      what: `The connections of router ${router.name} on ${spot.node} are forgotten.`,
    };
  },
};

export const dhcp: FaultCommand<FailOptions & { network?: string; respawn: boolean }> = {
  name: 'dhcp',
  summary: 'the DHCP server of a network dies on a node',
  description: 'The DHCP server of a network dies on a node; leases that it gave stay good.',
  options: (command) =>
    command
      .option('-n, --network <network>', 'which network, where the node serves more than one')
      .option('--no-respawn', 'the process monitor does not start it again'),
  examples: [['neutron-lab fail dhcp network1 --network blue', '']],
  choose: ({ lab, node }, { network: named, respawn }) => {
    const served = lab.networks.filter(({ id }) => (lab.network_dhcp_agents[id] ?? []).includes(node));
    const found = named === undefined ? served : served.filter(({ name, id }) => name === named || id === named);
    const [network, another] = found;
    const names = served.map(({ name }) => name);
    if (network === undefined) {
      const what = named === undefined ? 'no network' : `no network "${named}"`;
      const remedy = names.length > 0 ? `It serves ${names.join(', ')}.` : 'Nodes with a dhcp agent serve networks.';
      throw new LabError('NoSuchTarget', `The node "${node}" gives ${what} its addresses.`, remedy);
    }
    if (another) throw new UsageError(`${node} serves ${names.join(', ')}.`, 'Say which one: --network NAME.');
    return {
      fault: { kind: 'dhcp', node, network: network.id, respawn },
      what: `The DHCP server of network ${network.name} was killed on ${node}.`,
    };
  },
};
