/** What a fault of a scenario strikes in a lab as it is now: which nodes, and what on them. Pure. */
import { refuseLegacy } from '../lab/break/legacy.js';
import type { Fault, FaultyDevice, KeepalivedFault } from '../lab/break/fault.js';
import type { LabStatus, RouterStatus } from '../lab/status.js';
import { LabError } from '../model/errors.js';
import type { Lab } from '../model/resources.js';
import type { ScenarioFault } from '../model/scenario.js';

export interface Aim {
  /** Struck at once. */
  readonly faults: readonly Fault[];
  /** The router of which a replica is struck; null for a node that was named. */
  readonly router: RouterStatus | null;
  /** Whether (one of) the MASTER's is among them. */
  readonly strikesMaster: boolean;
  /** What the nodes are to the router, `where edge is MASTER`; empty for a node that was named. */
  readonly as: string;
}

/** @throws LabError where there is nothing to strike */
export function aimAt(fault: ScenarioFault, lab: Lab, status: LabStatus): Aim {
  const node = lab.nodes.find(({ name }) => name === fault.on)?.name;
  // A network is served wherever its agent is, whoever is MASTER, or nobody.
  if (fault.fault === 'dhcp') return servedAim(fault, lab, status);
  const router = node === undefined ? routerOf(fault, status) : routerOn(node, fault, status);
  const nodes = node === undefined ? replicasOf(fault, router, status) : [node];
  const masters = router?.active_on ?? [];
  const strikesMaster = nodes.some((one) => masters.includes(one));
  const faults = nodes.map((one) => faultOn(fault, one, router, lab));
  for (const one of faults) refuseLegacy(one, lab);
  return {
    faults,
    router,
    strikesMaster,
    as: node === undefined && router ? roleWords(fault, router) : '',
  };
}

function servedAim(fault: ScenarioFault, lab: Lab, status: LabStatus): Aim {
  const [router = null, another] = status.routers.filter(({ ha }) => ha);
  const network = typeof fault.more.network === 'string' ? fault.more.network : '';
  const node = dhcpNode(lab, network, fault.on ?? '');
  const only = another ? null : router;
  return { faults: [faultOn(fault, node, only, lab)], router: only, strikesMaster: false, as: '' };
}

/** Whether nothing on the node itself can be asked or seen any more: a probe that starts there would tell nothing. */
export function takesNode(fault: Fault): boolean {
  switch (fault.kind) {
    case 'node':
    case 'restart':
    case 'freeze':
      return true;
    case 'link':
      return fault.device === 'underlay';
    case 'partition':
      return fault.router === null;
    default:
      return false;
  }
}

function roleWords({ replica }: ScenarioFault, router: RouterStatus): string {
  if (!router.ha) return `where ${router.name} is`;
  return replica === 'all' ? `all that host ${router.name}` : `where ${router.name} is ${replica}`;
}

function routerOf({ on }: ScenarioFault, status: LabStatus): RouterStatus {
  const ha = status.routers.filter((one) => one.ha);
  const router =
    on === null
      ? ha.length === 1
        ? ha[0]
        : undefined
      : status.routers.find(({ name, id }) => name === on || id === on);
  if (router) return router;
  throw new LabError(
    'NoSuchTarget',
    on === null
      ? `The lab has ${ha.length === 0 ? 'no HA router' : `${String(ha.length)} HA routers`}.`
      : `There is no router "${on}".`,
    'Say in the scenario where it breaks: `on: ROUTER` or `on: NODE`.',
  );
}

/** Of a node that was named, the router that the fault names beside it, else the only one that the node hosts. */
function routerOn(node: string, { more }: ScenarioFault, status: LabStatus): RouterStatus | null {
  const hosted = status.routers.filter(
    ({ replicas, active_on: active }) => replicas.some((one) => one.node === node) || active.includes(node),
  );
  if (more.router !== undefined) {
    return hosted.find(({ name, id }) => name === more.router || id === more.router) ?? null;
  }
  return hosted.length === 1 ? (hosted[0] ?? null) : null;
}

function replicasOf({ replica }: ScenarioFault, router: RouterStatus | null, status: LabStatus): string[] {
  if (router === null) return [];
  const running = new Set(status.nodes.filter(({ state }) => state === 'running').map(({ name }) => name));
  const all = router.replicas.map(({ node }) => node);
  const chosen =
    replica === 'all'
      ? all
      : replica === 'BACKUP'
        ? all.filter((node) => !router.active_on.includes(node)).slice(0, 1)
        : router.active_on.slice(0, 1);
  const alive = chosen.filter((node) => running.has(node));
  if (alive.length > 0) return alive;
  throw new LabError('NoMaster', `Router "${router.name}" has no ${replica} to break.`, 'See `neutron-lab status`.');
}

/** What the file says beside the fault's name, with what holds where it says nothing. */
function faultOn({ fault, more, on }: ScenarioFault, node: string, router: RouterStatus | null, lab: Lab): Fault {
  const text = (key: string): string | undefined => (typeof more[key] === 'string' ? more[key] : undefined);
  const number = (key: string): number => (typeof more[key] === 'number' ? more[key] : 0);
  const respawn = more.respawn !== false;
  const id = (): string => {
    if (router) return router.id;
    throw new LabError(
      'NoSuchTarget',
      text('router') === undefined
        ? `Which router on "${node}" is meant is not clear.`
        : `Router "${text('router') ?? ''}" is not on "${node}".`,
      'Write `on: ROUTER` in the scenario, or beside `on: NODE` the `router` that is meant.',
    );
  };
  const device = (otherwise: FaultyDevice): FaultyDevice => (text('device') as FaultyDevice | undefined) ?? otherwise;
  const onDevice = (which: FaultyDevice) => ({ node, device: which, router: which === 'underlay' ? null : id() });
  switch (fault) {
    case 'node':
      return { kind: 'node', node, graceful: false };
    case 'stop':
      return { kind: 'node', node, graceful: true };
    case 'restart':
    case 'freeze':
      return { kind: fault, node };
    case 'keepalived':
      return { kind: fault, node, router: id(), how: (text('how') as KeepalivedFault | undefined) ?? 'kill', respawn };
    case 'agent':
      return { kind: fault, node, how: text('how') === 'terminate' ? 'terminate' : 'kill' };
    case 'dhcp':
      return {
        kind: fault,
        node,
        network: networkId(lab, text('network')),
        respawn,
      };
    case 'link':
      return { kind: 'link', ...onDevice(device('ha')) };
    case 'underlay':
      // A cable has two wires.
      return more.one_way === true
        ? {
            kind: 'partition',
            node,
            from: lab.nodes.map(({ name }) => name).filter((one) => one !== node),
            router: null,
            oneWay: true,
          }
        : { kind: 'link', ...onDevice('underlay') };
    case 'partition': {
      const named = lab.routers.find((one) => one.name === text('router') || one.id === text('router'));
      const only = named?.id ?? (on !== null && (router?.name === on || router?.id === on) ? router.id : null);
      const hosts = only === null ? lab.nodes.map(({ name }) => name) : (lab.router_l3_agents[only] ?? []);
      const from = (Array.isArray(more.from) ? more.from.map(String) : hosts).filter((one) => one !== node);
      const partition = { kind: fault, node, from, router: only, oneWay: more.one_way === true } as const;
      refuseLegacy(partition, lab);
      if (from.length === 0) {
        throw new LabError('NoSuchTarget', `${node} cannot lose itself.`, 'Name other nodes in `from`.');
      }
      return partition;
    }
    case 'impair':
      return {
        kind: fault,
        node,
        delay: number('delay'),
        jitter: number('jitter'),
        loss: number('loss'),
        rate: number('rate'),
      };
    case 'mtu':
      return { kind: fault, ...onDevice(device('qr')), mtu: number('mtu') };
    case 'conntrack':
      return { kind: fault, node, router: id() };
    case 'config': {
      const change =
        more.damaged === true
          ? ({ what: 'damaged' } as const)
          : typeof more.vrid === 'number'
            ? ({ what: 'virtual_router_id', value: more.vrid } as const)
            : typeof more.advert_int === 'number'
              ? ({ what: 'advert_int', value: more.advert_int } as const)
              : ({ what: 'priority', value: number('priority') } as const);
      return { kind: fault, node, router: id(), change };
    }
  }
}

function networkId(lab: Lab, name: string | undefined): string {
  return lab.networks.find((one) => one.name === name || one.id === name)?.id ?? '';
}

/** Where the network is served: the node that was named, else the first agent's. */
function dhcpNode(lab: Lab, network: string, named: string): string {
  const agents = lab.network_dhcp_agents[networkId(lab, network)] ?? [];
  return agents.includes(named) ? named : (agents[0] ?? named);
}
