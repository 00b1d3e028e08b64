/** Nodes for routers, DHCP and instances. */
import type { Path } from '../lab-file/problems.js';
import { present } from '../lab-file/present.js';
import type { InstanceFile, RouterFile } from '../lab-file/schema.js';
import type { Entry } from '../lab-file/sections.js';
import type { AgentKind, Node } from '../resources.js';
import type { BuildContext } from './context.js';
import type { NetworkDraft } from './drafts.js';
import { schedule } from './scheduler.js';

export interface Unplaced<T> {
  readonly id: string;
  readonly entry: Entry<T>;
}

type Placement = ReadonlyMap<string, readonly string[]>;

export function placeRouters(
  routers: readonly Unplaced<RouterFile>[],
  nodes: readonly Node[],
  build: BuildContext,
): Placement {
  const agents = agentsOf(nodes, 'l3');
  const most = build.config.max_l3_agents_per_router;
  const jobs = routers.map(({ id, entry }) => {
    const ha = entry.file?.ha === true;
    // A legacy router is scheduled once it has something to do.
    const idle = !ha && (entry.file?.interfaces ?? []).length === 0 && !entry.file?.external_gateway_info;
    const given = givenAgents(
      namedNodes(entry.path, 'l3_agents', entry.file?.l3_agents, 'ha_ports', entry.file?.ha_ports),
      'l3',
      nodes,
      build,
    );
    const count = ha ? (most === 0 ? agents.length : most) : 1;
    return {
      id,
      given: given ?? (idle ? [] : null),
      held: build.held.l3Agents(id).slice(0, ha ? undefined : 1),
      count,
    };
  });
  const placement = schedule(jobs, agents);
  for (const { id, entry } of routers) checkHosts(entry, placement.get(id) ?? [], agents, build);
  return placement;
}

function checkHosts(
  entry: Entry<RouterFile>,
  hosts: readonly string[],
  agents: readonly string[],
  build: BuildContext,
): void {
  const { path, file, name } = entry;
  const known = build.nodesKnown;
  const remedy = 'Give nodes the agent: `network1: { agents: [l3] }`.';
  if (file?.ha === true) {
    if (agents.length === 0 && known) {
      const message = `The HA router '${name}' has no node that could host it: none runs an l3 agent.`;
      build.problems.error({ path, place: 'key', code: 'NoL3Agents', message, remedy });
    } else if (hosts.length === 1 && known) {
      build.problems.warning({
        path,
        place: 'key',
        code: 'HAOnlyOneAgent',
        message: `Only ${hosts[0] ?? ''} hosts the HA router '${name}', so nothing takes over when it fails.`,
        remedy: 'Let two or three nodes run an l3 agent.',
      });
    }
    return;
  }
  for (const [attribute, what] of [
    ['ha_vr_id', 'VRID'],
    ['ha_ports', 'HA ports'],
  ] as const) {
    if (file?.[attribute] === undefined) continue;
    build.problems.error({
      path: [...path, attribute],
      place: 'key',
      code: 'InvalidInput',
      message: `The router '${name}' is not HA and has no ${what}.`,
      remedy: `Add \`ha: true\` or leave \`${attribute}\` out.`,
      fixes: [{ change: 'add', path, name: 'ha', value: true }],
    });
  }
  if ((file?.l3_agents ?? []).length > 1) {
    build.problems.error({
      path: [...path, 'l3_agents'],
      code: 'RouterHostedByL3Agent',
      message: `The legacy router '${name}' can be hosted by one l3 agent only.`,
      remedy: 'Name one node, or add `ha: true`.',
      fixes: [{ change: 'add', path, name: 'ha', value: true }],
    });
  }
  const busy = (file?.interfaces ?? []).length > 0 || Boolean(file?.external_gateway_info);
  if (busy && agents.length === 0 && known) {
    build.problems.error({
      path,
      place: 'key',
      code: 'NoEligibleL3Agent',
      message: `No node runs an l3 agent that could host the router '${name}'.`,
      remedy,
    });
  }
}

export function placeDhcp(networks: readonly NetworkDraft[], nodes: readonly Node[], build: BuildContext): Placement {
  const agents = agentsOf(nodes, 'dhcp');
  const served = networks.filter((network) => network.subnets.some((subnet) => subnet.resource.enable_dhcp));
  const given = networks.filter((network) => network.file.dhcp_agents !== undefined && !served.includes(network));
  const jobs = [...served, ...given].map((network) => ({
    id: network.id,
    given: givenAgents(
      namedNodes(network.path, 'dhcp_agents', network.file.dhcp_agents, 'dhcp_ports', network.file.dhcp_ports),
      'dhcp',
      nodes,
      build,
    ),
    held: build.held.dhcpAgents(network.id),
    count: build.config.dhcp_agents_per_network,
  }));
  if (agents.length === 0 && build.nodesKnown) {
    for (const { path, name } of served) {
      build.problems.warning({
        path,
        place: 'key',
        code: 'NoDHCPAgents',
        message: `No node runs a dhcp agent for the network '${name}', so its instances get no addresses.`,
        remedy: 'Give a node the agent: `network1: { agents: [dhcp] }`, or set `enable_dhcp: false` on its subnets.',
      });
    }
  }
  return schedule(jobs, agents);
}

/** Instances go to nodes without agents, evenly; to all nodes where each one has an agent. */
export function placeInstances(
  instances: readonly Unplaced<InstanceFile>[],
  nodes: readonly Node[],
  build: BuildContext,
): Placement {
  const computes = nodes.filter((node) => node.agents.length === 0);
  const preferred = (computes.length > 0 ? computes : nodes).map((node) => node.name);
  const names = new Set(nodes.map((node) => node.name));
  const jobs = instances.map(({ id, entry }) => ({
    id,
    given: fixedNode(id, entry, names, build),
    held: [],
    count: 1,
  }));
  const placement = schedule(jobs, preferred);
  return new Map(jobs.map((job) => [job.id, job.given ?? placement.get(job.id) ?? []]));
}

/** The node that the file gives, else the one where the instance runs already; null where the choice is open. */
function fixedNode(
  id: string,
  { path, file }: Entry<InstanceFile>,
  names: ReadonlySet<string>,
  build: BuildContext,
): string[] | null {
  if (file?.node !== undefined) {
    const node = build.nodes.resolve(file.node, [...path, 'node'], build.problems);
    return node === null ? [] : [node.name];
  }
  const held = build.held.instanceNode(id);
  return held !== null && names.has(held) ? [held] : null;
}

interface NamedNode {
  readonly name: string;
  readonly path: Path;
}

/** The list of agents, in its place the nodes of the ports that the file gives; null where it gives neither. */
function namedNodes(
  path: Path,
  list: string,
  agents: readonly string[] | undefined,
  portList: string,
  ports: readonly { readonly node: string }[] | undefined,
): readonly NamedNode[] | null {
  if (agents !== undefined) return agents.map((name, index) => ({ name, path: [...path, list, index] }));
  if (ports === undefined) return null;
  return present(ports).map(([index, { node }]) => ({ name: node, path: [...path, portList, index, 'node'] }));
}

function agentsOf(nodes: readonly Node[], kind: AgentKind): string[] {
  return nodes.filter((node) => node.agents.includes(kind)).map((node) => node.name);
}

function givenAgents(
  names: readonly NamedNode[] | null,
  kind: AgentKind,
  nodes: readonly Node[],
  build: BuildContext,
): string[] | null {
  if (names === null) return null;
  return names.flatMap(({ name, path }) => {
    const node = build.nodes.resolve(name, path, build.problems);
    if (node === null) return [];
    if (node.agents.includes(kind)) return [node.name];
    build.problems.error({
      path,
      code: kind === 'l3' ? 'InvalidL3Agent' : 'InvalidDHCPAgent',
      message: `The node '${name}' runs no ${kind} agent.`,
      remedy: `Add it to the node's agents, or name one of: ${agentsOf(nodes, kind).slice(0, 10).join(', ') || 'none runs one'}.`,
    });
    return [];
  });
}
