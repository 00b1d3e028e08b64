/** Nodes › agents, namespaces, containers. Pure. */
import * as l10n from '@vscode/l10n';
import type { ContainerState } from '../../docker/runtime.js';
import { OUTSIDE, instanceNamespace, qdhcpNamespace, qrouterNamespace } from '../../model/names.js';
import type { Node } from '../../model/resources.js';
import type { ContextFlag } from '../manifest/context-values.js';
import { type Row, type RowIcon, dotted } from './row.js';
import { type Scene, about, flagsOf, rowId } from './scene.js';
import { agentTip, nodeTip } from './tips.js';

export function nodeRows(scene: Scene): Row[] {
  return scene.index.lab.nodes.map((node) => nodeRow(scene, node));
}

/** Whose a namespace is, for people. */
export function namespaceOwner({ index }: Scene, namespace: string): string | null {
  const { lab } = index;
  return (
    lab.routers.find(({ id }) => qrouterNamespace(id) === namespace)?.name ??
    lab.networks.find(({ id }) => qdhcpNamespace(id) === namespace)?.name ??
    lab.instances.find(({ name }) => instanceNamespace(name) === namespace)?.name ??
    null
  );
}

function nodeRow(scene: Scene, node: Node): Row {
  const live = scene.status?.nodes.find(({ name }) => name === node.name);
  const container = scene.containers.find((one) => one.node === node.name);
  const state = container?.state ?? 'missing';
  const faults = live?.faults ?? [];
  return {
    id: rowId(scene, 'node', node.name),
    label: node.name,
    description: dotted(
      node.agents.length > 0 && node.agents.map(agentName).join(', '),
      container && state !== 'running' && stateWord(state),
      faults.length > 0 && l10n.t('fault: {0}', faults.join(', ')),
    ),
    icon: nodeIcon(scene.containers.length > 0, state, faults.length > 0),
    flags: flagsOf(
      scene,
      container !== undefined && stateFlag(state),
      faults.length > 0 && 'fault',
      node.name === OUTSIDE && 'external',
    ),
    about: about(scene, 'node', node.name, node.name, { node: node.name, namespace: '' }),
    tooltip: () => nodeTip(scene.index, node.name, container ?? null),
    children: () => [...agentRows(scene, node), ...namespaceRows(scene, node), ...containerRows(scene, node)],
  };
}

function stateFlag(state: ContainerState | 'missing'): ContextFlag | false {
  return state === 'running' ? false : 'stopped';
}

function agentName(agent: 'l3' | 'dhcp'): string {
  return agent === 'l3' ? 'L3' : 'DHCP';
}

function stateWord(state: ContainerState | 'missing'): string {
  switch (state) {
    case 'paused':
      return l10n.t('frozen');
    case 'missing':
      return l10n.t('not there');
    case 'exited':
    case 'dead':
      return l10n.t('down');
    default:
      return state;
  }
}

function nodeIcon(up: boolean, state: ContainerState | 'missing', faulty: boolean): RowIcon {
  if (!up) return { codicon: 'vm-outline' };
  if (state === 'running')
    return faulty ? { codicon: 'warning', colour: 'list.warningForeground' } : { codicon: 'vm-active' };
  if (state === 'paused') return { codicon: 'debug-pause', colour: 'list.warningForeground' };
  return { codicon: 'error', colour: 'list.errorForeground' };
}

function agentRows(scene: Scene, node: Node): Row[] {
  return node.agents.map((agent) => {
    const ids =
      agent === 'l3'
        ? scene.index.routersOnNode(node.name).map(({ name }) => name)
        : scene.index.dhcpNetworksOnNode(node.name).map(({ name }) => name);
    return {
      id: rowId(scene, 'agent', node.name, agent),
      label: agent === 'l3' ? l10n.t('L3 agent') : l10n.t('DHCP agent'),
      description: ids.length === 0 ? l10n.t('nothing scheduled') : ids.join(', '),
      icon: { codicon: 'server-process' },
      flags: flagsOf(scene),
      about: about(scene, 'agent', `${node.name} ${agent}`, agent, { node: node.name }),
      tooltip: () => agentTip(agent),
    };
  });
}

function namespaceRows(scene: Scene, node: Node): Row[] {
  const namespaces = Object.keys(scene.seen.get(node.name)?.document?.namespaces ?? {}).filter((name) => name !== '');
  return namespaces.sort().map((namespace) => {
    const owner = namespaceOwner(scene, namespace);
    return {
      id: rowId(scene, 'namespace', node.name, namespace),
      label: namespace,
      ...(owner === null ? {} : { description: owner }),
      icon: { codicon: 'symbol-namespace' },
      flags: flagsOf(scene),
      about: about(scene, 'namespace', namespace, namespace, { node: node.name, namespace }),
      tooltip: () => l10n.t('`ip netns exec {0} …` on {1}. Double-click opens a terminal there.', namespace, node.name),
    };
  });
}

function containerRows(scene: Scene, node: Node): Row[] {
  const container = scene.containers.find((one) => one.node === node.name);
  if (!container) return [];
  return [
    {
      id: rowId(scene, 'container', node.name),
      label: l10n.t('container {0}', container.id.slice(0, 12)),
      description: dotted(container.state, container.address, container.image),
      icon: { codicon: 'package' },
      about: about(scene, 'node', node.name, node.name, { node: node.name, namespace: '' }),
      tooltip: () => nodeTip(scene.index, node.name, container),
    },
  ];
}
