/** Where commands stand: the title of the view, the context menus and inline buttons of its rows. Pure. */
import type { CommandId } from './commands.js';
import { DECLARE_MENUS } from './declare-menus.js';
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

/** A button and an entry of the menu where a lab runs that no file of the workspace declares. */
function rowWithoutFile(command: CommandId, value: ContextValue): MenuEntry[] {
  const when = `${labs} && ${whenItem(value)} && !(${whenFlag('file')}) && ${whenFlag('running')}`;
  return ['inline@1', '8_file@1'].map((group) => ({ command, when, group }));
}

export const MENUS: Readonly<Record<MenuId, readonly MenuEntry[]>> = {
  'view/title': [
    { command: 'neutron-lab.newLab', when: labs, group: 'navigation@1' },
    { command: 'neutron-lab.refresh', when: labs, group: 'navigation@9' },
  ],
  'view/item/context': [
    rowThatIs('file', 'neutron-lab.openLabFile', '8_file@1', 'lab'),
    ...rowWithoutFile('neutron-lab.saveAsLabFile', 'lab'),
    ...DECLARE_MENUS,
  ],
  'editor/title': [],
  'explorer/context': [],
};
