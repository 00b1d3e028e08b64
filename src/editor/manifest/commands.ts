/** Every command of the extension: what package.json says of it, and the only names that code may register. Pure. */

export interface CommandEntry {
  readonly title: string;
  /** A codicon, for where it is an inline button. */
  readonly icon?: `$(${string})`;
  /** When it can be run at all. */
  readonly enablement?: string;
  /** When the command palette lists it; `false`: it needs something that only a menu can give. */
  readonly palette?: string | false;
}

export const COMMANDS = {
  'neutron-lab.refresh': { title: 'Refresh', icon: '$(refresh)' },
  'neutron-lab.openLabFile': { title: 'Open Lab File', icon: '$(go-to-file)', palette: false },
  'neutron-lab.rowClicked': { title: 'Open What Was Double-Clicked', palette: false },
  'neutron-lab.openWalkthrough': { title: 'Get Started' },
} as const satisfies Record<`neutron-lab.${string}`, CommandEntry>;

export type CommandId = keyof typeof COMMANDS;
