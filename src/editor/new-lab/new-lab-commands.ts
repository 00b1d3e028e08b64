/** A new lab file: from nothing, from a bundled lab, or from what runs. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import type { Handlers } from '../commands.js';
import { sentence } from '../declare/flow.js';
import { runWizard } from '../declare/run-wizard.js';
import { type Wizard, one } from '../declare/step.js';
import { chooseLab } from '../labs/choose-lab.js';
import type { Services } from '../services.js';
import type { TreeNode } from '../tree/labs-view.js';
import { chooseFolder, writeNew } from './lab-folder.js';
import { emptyLab, proposedName, renamedLab, templateChoices, templateOf, wrongName } from './templates.js';

export function newLabCommands(services: Services) {
  return {
    'neutron-lab.newLab': async () => {
      await newLab(services);
    },
    'neutron-lab.saveAsLabFile': async (word?: TreeNode) => {
      await saveAsLabFile(services, word);
    },
  } satisfies Handlers;
}

async function newLab(services: Services): Promise<void> {
  await services.files.all();
  const taken = new Set(services.labs.entries().map(({ name }) => name));
  const answers = await runWizard(wizard(taken));
  if (answers === null) return;
  const name = one(answers, 'name') ?? '';
  const template = templateOf(one(answers, 'template'));
  const text = template === null ? emptyLab(name) : renamedLab(await bundled(services, template), name);
  await create(services, name, text);
}

function wizard(taken: ReadonlySet<string>): Wizard {
  return {
    title: l10n.t('New lab'),
    steps: () => [
      {
        ask: 'text',
        key: 'name',
        prompt: l10n.t('What is the lab called? The name becomes part of the names of its containers.'),
        proposal: proposedName(taken),
      },
      { ask: 'one', key: 'template', prompt: l10n.t('What does it begin with?'), choices: templateChoices() },
    ],
    wrong: (answers) => {
      const refusal = wrongName(one(answers, 'name') ?? '', taken);
      return refusal === null ? null : sentence(refusal);
    },
  };
}

async function bundled({ context }: Services, template: string): Promise<string> {
  const uri = vscode.Uri.joinPath(context.extensionUri, 'labs', template, `${template}.neutron.yaml`);
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** Of a lab that runs, started from a file that is not in this workspace. */
async function saveAsLabFile(services: Services, word: TreeNode | undefined): Promise<void> {
  const { labs } = services;
  const { name } = await chooseLab(services, word, { which: 'running', title: l10n.t('Save which lab?') });
  const { runningLabText } = await import('../../model/import/running-lab.js');
  const text = await labs.withLive(name, ({ lab }) => Promise.resolve(runningLabText(lab)));
  await create(services, name, text);
}

/** Writes, opens and shows it. */
async function create({ files, view, inUse }: Services, name: string, text: string): Promise<void> {
  const folder = await chooseFolder('lab');
  if (folder === null) return;
  const uri = vscode.Uri.joinPath(folder.uri, `${name}.neutron.yaml`);
  if (!(await writeNew(uri, text)))
    throw new LabError(
      'FileExists',
      l10n.t('There is a file {0} already.', vscode.workspace.asRelativePath(uri)),
      l10n.t('Take another name.'),
    );
  if (folder.opens) {
    await vscode.commands.executeCommand('vscode.openFolder', folder.uri);
    return;
  }
  await vscode.window.showTextDocument(uri, { preview: false });
  await files.find();
  inUse.choose(uri.toString());
  await view.reveal(uri.toString());
}
