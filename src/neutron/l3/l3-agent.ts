/** The L3 agent of a node: what it follows of each HA router, and which processes it keeps alive. */
import type { Config } from '../../model/resources.js';
import { nodeRef, type NodeBuilder } from '../node-builder.js';
import { ROOT, type ProcessItem } from '../node-state.js';
import type { Habits } from '../release.js';
import { radvdArguments, radvdConfPath, radvdPidFile, radvdSourcePath } from '../radvd.js';
import type { Replica } from './ha-router.js';
import { conntrackdConfPath } from './conntrackd.js';
import { haConfDirectory } from './keepalived-conf.js';
import { gatewayAcceptRa, type RouterView } from './router-view.js';

const DIRECTORY = '/var/lib/neutron-lab';

/** A process that is started again when it dies, under a name that is unique on the node. */
export interface Child {
  readonly name: string;
  readonly process: ProcessItem;
}

/** What the agent must know of a replica to follow its role, lines of `name value`. */
export function followReplica(builder: NodeBuilder, view: RouterView, replica: Replica, config: Config): void {
  const { router, habits, namespace, resource, gateway, interfaces } = view;
  const advertises = interfaces.some(({ subnets }) => subnets.some((subnet) => subnet.ip_version === 6));
  const lines = [
    ['namespace', namespace],
    ['ha_device', replica.haDevice],
    ['primary_vip', replica.primaryVip],
    ['advert_int', config.ha_vrrp_advert_int],
    ['state_file', `${haConfDirectory(router.id)}/state`],
    ...stateHabits(habits),
    ...(config.ha_conntrackd_enabled ? [['conntrackd', conntrackdConfPath(router.id)]] : []),
    ...(gateway === null
      ? []
      : [
          ['gateway_device', gateway.device],
          ['gateway_accept_ra', gatewayAcceptRa(gateway)],
        ]),
    ...(advertises
      ? [
          ['radvd_conf', radvdConfPath(router.id)],
          ['radvd_pid', radvdPidFile(router.id)],
          ...(habits.radvdUserFirst ? radvdArguments(router.id, habits).map((word) => ['arg', word]) : []),
          ['radvd_source', radvdSourcePath(router.id)],
        ]
      : []),
  ];
  const content = lines.map((line) => `${line.join(' ')}\n`).join('');
  const why = 'The agent follows the primary virtual address of this router and acts when its role changes.';
  builder.file(`${DIRECTORY}/l3/${router.id}`, content, resource, why);
}

/** Where they are not those of Zed, which the agent has unless it is told. */
function stateHabits({ primaryWord, waitsAsPrimary, monitorAnnounces }: Habits): readonly (readonly string[])[] {
  return [
    ...(primaryWord === 'primary' ? [] : [['state_primary', primaryWord]]),
    ...(waitsAsPrimary === 'for changes' ? [] : [['primary_waits', waitsAsPrimary]]),
    ...(monitorAnnounces ? [['announces', 'all']] : []),
  ];
}

/** The agent itself, with its settings and its children; every file of it is read again on SIGHUP. */
export function buildL3Agent(builder: NodeBuilder, children: readonly Child[], config: Config): void {
  const resource = nodeRef(builder.node);
  const settings = `check_child_processes_interval ${config.check_child_processes_interval}\n`;
  const why = 'How often the agent looks whether its child processes live (neutron.conf, [agent]).';
  builder.file(`${DIRECTORY}/l3/config`, settings, resource, why);
  for (const { name, process } of watched(children, config)) {
    const childWhy = `The agent's process monitor starts ${process.name} again when it dies.`;
    builder.file(`${DIRECTORY}/children/${name}`, childFile(process), resource, childWhy);
  }
  const pidFile = '/run/neutron-lab/l3-agent.pid';
  const reads = builder.items.flatMap((item) => (item.kind === 'file' && isRead(item.path) ? [item.path] : []));
  builder.add({
    kind: 'process',
    namespace: ROOT,
    name: 'l3-agent',
    argv: ['/usr/libexec/neutron-lab/node', 'l3-agent', pidFile],
    pidFile,
    daemonizes: true,
    reloads: reads,
    resource,
    why: 'The L3 agent follows the roles of the HA routers and respawns what died, as neutron-l3-agent and its state-change monitors do.',
  });
}

/** `check_child_processes_action = exit` respawns nothing. */
function watched(children: readonly Child[], config: Config): readonly Child[] {
  return config.check_child_processes_action === 'respawn' ? children : [];
}

function isRead(path: string): boolean {
  return ['l3', 'children', 'radvd'].some((folder) => path.startsWith(`${DIRECTORY}/${folder}/`));
}

function childFile({ namespace, pidFile, daemonizes, argv }: ProcessItem): string {
  return [
    `namespace ${namespace}`,
    `pidfile ${pidFile}`,
    `daemonizes ${daemonizes ? 1 : 0}`,
    ...argv.map((word) => `arg ${percentEncode(word)}`),
    '',
  ].join('\n');
}

/** Only what would break a line or its reading is encoded, so that the file stays readable. */
function percentEncode(word: string): string {
  return word.replace(/[^!-$&-~]+/gu, encodeURIComponent);
}
