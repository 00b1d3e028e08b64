/** Every command of the extension: what package.json says of it, and the only names that code may register. Pure. */

import { CONTEXT } from './context-keys.js';
import { LESSON_NOTEBOOK } from './lessons.js';

export interface CommandEntry {
  readonly title: string;
  /** A codicon, for where it is an inline button. */
  readonly icon?: `$(${string})`;
  /** When it can be run at all. */
  readonly enablement?: string;
  /** When the command palette lists it; `false`: it needs something that only a menu can give. */
  readonly palette?: string | false;
}

/** What touches the engine is for folders that somebody trusts. */
const TRUSTED = 'isWorkspaceTrusted';
const PLANNED = CONTEXT.hasPlan;
const IN_LESSON = `notebookType == '${LESSON_NOTEBOOK}'`;

export const COMMANDS = {
  'neutron-lab.refresh': { title: 'Refresh', icon: '$(refresh)' },
  'neutron-lab.openLabFile': { title: 'Open Lab File', icon: '$(go-to-file)', palette: false },
  'neutron-lab.rowClicked': { title: 'Open What Was Double-Clicked', palette: false },
  'neutron-lab.openTopology': { title: 'Open Topology', icon: '$(type-hierarchy-sub)' },
  'neutron-lab.newProbe': { title: 'New Probe…', enablement: TRUSTED, palette: false },
  'neutron-lab.followPacket': { title: 'Follow a Packet from Here', enablement: TRUSTED, palette: false },
  'neutron-lab.up': { title: 'Up', icon: '$(play)', enablement: TRUSTED },
  'neutron-lab.applyChanges': { title: 'Apply Changes…', icon: '$(git-compare)', enablement: TRUSTED },
  'neutron-lab.plan': { title: 'Show Plan', icon: '$(list-tree)', enablement: TRUSTED },
  'neutron-lab.applyPlan': { title: 'Apply Plan', icon: '$(check)', enablement: TRUSTED, palette: PLANNED },
  'neutron-lab.planAnew': { title: 'Plan Anew', icon: '$(refresh)', enablement: TRUSTED, palette: PLANNED },
  'neutron-lab.discardPlan': { title: 'Discard Plan', icon: '$(close)', palette: PLANNED },
  'neutron-lab.showStep': { title: 'Show Step', palette: false },
  'neutron-lab.down': { title: 'Down', icon: '$(debug-stop)', enablement: TRUSTED },
  'neutron-lab.repair': { title: 'Repair', icon: '$(wrench)', enablement: TRUSTED },
  'neutron-lab.healAll': { title: 'Heal All Faults', icon: '$(heart)', enablement: TRUSTED },
  'neutron-lab.labActions': { title: 'Lab Actions…', enablement: TRUSTED },
  'neutron-lab.startNode': { title: 'Start Node', icon: '$(play)', enablement: TRUSTED, palette: false },
  'neutron-lab.restartNode': { title: 'Restart Node', icon: '$(debug-restart)', enablement: TRUSTED, palette: false },
  'neutron-lab.healNode': { title: 'Heal Node', icon: '$(heart)', enablement: TRUSTED, palette: false },
  'neutron-lab.healFault': { title: 'Heal One Fault…', enablement: TRUSTED },
  'neutron-lab.break': { title: 'Break…', icon: '$(flame)', enablement: TRUSTED },
  'neutron-lab.powerOffNode': { title: 'Power Off Node', enablement: TRUSTED, palette: false },
  'neutron-lab.shutDownNode': { title: 'Shut Down Node in Order', enablement: TRUSTED, palette: false },
  'neutron-lab.freezeNode': { title: 'Freeze Node', enablement: TRUSTED, palette: false },
  'neutron-lab.cutOffNode': { title: 'Pull the Cable of Node', enablement: TRUSTED, palette: false },
  'neutron-lab.partitionNode': { title: 'Partition Node from Others…', enablement: TRUSTED, palette: false },
  'neutron-lab.killKeepalived': { title: 'Kill keepalived', enablement: TRUSTED, palette: false },
  'neutron-lab.killKeepalivedParent': {
    title: 'Kill Parent Process of keepalived',
    enablement: TRUSTED,
    palette: false,
  },
  'neutron-lab.terminateKeepalived': { title: 'End keepalived in Order', enablement: TRUSTED, palette: false },
  'neutron-lab.haLinkDown': { title: 'Take Down HA Interface (ha-)', enablement: TRUSTED, palette: false },
  'neutron-lab.qrLinkDown': { title: 'Take Down Internal Interface (qr-)', enablement: TRUSTED, palette: false },
  'neutron-lab.qgLinkDown': { title: 'Take Down External Interface (qg-)', enablement: TRUSTED, palette: false },
  'neutron-lab.splitBrain': { title: 'Split Brain: Lose Advertisements', enablement: TRUSTED, palette: false },
  'neutron-lab.breakMore': { title: 'More…', enablement: TRUSTED, palette: false },
  'neutron-lab.killDhcpServer': { title: 'Kill DHCP Server', enablement: TRUSTED, palette: false },
  'neutron-lab.failover': { title: 'Measure Failover…', icon: '$(pulse)', enablement: TRUSTED },
  'neutron-lab.engineTrouble': { title: 'What Is Wrong Here', icon: '$(question)', palette: false },
  'neutron-lab.chooseEngine': { title: 'Choose Container Engine…', icon: '$(server)', enablement: TRUSTED },
  'neutron-lab.installEngine': { title: 'Install Docker Engine', icon: '$(cloud-download)', enablement: TRUSTED },
  'neutron-lab.buildImage': { title: 'Make Node Image', icon: '$(package)', enablement: TRUSTED },
  'neutron-lab.loadImage': { title: 'Load Node Image from File…', icon: '$(folder-opened)', enablement: TRUSTED },
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
  'neutron-lab.openWalkthrough': { title: 'Get Started' },
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
  'neutron-lab.openLesson': { title: 'Open Lesson…', icon: '$(notebook)' },
  'neutron-lab.newLesson': { title: 'New Lesson…', icon: '$(new-file)' },
  'neutron-lab.openLessonAsText': { title: 'Open Lesson as Text', icon: '$(markdown)', palette: false },
  'neutron-lab.startLesson': {
    title: 'Start Lab of Lesson',
    icon: '$(play-circle)',
    enablement: TRUSTED,
    palette: IN_LESSON,
  },
  'neutron-lab.repairLesson': { title: 'Repair Lesson', icon: '$(wrench)', enablement: TRUSTED, palette: IN_LESSON },
  'neutron-lab.resetLesson': { title: 'Reset Lesson', icon: '$(discard)', enablement: TRUSTED, palette: IN_LESSON },
  'neutron-lab.solveLesson': {
    title: 'Catch Up to a Step…',
    icon: '$(debug-step-over)',
    enablement: TRUSTED,
    palette: IN_LESSON,
  },
  'neutron-lab.stopCapture': { title: 'Stop Capture', icon: '$(debug-stop)', enablement: 'isWorkspaceTrusted' },
} as const satisfies Record<`neutron-lab.${string}`, CommandEntry>;

export type CommandId = keyof typeof COMMANDS;
