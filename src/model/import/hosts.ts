/** The nodes of the lab and what their agents host: from the agents, and from where ports are bound. */
import { dhcpDeviceId } from '../ids.js';
import { OUTSIDE } from '../names.js';
import type { AgentKind, Node } from '../resources.js';
import type { CloudInput, NetworkInput, PortInput, RouterInput } from './cloud-schema.js';
import { appendTo } from './group.js';
import { HostLabels } from './labels.js';
import type { NoteList } from './notes.js';

const AGENTS: ReadonlyMap<string, AgentKind> = new Map([
  ['L3 agent', 'l3'],
  ['DHCP agent', 'dhcp'],
]);
/** Agents of which a lab has the same, or which it does not need. */
const SILENT_AGENTS: ReadonlySet<string> = new Set(['Linux bridge agent', 'Metadata agent']);
const NETWORK_NODES = ['network1', 'network2', 'network3'] as const;

export const INTERFACE_OWNERS: ReadonlySet<string> = new Set([
  'network:router_interface',
  'network:ha_router_replicated_interface',
  'network:router_interface_distributed',
]);

/** Nodes that host something, by names of the lab; null where nothing tells. */
type Hosts = readonly string[] | null;

export class HostMap {
  readonly nodes: readonly Node[];
  readonly #names = new Map<string, string>();
  readonly #portsOfDevice = new Map<string, PortInput[]>();
  readonly #dhcpPorts = new Map<string, PortInput[]>();

  constructor(
    private readonly cloud: CloudInput,
    private readonly notes: NoteList,
  ) {
    // In the order in which they were made, as a person would have listed them.
    for (const port of inOrder(cloud.ports)) {
      const [map, key] =
        port.device_owner === 'network:dhcp'
          ? [this.#dhcpPorts, port.network_id ?? '']
          : [this.#portsOfDevice, port.device_id ?? ''];
      appendTo(map, key, port);
    }
    this.nodes = this.makeNodes();
  }

  /** The node that stands for a host of the cloud. */
  nodeOf(host: string | null): string | null {
    return host === null || host === '' ? null : (this.#names.get(host) ?? null);
  }

  portsOf(deviceId: string): readonly PortInput[] {
    return this.#portsOfDevice.get(deviceId) ?? [];
  }

  dhcpPortsOf(networkId: string): readonly PortInput[] {
    return this.#dhcpPorts.get(networkId) ?? [];
  }

  routerHosts(router: RouterInput): Hosts {
    const given = this.cloud.router_l3_agents.get(router.id) ?? null;
    const nodes = (given ?? this.boundHosts(router))?.flatMap((host) => this.nodeOf(host) ?? []) ?? null;
    if (router.ha === true || nodes === null || nodes.length < 2) return nodes;
    // A distributed router is on many hosts; the one that has its gateway does what a legacy router does.
    const gateway = this.boundHosts(router)?.[0] ?? null;
    const one = nodes.find((node) => node === this.nodeOf(gateway)) ?? nodes[0] ?? '';
    const message = `it was on ${nodes.join(', ')}; in the lab it is on ${one} alone.`;
    this.notes.add('Changed', message, { kind: 'router', id: router.id, name: router.name });
    return [one];
  }

  networkHosts(network: NetworkInput): Hosts {
    const given = this.cloud.network_dhcp_agents.get(network.id);
    if (given !== undefined) return given.flatMap((host) => this.nodeOf(host) ?? []);
    const nodes = this.dhcpPortsOf(network.id).flatMap((port) => this.nodeOfDhcpPort(port) ?? []);
    return nodes.length === 0 ? null : [...new Set(nodes)];
  }

  /** A user without rights does not see where ports are bound; the port's device id is made of the host's name. */
  nodeOfDhcpPort(port: PortInput): string | null {
    const bound = this.nodeOf(port['binding:host_id']);
    if (bound !== null) return bound;
    const device = port.device_id ?? '';
    const host = [...this.#names.keys()].find(
      (name) => dhcpDeviceId(port.network_id ?? '', name.split('.')[0] ?? name) === device,
    );
    return host === undefined ? null : this.nodeOf(host);
  }

  private boundHosts(router: RouterInput): readonly string[] | null {
    const ports = this.portsOf(router.id);
    const owners =
      router.ha === true
        ? ['network:router_ha_interface']
        : ['network:router_gateway', ...INTERFACE_OWNERS, 'network:router_centralized_snat'];
    const bound = owners.flatMap((owner) => ports.filter((port) => port.device_owner === owner));
    const hosts = new Set(bound.flatMap((port) => port['binding:host_id'] ?? []).filter((host) => host !== ''));
    if (hosts.size === 0) return null;
    return router.ha === true ? [...hosts] : [...hosts].slice(0, 1);
  }

  private makeNodes(): readonly Node[] {
    const kinds = new Map<string, Set<AgentKind>>();
    const add = (host: string | null, kind?: AgentKind): void => {
      if (host === null || host === '') return;
      const own = kinds.get(host) ?? new Set<AgentKind>();
      if (kind !== undefined) own.add(kind);
      kinds.set(host, own);
    };
    for (const agent of this.cloud.agents) {
      add(agent.host, AGENTS.get(agent.agent_type));
      this.noteAgent(agent);
    }
    for (const hosts of this.cloud.router_l3_agents.values()) for (const host of hosts) add(host, 'l3');
    for (const hosts of this.cloud.network_dhcp_agents.values()) for (const host of hosts) add(host, 'dhcp');
    for (const port of this.cloud.ports) {
      const owner = port.device_owner ?? '';
      const l3 = /^network:(router|ha_router)/.test(owner) && owner !== 'network:router_interface_distributed';
      add(port['binding:host_id'], owner === 'network:dhcp' ? 'dhcp' : l3 ? 'l3' : undefined);
    }
    const compute = (host: string): number => (kinds.get(host)?.size === 0 ? 1 : 0);
    const hosts = [...kinds.keys()].sort(
      (a, b) => compute(a) - compute(b) || a.localeCompare(b, 'en', { numeric: true }),
    );
    const labels = new HostLabels([OUTSIDE]);
    const nodes = hosts.map((host) => {
      const name = labels.add(host.split('.')[0] ?? host, host);
      this.#names.set(host, name);
      if (name !== host) this.notes.add('Changed', `the host ${host} is the node ${name}.`);
      const own = kinds.get(host) ?? new Set<AgentKind>();
      return { name, agents: (['l3', 'dhcp'] as const).filter((kind) => own.has(kind)) };
    });
    return nodes.length === 0 ? [] : this.withNetworkNodes(nodes, labels);
  }

  /** Routers and DHCP need nodes, also where what was given tells only of instances. */
  private withNetworkNodes(nodes: readonly Node[], labels: HostLabels): readonly Node[] {
    const needs: AgentKind[] = [
      ...(this.cloud.routers.length > 0 ? ['l3' as const] : []),
      ...(this.cloud.subnets.some((subnet) => subnet.enable_dhcp !== false) ? ['dhcp' as const] : []),
    ];
    const missing = needs.filter((kind) => !nodes.some(({ agents }) => agents.includes(kind)));
    if (missing.length === 0) return nodes;
    const made = NETWORK_NODES.map((name) => ({ name: labels.add(name), agents: missing }));
    this.notes.add(
      'Assumed',
      `nothing that was given tells which hosts run the agents ${missing.join(' and ')}: the nodes ${made.map(({ name }) => name).join(', ')} do.`,
    );
    return [...nodes, ...made];
  }

  private noteAgent(agent: CloudInput['agents'][number]): void {
    const resource = { kind: 'agent', id: agent.id ?? agent.host, name: `${agent.agent_type} on ${agent.host}` };
    if (!AGENTS.has(agent.agent_type) && !SILENT_AGENTS.has(agent.agent_type)) {
      const message = /open ?vswitch/i.test(agent.agent_type)
        ? 'the lab has Linux bridges in the place of Open vSwitch.'
        : 'a lab has no such agent.';
      this.notes.add(/open ?vswitch/i.test(agent.agent_type) ? 'Changed' : 'NotRepresented', message, resource);
    }
    if (agent.alive === false || agent.admin_state_up === false)
      this.notes.add('Changed', 'it was down; in the lab it runs.', resource);
  }
}

function inOrder(ports: readonly PortInput[]): readonly PortInput[] {
  const key = ({ created_at: created }: PortInput): string => created ?? '9';
  return [...ports].sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}
