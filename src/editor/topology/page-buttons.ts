/** What a button or a key of the page may run; everything else is in the menus, which are VS Code's. */
export const BUTTONS: ReadonlySet<string> = new Set(
  ['openTerminal', 'openLabFile', 'up', 'break', 'healAll', 'failover', 'undo', 'redo', 'rename', 'delete'].map(
    (verb) => `neutron-lab.${verb}`,
  ),
);

/** These go by way of the file's editor, and the keyboard comes back. */
export const UNDOING: ReadonlySet<string> = new Set(['neutron-lab.undo', 'neutron-lab.redo']);
