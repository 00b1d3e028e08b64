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
  'neutron-lab.newLab': { title: 'New Lab…', icon: '$(add)' },
  'neutron-lab.saveAsLabFile': { title: 'Save as Lab File', icon: '$(save)', enablement: 'isWorkspaceTrusted' },
  'neutron-lab.addNetwork': { title: 'Add Network…', icon: '$(add)' },
  'neutron-lab.addSubnet': { title: 'Add Subnet…', icon: '$(add)' },
  'neutron-lab.addRouter': { title: 'Add Router…', icon: '$(add)' },
  'neutron-lab.addInterface': { title: 'Add Interface…', icon: '$(add)' },
  'neutron-lab.setGateway': { title: 'Set Gateway…', icon: '$(globe)' },
  'neutron-lab.addRoute': { title: 'Add Route…' },
  'neutron-lab.addInstance': { title: 'Add Instance…', icon: '$(add)' },
  'neutron-lab.attachNetwork': { title: 'Attach Network…', icon: '$(plug)' },
  'neutron-lab.addFloatingIp': { title: 'Add Floating IP…', icon: '$(add)' },
  'neutron-lab.associateFloatingIp': { title: 'Associate…', icon: '$(link)', palette: false },
  'neutron-lab.addSecurityGroup': { title: 'Add Security Group…', icon: '$(add)' },
  'neutron-lab.addRule': { title: 'Add Rule…', icon: '$(add)' },
  'neutron-lab.addNode': { title: 'Add Node…', icon: '$(add)' },
  'neutron-lab.rename': { title: 'Rename…', palette: false },
  'neutron-lab.edit': { title: 'Edit…', palette: false },
  'neutron-lab.delete': { title: 'Delete', palette: false },
  'neutron-lab.openInFile': { title: 'Open in File', palette: false },
  'neutron-lab.undo': { title: 'Undo the Last Edit of the Lab File' },
  'neutron-lab.redo': { title: 'Redo the Last Edit of the Lab File' },
} as const satisfies Record<`neutron-lab.${string}`, CommandEntry>;

export type CommandId = keyof typeof COMMANDS;
