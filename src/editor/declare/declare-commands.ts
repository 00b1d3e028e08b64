/** The commands that declare: each asks what is needed and writes one edit into the lab file. */
import * as l10n from '@vscode/l10n';
import { LabError } from '../../model/errors.js';
import type { Handlers } from '../commands.js';
import type { Services } from '../services.js';
import type { TreeNode } from '../tree/labs-view.js';
import { askAndDelete } from './delete-rows.js';
import { editableLab } from './editable-lab.js';
import type { FlowMaker } from './flow.js';
import { editRow } from './flows/edit.js';
import { addFloatingIp, associate } from './flows/floating-ips.js';
import { addInstance, attachInstance } from './flows/instances.js';
import { addNetwork, addSubnet } from './flows/networks.js';
import { addNode } from './flows/nodes.js';
import { renameRow } from './flows/rename.js';
import { addInterface, addRoute, setRouterGateway } from './flows/router-parts.js';
import { addRouter } from './flows/routers.js';
import { addRule, addSecurityGroup } from './flows/security-groups.js';
import { openInFile } from './open-in-file.js';
import { targetOfRow } from './row-target.js';

export function declareCommands(services: Services) {
  /** One that needs no row, and takes its id where there is one. */
  const adds =
    (kind: string | null, make: (id?: string) => FlowMaker) =>
    async (word?: TreeNode): Promise<void> => {
      const about = word?.row.about;
      await ask(services, word, make(about?.kind === kind ? about.id : undefined));
    };
  return {
    'neutron-lab.addNetwork': adds(null, () => addNetwork),
    'neutron-lab.addSubnet': adds('network', addSubnet),
    'neutron-lab.addRouter': adds(null, () => addRouter),
    'neutron-lab.addInterface': adds('router', addInterface),
    'neutron-lab.setGateway': adds('router', setRouterGateway),
    'neutron-lab.addRoute': adds('router', addRoute),
    'neutron-lab.addInstance': adds(null, () => addInstance),
    'neutron-lab.attachNetwork': adds('instance', attachInstance),
    'neutron-lab.addFloatingIp': adds('instance', addFloatingIp),
    'neutron-lab.associateFloatingIp': async (word?: TreeNode) => {
      const [{ row }] = await rowsOf(services, word);
      await ask(services, word, associate(row.about.id));
    },
    'neutron-lab.addSecurityGroup': adds(null, () => addSecurityGroup),
    'neutron-lab.addRule': adds('securityGroup', addRule),
    'neutron-lab.addNode': adds(null, () => addNode),
    'neutron-lab.rename': async (word?: TreeNode) => {
      const [node] = await rowsOf(services, word);
      const target = targetOfRow(node.row.about);
      if (target === null) throw nothingChosen();
      await ask(services, node, renameRow(node.row.about, target));
    },
    'neutron-lab.edit': async (word?: TreeNode) => {
      const [node] = await rowsOf(services, word);
      await ask(services, node, editRow(node.row.about));
    },
    'neutron-lab.delete': async (word?: TreeNode, all?: readonly TreeNode[]) => {
      await askAndDelete(services, await rowsOf(services, word, all));
    },
    'neutron-lab.openInFile': async (word?: TreeNode) => {
      const [node] = await rowsOf(services, word);
      await openInFile(services, await editableLab(services, node), node.row.about);
    },
  } satisfies Handlers;
}

/** Asks, writes, and shows what there is now. */
async function ask(services: Services, word: TreeNode | undefined, make: FlowMaker): Promise<void> {
  const entry = await editableLab(services, word);
  const made = await services.edits.ask(entry, make);
  if (made !== null) await services.view.show(entry.key, made);
}

/** What was clicked on, all that is selected with it, or by the keyboard what is selected. @throws LabError where nothing is */
async function rowsOf(
  { view }: Services,
  word: TreeNode | undefined,
  all: readonly TreeNode[] = [],
): Promise<readonly [TreeNode, ...TreeNode[]]> {
  const chosen = word === undefined ? await view.selection.rows() : all.includes(word) ? all : [word];
  const [first, ...more] = chosen;
  if (first === undefined) throw nothingChosen();
  return [first, ...more];
}

function nothingChosen(): LabError {
  return new LabError(
    'NothingChosen',
    l10n.t('Nothing is selected that this could be done to.'),
    l10n.t('Select it in the Labs view.'),
  );
}
