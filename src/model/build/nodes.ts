/** The hosts of the cloud. */
import { OUTSIDE } from '../names.js';
import { hostLabelLike, renamed } from '../lab-file/fix.js';
import type { Entry } from '../lab-file/sections.js';
import { present } from '../lab-file/present.js';
import type { NodeFile } from '../lab-file/schema.js';
import { isHostLabel, show } from '../lab-file/text.js';
import type { Path, ProblemList } from '../lab-file/problems.js';
import type { AgentKind, Node } from '../resources.js';
import type { BuildContext } from './context.js';

/** One container each; more than this are more than one machine carries. */
export const MAX_NODES = 100;

/** Enough for an HA router with two backups, its networks' DHCP and one host for instances. */
export const DEFAULT_NODES: readonly Node[] = [
  { name: 'network1', agents: ['l3', 'dhcp'] },
  { name: 'network2', agents: ['l3', 'dhcp'] },
  { name: 'network3', agents: ['l3', 'dhcp'] },
  { name: 'compute1', agents: [] },
];

export function buildNodes(entries: readonly Entry<NonNullable<NodeFile>>[] | null, build: BuildContext): Node[] {
  if (entries === null) return register(DEFAULT_NODES, build);
  build.nodesKnown = entries.every(({ partial }) => !partial);
  if (entries.length === 0 || entries.length > MAX_NODES) {
    build.problems.error({
      path: ['nodes'],
      place: 'key',
      code: 'InvalidInput',
      message: `A lab has 1 to ${String(MAX_NODES)} nodes, not ${String(entries.length)}.`,
      remedy: 'Leave `nodes` out for network1 to network3 and compute1, or change the list.',
    });
  }
  const nodes = entries.slice(0, MAX_NODES).map((entry) => {
    checkHostName(entry.name, entry.path, 'node', build.problems);
    build.places.place('node', entry.name, entry.path);
    return { name: entry.name, agents: [...new Set<AgentKind>(present(entry.file?.agents).map(([, agent]) => agent))] };
  });
  build.nodes.addBroken(...entries.slice(MAX_NODES).map((entry) => entry.name));
  return register(nodes, build);
}

/** Nodes and instances are Linux hosts, so their names are host labels. */
export function checkHostName(name: string, path: Path, kind: string, problems: ProblemList): void {
  if (!isHostLabel(name)) {
    problems.error({
      path,
      place: 'key',
      code: 'InvalidHostName',
      message: `${show(name)} cannot be the name of a host, which the ${kind} is.`,
      remedy: 'Take 1 to 63 letters, digits and hyphens, no hyphen at either end (RFC 1123).',
      fixes: renamed(path, hostLabelLike(name)),
    });
  } else if (kind === 'node' && name === OUTSIDE) {
    problems.error({
      path,
      place: 'key',
      code: 'ReservedName',
      message: `'${OUTSIDE}' is the node that stands for the world behind the external networks.`,
      remedy: 'It is made by itself when a network is external; give this node another name.',
    });
  }
}

function register(nodes: readonly Node[], build: BuildContext): Node[] {
  for (const node of nodes) build.nodes.add(node.name, { ...node, id: node.name });
  return [...nodes];
}
