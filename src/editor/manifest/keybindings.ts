/** Keys that do something while the Labs view has the keyboard. Pure. */
import type { CommandId } from './commands.js';

export interface KeybindingEntry {
  readonly command: CommandId;
  readonly key: string;
  readonly mac?: string;
  readonly when: string;
}

/** Not while somebody types into the view's search box. */
const labs = "focusedView == 'neutron-lab.labs' && !inputFocus";

export const KEYBINDINGS: readonly KeybindingEntry[] = [
  { command: 'neutron-lab.rename', key: 'f2', when: labs },
  { command: 'neutron-lab.delete', key: 'delete', mac: 'cmd+backspace', when: labs },
  { command: 'neutron-lab.undo', key: 'ctrl+z', mac: 'cmd+z', when: labs },
  { command: 'neutron-lab.redo', key: 'ctrl+shift+z', mac: 'cmd+shift+z', when: labs },
];
