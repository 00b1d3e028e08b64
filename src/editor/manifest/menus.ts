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

export const MENUS: Readonly<Record<MenuId, readonly MenuEntry[]>> = {
  'view/title': [{ command: 'neutron-lab.refresh', when: labs, group: 'navigation@9' }],
  'view/item/context': [rowThatIs('file', 'neutron-lab.openLabFile', '8_file@1', 'lab')],
  'editor/title': [],
  'explorer/context': [],
};
