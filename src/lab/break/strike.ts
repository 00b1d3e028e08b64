/** What a fault does on which node, out of what the nodes say. Pure. */
import { LabError } from '../../model/errors.js';
import { indexLab } from '../../model/lab-queries.js';
import { qdhcpNamespace } from '../../model/names.js';
import type { Lab, ResourceRef } from '../../model/resources.js';
import { haConfDirectory } from '../../neutron/l3/keepalived-conf.js';
import type { ObservedDocument } from '../../reconcile/observed-document.js';
import { type FaultMark, readMarks } from './fault-mark.js';
import type { Fault, FaultOf, FaultyDevice } from './fault.js';
import { partitionSteps } from './inject-and-heal-steps.js';
import { type ReplicaPlace, replicaPlaces } from '../replica.js';
import { type FaultStep, run } from './fault-step.js';
import { changeWords, changedConfig } from './keepalived-config.js';

/** A fault that is struck inside nodes; the others are the container engine's. */
export type InnerFault = Exclude<Fault, FaultOf<'node' | 'restart' | 'freeze' | 'impair'>>;

export interface Strike {
  readonly node: string;
  readonly resource: ResourceRef;
  /** Null where nothing lasts that could be healed. */
  readonly marked: { readonly name: string; readonly mark: FaultMark } | null;
  readonly steps: readonly FaultStep[];
}

/** What is known of the lab when it is struck. */
export interface Ground {
  readonly lab: Lab;
  /** Of the node of the fault. */
  readonly document: ObservedDocument;
  /** On the underlay. */
  readonly address: (node: string) => string | null;
}

/** @throws LabError where there is nothing that could be broken so */
export function strikesOf(fault: InnerFault, ground: Ground): Strike[] {
  switch (fault.kind) {
    case 'keepalived':
      return [keepalived(fault, ground)];
    case 'agent':
      return [agent(fault, ground)];
    case 'dhcp':
      return [dhcp(fault, ground)];
    case 'link': {
      const place = deviceOf(fault, ground);
      const argv = ['ip', 'link', 'set', 'dev', place.device, 'down'];
      return [
        {
          node: fault.node,
          resource: selfRef(fault.node),
          marked: { name: `link-${place.device}`, mark: { fault: 'link', ...place } },
          steps: [run(place.namespace, argv, 'as if somebody pulled this cable')],
        },
      ];
    }
    case 'partition':
      return partition(fault, ground);
    case 'mtu':
      return [mtu(fault, ground)];
    case 'conntrack': {
      const namespace = namespaceOfRouter(ground.lab, fault.router, fault.node);
      const router = ground.lab.routers.find(({ id }) => id === fault.router);
      const why = 'the kernel forgets every connection that it translates';
      return [
        {
          node: fault.node,
          resource: router ? routerRef(router) : selfRef(fault.node),
          marked: null,
          steps: [run(namespace, ['conntrack', '-F'], why)],
        },
      ];
    }
    case 'config':
      return [config(fault, ground)];
  }
}

function haReplicaOf(lab: Lab, router: string, node: string): ReplicaPlace {
  const places = replicaPlaces(indexLab(lab)).filter((place) => place.router.id === router);
  const place = places.find((one) => one.node === node);
  if (place) return place;
  throw new LabError(
    'RouterNotHostedByL3Agent',
    `The node "${node}" hosts no replica of that router.`,
    places.length === 0 ? 'It is not an HA router.' : `It is hosted by ${places.map((one) => one.node).join(', ')}.`,
  );
}

export function selfRef(node: string): ResourceRef {
  return { kind: 'node', id: node, name: node };
}

function routerRef({ id, name }: { readonly id: string; readonly name: string }): ResourceRef {
  return { kind: 'router', id, name };
}

function pidsOf(document: ObservedDocument, pidFile: string): string[] {
  return document.processes.filter((process) => process.pidFile === pidFile).map(({ pid }) => String(pid));
}

function notRunning(what: string, node: string): LabError {
  return new LabError('NoSuchTarget', `${what} does not run on "${node}".`, 'Heal it first: `neutron-lab heal`.');
}

function keepalived(fault: FaultOf<'keepalived'>, { lab, document }: Ground): Strike {
  const { router, pidFile } = haReplicaOf(lab, fault.router, fault.node);
  const parent = pidsOf(document, pidFile);
  const child = pidsOf(document, `${pidFile}-vrrp`);
  if (parent.length === 0) throw notRunning(`keepalived of router "${router.name}"`, fault.node);
  const kill = (victims: readonly string[], why: string): FaultStep[] => [run('', ['kill', '-KILL', ...victims], why)];
  const { how } = fault;
  const strike = { node: fault.node, resource: routerRef(router) };
  if (how === 'reload') {
    const action = { type: 'signal', signal: 'HUP', pidFile, process: 'keepalived' } as const;
    const why = 'keepalived reads its configuration again, as after every change of the router';
    return { ...strike, marked: null, steps: [{ namespace: '', action, why }] };
  }
  const marked = {
    name: `keepalived-${fault.router}`,
    mark: { fault: 'keepalived', router: fault.router, how } as const,
  };
  const steps = {
    // Held first: a child whose parent dies before it gets TERM (PR_SET_PDEATHSIG), and would still take its leave.
    kill: () => [
      run(
        '',
        ['kill', '-STOP', ...parent, ...child],
        'neither process of keepalived shall hear of the death of the other',
      ),
      ...kill([...parent, ...child], 'keepalived dies without a word'),
    ],
    'kill-parent': () => kill(parent, "keepalived's parent process dies without a word"),
    'kill-child': () => kill(child, 'the process that speaks VRRP dies without a word; its parent starts another one'),
    // Waits until it has left: who mends at once would take it for running.
    terminate: (): FaultStep[] => [
      {
        namespace: '',
        action: { type: 'signal', signal: 'TERM', pidFile, process: 'keepalived' },
        why: 'keepalived is told to leave, and says so to its peers with an advertisement of priority 0',
      },
    ],
  }[how]();
  return { ...strike, marked, steps: [...withoutRespawn(fault, `keepalived-${fault.router}`), ...steps] };
}

function withoutRespawn({ respawn }: { readonly respawn?: boolean }, child: string): FaultStep[] {
  if (respawn !== false) return [];
  const action = { type: 'remove', path: `/var/lib/neutron-lab/children/${child}` } as const;
  return [{ namespace: '', action, why: "the agent's process monitor does not look after it any more" }];
}

function agent(fault: FaultOf<'agent'>, { document }: Ground): Strike {
  const pidFile = '/run/neutron-lab/l3-agent.pid';
  const pids = pidsOf(document, pidFile);
  if (pids.length === 0) throw notRunning('The L3 agent', fault.node);
  const steps: FaultStep[] =
    fault.how === 'kill'
      ? [run('', ['kill', '-KILL', ...pids], 'the agent dies; what it started lives on')]
      : [
          {
            namespace: '',
            action: { type: 'signal', signal: 'TERM', pidFile, process: 'node' },
            why: 'the agent is told to end; what it started lives on',
          },
        ];
  const mark: FaultMark = { fault: 'agent', how: fault.how };
  return { node: fault.node, resource: selfRef(fault.node), marked: { name: 'l3-agent', mark }, steps };
}

function dhcp(fault: FaultOf<'dhcp'>, { lab, document }: Ground): Strike {
  const name = lab.networks.find(({ id }) => id === fault.network)?.name ?? fault.network;
  const namespace = qdhcpNamespace(fault.network);
  const pids = document.processes.filter((one) => one.namespace === namespace).map(({ pid }) => String(pid));
  if (pids.length === 0) throw notRunning(`The DHCP server of network "${name}"`, fault.node);
  return {
    node: fault.node,
    resource: { kind: 'network', id: fault.network, name },
    marked: { name: `dhcp-${fault.network}`, mark: { fault: 'dhcp', network: fault.network } },
    steps: [
      ...withoutRespawn(fault, `dnsmasq-${fault.network}`),
      run('', ['kill', '-KILL', ...pids], 'the DHCP server dies; leases that were given live on'),
    ],
  };
}

interface Device {
  readonly namespace: string;
  readonly device: string;
  readonly mtu: number;
}

function findDevice(
  fault: { readonly node: string; readonly router: string | null; readonly device: FaultyDevice },
  { lab, document, address }: Ground,
): Device {
  const underlay = fault.device === 'underlay';
  const namespace = underlay ? '' : namespaceOfRouter(lab, fault.router ?? '', fault.node);
  const links = document.namespaces[namespace]?.addr ?? [];
  const own = address(fault.node);
  // The underlay's by its address: the order of the engine's interfaces changes after a reconnect.
  const link = underlay
    ? links.find((entry) => (entry.addr_info ?? []).some((info) => info.local === own))
    : links.find((entry) => entry.ifname?.startsWith(`${fault.device}-`));
  if (link?.ifname !== undefined) return { namespace, device: link.ifname, mtu: link.mtu ?? 1500 };
  if (underlay) return { namespace, device: 'eth0', mtu: 1500 };
  throw new LabError(
    'NoSuchTarget',
    `The router has no ${fault.device}- interface on "${fault.node}".`,
    'Is it up? See `neutron-lab status`.',
  );
}

/** A legacy router has the same interfaces, but for the HA one. */
function namespaceOfRouter(lab: Lab, router: string, node: string): string {
  if ((lab.router_l3_agents[router] ?? []).includes(node)) return `qrouter-${router}`;
  return haReplicaOf(lab, router, node).namespace;
}

function deviceOf(fault: FaultOf<'link'>, ground: Ground): { namespace: string; device: string } {
  const { namespace, device } = findDevice(fault, ground);
  return { namespace, device };
}

/** The interface of a node by which it reaches the others. */
export function underlayDevice(node: string, ground: Ground): string {
  return findDevice({ node, router: null, device: 'underlay' }, ground).device;
}

function mtu(fault: FaultOf<'mtu'>, ground: Ground): Strike {
  const { namespace, device, mtu: before } = findDevice(fault, ground);
  const argv = ['ip', 'link', 'set', 'dev', device, 'mtu', String(fault.mtu)];
  const settings = Object.entries(ground.document.namespaces[namespace]?.sysctls ?? {});
  const sysctls = Object.fromEntries(settings.filter(([name]) => name.startsWith(`net.ipv6.conf.${device}.`)));
  const name = `mtu-${device}`;
  const earlier = readMarks(ground.document.faults).find((one) => one.name === name)?.mark;
  return {
    node: fault.node,
    resource: selfRef(fault.node),
    // What was there before the first of two is what comes back.
    marked: { name, mark: earlier ?? { fault: 'mtu', namespace, device, before, sysctls } },
    steps: [run(namespace, argv, `only packets of up to ${String(fault.mtu)} bytes go out here`)],
  };
}

function partition(fault: FaultOf<'partition'>, { lab, address }: Ground): Strike[] {
  const name = `partition-${fault.router ?? 'underlay'}`;
  const cut = (node: string, peers: readonly string[]): Strike => {
    const place = fault.router === null ? null : haReplicaOf(lab, fault.router, node);
    const mark = {
      fault: 'partition',
      namespace: place?.namespace ?? '',
      peers:
        fault.router === null
          ? peers.flatMap((peer) => address(peer) ?? [])
          : peers.map((peer) => haReplicaOf(lab, fault.router ?? '', peer).haAddress),
      protocol: place ? 'vrrp' : 'vxlan',
    } as const satisfies FaultMark;
    return { node, resource: selfRef(node), marked: { name, mark }, steps: partitionSteps(mark, false) };
  };
  const others = fault.from.map((peer) => cut(peer, [fault.node]));
  return fault.oneWay === true ? others : [cut(fault.node, fault.from), ...others];
}

function config(fault: FaultOf<'config'>, { lab, document }: Ground): Strike {
  const { router, pidFile } = haReplicaOf(lab, fault.router, fault.node);
  const path = `${haConfDirectory(fault.router)}/keepalived.conf`;
  const content = document.files.find((file) => file.path === path)?.content ?? '';
  const changed = changedConfig(content, fault.change);
  if (changed === null) throw new LabError('NoSuchTarget', `${path} has no ${fault.change.what}.`, 'Heal it first.');
  const words = changeWords(fault.change);
  return {
    node: fault.node,
    resource: routerRef(router),
    marked: { name: `config-${fault.router}`, mark: { fault: 'config', router: fault.router, change: words } },
    steps: [
      {
        namespace: '',
        action: { type: 'write', path, content: changed, mode: 0o644 },
        why: `somebody changes keepalived.conf by hand: ${words}`,
      },
      {
        namespace: '',
        action: { type: 'signal', signal: 'HUP', pidFile, process: 'keepalived' },
        why: 'and has keepalived read it',
      },
    ],
  };
}
