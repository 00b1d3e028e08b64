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
  'neutron-lab.openTerminal': { title: 'Open Terminal', icon: '$(terminal)', enablement: 'isWorkspaceTrusted' },
  'neutron-lab.showConfiguration': {
    title: 'Show Configuration…',
    icon: '$(file-code)',
    enablement: 'isWorkspaceTrusted',
  },
  'neutron-lab.compareConfiguration': {
    title: 'Compare with What Should Be',
    icon: '$(diff)',
    enablement: 'isWorkspaceTrusted',
  },
  'neutron-lab.showCommands': { title: 'Show Commands', icon: '$(history)', enablement: 'isWorkspaceTrusted' },
  'neutron-lab.showLogs': { title: 'Show Logs', icon: '$(output)', enablement: 'isWorkspaceTrusted' },
  'neutron-lab.refreshDocument': {
    title: 'Look Again',
    icon: '$(refresh)',
    enablement: 'isWorkspaceTrusted',
    palette: 'resourceScheme == neutron-lab',
  },
  'neutron-lab.capture': { title: 'Capture…', icon: '$(pulse)', enablement: 'isWorkspaceTrusted' },
  'neutron-lab.stopCapture': { title: 'Stop Capture', icon: '$(debug-stop)', enablement: 'isWorkspaceTrusted' },
} as const satisfies Record<`neutron-lab.${string}`, CommandEntry>;

export type CommandId = keyof typeof COMMANDS;
