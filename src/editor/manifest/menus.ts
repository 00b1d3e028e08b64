/** Where commands stand: the title of the view, the context menus and inline buttons of its rows. Pure. */
import type { CommandId } from './commands.js';
import { type ContextFlag, type ContextValue, whenFlag, whenItem } from './context-values.js';

export interface MenuEntry {
  readonly command: CommandId;
  readonly when?: string;
  /** As VS Code sorts: `inline@1`, `1_run@2`, `navigation@1`. */
  readonly group: string;
}

type MenuId = 'view/title' | 'view/item/context' | 'editor/title' | 'explorer/context';

const labs = 'view == neutron-lab.labs';

/** An entry in the context menu of rows of these kinds, where something is true of the row beside its kind. */
function rowThatIs(
  flag: ContextFlag,
  command: CommandId,
  group: string,
  ...values: readonly ContextValue[]
): MenuEntry {
  return { command, when: `${labs} && ${whenItem(...values)} && ${whenFlag(flag)}`, group };
}

/** What can be looked into, once it runs. */
const PLACES = ['node', 'instance', 'namespace', 'replica'] as const;
const THINGS = ['router', 'network', 'instance', 'replica', 'namespace'] as const;
const ANYWHERE = [...THINGS, 'interface', 'gateway', 'port', 'node'] as const;

const shownPart = 'resourceScheme == neutron-lab';

export const MENUS: Readonly<Record<MenuId, readonly MenuEntry[]>> = {
  'view/title': [{ command: 'neutron-lab.refresh', when: labs, group: 'navigation@9' }],
  'view/item/context': [
    rowThatIs('file', 'neutron-lab.openLabFile', '8_file@1', 'lab'),
    rowThatIs('running', 'neutron-lab.openTerminal', 'inline@8', ...PLACES),
    rowThatIs('running', 'neutron-lab.openTerminal', '3_inside@1', 'router', 'network', ...PLACES),
    rowThatIs('running', 'neutron-lab.showConfiguration', '3_inside@2', ...THINGS),
    rowThatIs('running', 'neutron-lab.compareConfiguration', '3_inside@3', ...THINGS),
    rowThatIs('running', 'neutron-lab.showCommands', '3_inside@4', 'node', ...THINGS),
    rowThatIs('running', 'neutron-lab.showLogs', '3_inside@5', 'node', ...THINGS),
    rowThatIs('running', 'neutron-lab.capture', '3_inside@6', ...ANYWHERE),
  ],
  'editor/title': [
    { command: 'neutron-lab.refreshDocument', when: shownPart, group: 'navigation@9' },
    {
      command: 'neutron-lab.compareConfiguration',
      when: `${shownPart} && resourcePath =~ /as it (is|should be)/ && !isInDiffEditor`,
      group: 'navigation@8',
    },
  ],
  'explorer/context': [],
};
