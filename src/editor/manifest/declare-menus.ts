/** Where one declares: inline buttons for the most frequent verbs, the others in the menu of the row. Pure. */
import type { CommandId } from './commands.js';
import { type ContextValue, type GroupId, whenFlag, whenItem } from './context-values.js';
import type { MenuEntry } from './menus.js';
import { TOPOLOGY_VIEW } from './topology.js';

/** Only where there is a file to write into. */
function row(command: CommandId, group: string, ...kinds: readonly ContextValue[]): MenuEntry {
  return {
    command,
    when: `(view == neutron-lab.labs || webviewId == '${TOPOLOGY_VIEW}') && ${whenItem(...kinds)} && ${whenFlag('file')}`,
    group,
  };
}

/** On a heading: as a button, in its menu, and in the menu of the lab. */
function adds(command: CommandId, group: GroupId, nth: number): MenuEntry[] {
  const heading = row(command, '', 'group');
  const when = `${heading.when ?? ''} && ${whenFlag(group)}`;
  return [
    { command, when, group: 'inline@1' },
    { command, when, group: '3_add@1' },
    row(command, `3_add@${String(nth)}`, 'lab'),
  ];
}

/** As a button and in the menu. */
function both(command: CommandId, group: string, kind: ContextValue): MenuEntry[] {
  return [row(command, 'inline@1', kind), row(command, group, kind)];
}

const NAMED = ['network', 'subnet', 'router', 'instance', 'securityGroup', 'node'] as const;
const PARTS = ['interface', 'gateway', 'route', 'port', 'rule'] as const;

export const DECLARE_MENUS: readonly MenuEntry[] = [
  ...adds('neutron-lab.addNetwork', 'networks', 1),
  ...adds('neutron-lab.addRouter', 'routers', 2),
  ...adds('neutron-lab.addInstance', 'instances', 3),
  ...adds('neutron-lab.addFloatingIp', 'floatingIps', 4),
  ...adds('neutron-lab.addSecurityGroup', 'securityGroups', 5),
  ...adds('neutron-lab.addNode', 'nodes', 6),
  ...both('neutron-lab.addSubnet', '3_add@1', 'network'),
  ...both('neutron-lab.addInterface', '3_add@1', 'router'),
  row('neutron-lab.setGateway', '3_add@2', 'router'),
  row('neutron-lab.addRoute', '3_add@3', 'router'),
  ...both('neutron-lab.attachNetwork', '3_add@1', 'instance'),
  row('neutron-lab.addFloatingIp', '3_add@2', 'instance'),
  ...both('neutron-lab.associateFloatingIp', '3_add@1', 'floatingIp'),
  ...both('neutron-lab.addRule', '3_add@1', 'securityGroup'),
  row('neutron-lab.edit', '4_edit@1', 'lab', ...NAMED, 'floatingIp', ...PARTS),
  row('neutron-lab.rename', '4_edit@2', 'lab', ...NAMED),
  row('neutron-lab.delete', '4_edit@3', ...NAMED, 'floatingIp', ...PARTS, 'agent'),
  row('neutron-lab.undo', '4_edit@8', 'lab'),
  row('neutron-lab.redo', '4_edit@9', 'lab'),
  row('neutron-lab.openInFile', '8_file@1', 'group', ...NAMED, 'floatingIp', ...PARTS, 'agent', 'replica'),
];
