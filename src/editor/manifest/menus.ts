/** Where commands stand: the title of the view, the context menus and inline buttons of its rows. Pure. */
import type { CommandId } from './commands.js';
import { DECLARE_MENUS } from './declare-menus.js';
import { LESSON_NOTEBOOK } from './lessons.js';
import { TOPOLOGY_VIEW } from './topology.js';
import { type ContextFlag, type ContextValue, whenFlag, whenItem } from './context-values.js';

export type MenuEntry = ({ readonly command: CommandId } | { readonly submenu: SubmenuId }) & {
  readonly when?: string;
  /** As VS Code sorts: `inline@1`, `1_run@2`, `navigation@1`. */
  readonly group: string;
};

/** Menus within menus, by their title. */
export const SUBMENUS = { 'neutron-lab.breakMenu': 'Break' } as const;

export type SubmenuId = keyof typeof SUBMENUS;

type MenuId =
  | 'view/title'
  | 'view/item/context'
  | 'webview/context'
  | 'editor/title'
  | 'explorer/context'
  | 'notebook/toolbar'
  | SubmenuId;

const labs = 'view == neutron-lab.labs';
/** A row of the tree, or the same thing in the picture. */
const thing = `(${labs} || webviewId == '${TOPOLOGY_VIEW}')`;
const plan = 'view == neutron-lab.plan';
const lessons = 'view == neutron-lab.lessons';
const lesson = `${lessons} && ${whenItem('lesson')}`;
const inLesson = `notebookType == '${LESSON_NOTEBOOK}'`;
const labFile = 'resourceFilename =~ /\\.neutron\\.ya?ml$/';

/** An entry in the context menu of rows of these kinds, where something is true of the row beside its kind. */
function rowThatIs(
  flag: ContextFlag,
  command: CommandId,
  group: string,
  ...values: readonly ContextValue[]
): MenuEntry {
  return { command, when: `${thing} && ${whenItem(...values)} && ${whenFlag(flag)}`, group };
}

/** Conditions on what is true of a row beside its kind. */
type Flags = readonly (ContextFlag | `!${ContextFlag}`)[];

/** As `rowThatIs`, where all of several things are true, or are not. */
function row(
  command: CommandId,
  group: string,
  values: ContextValue | readonly ContextValue[],
  ...flags: Flags
): MenuEntry {
  return { command, when: whenRow(values, flags), group };
}

function whenRow(values: ContextValue | readonly ContextValue[], flags: Flags): string {
  const is = flags.map((flag) =>
    flag.startsWith('!') ? `!(${whenFlag(flag.slice(1) as ContextFlag)})` : whenFlag(flag as ContextFlag),
  );
  const kinds = typeof values === 'string' ? [values] : values;
  return [thing, whenItem(...kinds), ...is].join(' && ');
}

const NODE_FAULTS: readonly CommandId[] = [
  'neutron-lab.powerOffNode',
  'neutron-lab.shutDownNode',
  'neutron-lab.freezeNode',
  'neutron-lab.cutOffNode',
  'neutron-lab.partitionNode',
];

const REPLICA_FAULTS: readonly (readonly CommandId[])[] = [
  ['neutron-lab.killKeepalived', 'neutron-lab.killKeepalivedParent', 'neutron-lab.terminateKeepalived'],
  ['neutron-lab.haLinkDown', 'neutron-lab.qrLinkDown', 'neutron-lab.qgLinkDown'],
  ['neutron-lab.splitBrain'],
];

/** A button and an entry of the menu where a lab runs that no file of the workspace declares. */
function rowWithoutFile(command: CommandId, value: ContextValue): MenuEntry[] {
  const when = `${thing} && ${whenItem(value)} && !(${whenFlag('file')}) && ${whenFlag('running')}`;
  return ['inline@1', '8_file@1'].map((group) => ({ command, when, group }));
}

/** What can be looked into, once it runs. */
const PLACES = ['node', 'instance', 'namespace', 'replica'] as const;
const THINGS = ['router', 'network', 'instance', 'replica', 'namespace'] as const;
const ANYWHERE = [...THINGS, 'interface', 'gateway', 'port', 'node'] as const;

const shownPart = 'resourceScheme == neutron-lab';

const INSIDE_MENUS: readonly MenuEntry[] = [
  rowThatIs('running', 'neutron-lab.openTerminal', 'inline@8', ...PLACES),
  rowThatIs('running', 'neutron-lab.openTerminal', '3_inside@1', 'router', 'network', ...PLACES),
  rowThatIs('running', 'neutron-lab.showConfiguration', '3_inside@2', ...THINGS),
  rowThatIs('running', 'neutron-lab.compareConfiguration', '3_inside@3', ...THINGS),
  rowThatIs('running', 'neutron-lab.showCommands', '3_inside@4', 'node', ...THINGS),
  rowThatIs('running', 'neutron-lab.showLogs', '3_inside@5', 'node', ...THINGS),
  rowThatIs('running', 'neutron-lab.capture', '3_inside@6', ...ANYWHERE),
];

const breakable = {
  node: whenRow(['node'], ['running', '!stopped']),
  router: whenRow(['replica', 'router'], ['running', 'ha']),
};

const ROW_MENU: readonly MenuEntry[] = [
  row('neutron-lab.up', 'inline@1', 'lab', 'stopped', '!busy'),
  row('neutron-lab.up', 'inline@1', 'lab', 'incomplete', '!busy'),
  row('neutron-lab.applyChanges', 'inline@1', 'lab', 'changes', '!incomplete', '!busy'),
  row('neutron-lab.healAll', 'inline@2', 'lab', 'fault', '!busy'),
  row('neutron-lab.repair', 'inline@2', 'lab', 'drift', '!fault', '!incomplete', '!busy'),
  row('neutron-lab.down', 'inline@3', 'lab', 'running', '!busy'),
  row('neutron-lab.openTopology', 'inline@0', 'lab'),
  row('neutron-lab.openTopology', '0_topology@1', 'lab'),
  row('neutron-lab.up', '1_run@1', 'lab'),
  row('neutron-lab.applyChanges', '1_run@2', 'lab', 'file', 'running'),
  row('neutron-lab.plan', '1_run@3', 'lab', 'file'),
  row('neutron-lab.repair', '1_run@4', 'lab', 'running'),
  row('neutron-lab.healAll', '1_run@5', 'lab', 'fault'),
  row('neutron-lab.healFault', '1_run@6', 'lab', 'fault'),
  row('neutron-lab.break', '1_run@7', 'lab', 'running'),
  row('neutron-lab.failover', '1_run@8', 'lab', 'running'),
  row('neutron-lab.down', '1_run@9', 'lab', 'running'),
  rowThatIs('file', 'neutron-lab.openLabFile', '8_file@1', 'lab'),
  ...rowWithoutFile('neutron-lab.saveAsLabFile', 'lab'),
  ...DECLARE_MENUS,
  ...INSIDE_MENUS,
  row('neutron-lab.failover', 'inline@1', 'router', 'running', 'ha'),
  row('neutron-lab.failover', '1_run@1', 'router', 'running', 'ha'),
  row('neutron-lab.newProbe', '3_inside@7', ['router', 'instance', 'floatingIp'], 'running'),
  row('neutron-lab.newProbe', '3_inside@7', 'node', 'running', 'external', '!stopped'),
  row('neutron-lab.followPacket', '3_inside@8', 'instance', 'running'),
  row('neutron-lab.followPacket', '3_inside@8', 'node', 'running', 'external', '!stopped'),
  row('neutron-lab.startNode', 'inline@1', 'node', 'running', 'stopped'),
  row('neutron-lab.healNode', 'inline@2', 'node', 'running', 'fault'),
  row('neutron-lab.startNode', '1_run@1', 'node', 'running', 'stopped'),
  row('neutron-lab.restartNode', '1_run@2', 'node', 'running', '!stopped'),
  row('neutron-lab.healNode', '1_run@3', ['node', 'replica'], 'running'),
  row('neutron-lab.healFault', '1_run@4', 'node', 'running', 'fault'),
  // VS Code takes a submenu once a menu.
  { submenu: 'neutron-lab.breakMenu', when: `${breakable.node} || ${breakable.router}`, group: '2_break@1' },
  row('neutron-lab.killDhcpServer', '2_break@2', 'network', 'running'),
  row('neutron-lab.engineTrouble', 'inline@1', 'trouble', 'engine'),
  row('neutron-lab.chooseEngine', 'inline@2', 'trouble', 'engine'),
  row('neutron-lab.chooseEngine', '1_run@1', 'trouble', 'engine'),
  row('neutron-lab.buildImage', 'inline@1', 'trouble', 'image'),
  row('neutron-lab.loadImage', 'inline@2', 'trouble', 'image'),
  row('neutron-lab.buildImage', '1_run@1', 'trouble', 'image'),
  row('neutron-lab.loadImage', '1_run@2', 'trouble', 'image'),
];

const LESSON_MENU: readonly MenuEntry[] = [
  { command: 'neutron-lab.openLesson', when: lesson, group: 'inline@1' },
  { command: 'neutron-lab.openLesson', when: lesson, group: '1_open@1' },
  { command: 'neutron-lab.openLessonAsText', when: lesson, group: '1_open@2' },
  // What is done with a lab is for lessons that have theirs in this workspace.
  { command: 'neutron-lab.solveLesson', when: `${lesson} && ${whenFlag('file')}`, group: '2_lab@1' },
  { command: 'neutron-lab.repairLesson', when: `${lesson} && ${whenFlag('file')}`, group: '2_lab@2' },
  { command: 'neutron-lab.resetLesson', when: `${lesson} && ${whenFlag('file')}`, group: '2_lab@3' },
];

export const MENUS: Readonly<Record<MenuId, readonly MenuEntry[]>> = {
  'view/title': [
    { command: 'neutron-lab.newLab', when: labs, group: 'navigation@1' },
    { command: 'neutron-lab.refresh', when: labs, group: 'navigation@9' },
    { command: 'neutron-lab.chooseEngine', when: labs, group: '9_engine@1' },
    { command: 'neutron-lab.buildImage', when: labs, group: '9_engine@2' },
    { command: 'neutron-lab.loadImage', when: labs, group: '9_engine@3' },
    { command: 'neutron-lab.newLesson', when: lessons, group: 'navigation@1' },
    { command: 'neutron-lab.applyPlan', when: plan, group: 'navigation@1' },
    { command: 'neutron-lab.planAnew', when: plan, group: 'navigation@2' },
    { command: 'neutron-lab.discardPlan', when: plan, group: 'navigation@3' },
  ],
  'view/item/context': [...ROW_MENU, ...LESSON_MENU],
  // The picture has no inline buttons.
  'webview/context': ROW_MENU.filter(({ group }) => !group.startsWith('inline')),
  'editor/title': [
    { command: 'neutron-lab.up', when: labFile, group: 'navigation@1' },
    { command: 'neutron-lab.openTopology', when: labFile, group: 'navigation@2' },
    { command: 'neutron-lab.refreshDocument', when: shownPart, group: 'navigation@9' },
    {
      command: 'neutron-lab.compareConfiguration',
      when: `${shownPart} && resourcePath =~ /as it (is|should be)/ && !isInDiffEditor`,
      group: 'navigation@8',
    },
  ],
  'notebook/toolbar': [
    { command: 'neutron-lab.startLesson', when: inLesson, group: 'navigation@1' },
    { command: 'neutron-lab.solveLesson', when: inLesson, group: 'navigation@2' },
    { command: 'neutron-lab.repairLesson', when: inLesson, group: 'navigation@3' },
    { command: 'neutron-lab.resetLesson', when: inLesson, group: 'navigation@4' },
  ],
  'explorer/context': [{ command: 'neutron-lab.up', when: labFile, group: '7_neutron-lab@1' }],
  'neutron-lab.breakMenu': [
    ...NODE_FAULTS.map((command, at) => row(command, `1_node@${String(at)}`, ['node', 'replica', 'router'])),
    ...REPLICA_FAULTS.flatMap((commands, group) =>
      commands.map((command, at) => row(command, `${String(group + 2)}_replica@${String(at)}`, ['replica', 'router'])),
    ),
    row('neutron-lab.breakMore', '9_more@1', ['node', 'replica', 'router']),
  ],
};
