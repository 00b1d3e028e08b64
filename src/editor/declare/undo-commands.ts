/** Undo and redo while the keyboard is in the Labs view: of the file that declares what is selected there. */
import * as vscode from 'vscode';
import type { Handlers } from '../commands.js';
import type { Services } from '../services.js';
import { LABS_VIEW } from '../manifest/views.js';
import { editableLab } from './editable-lab.js';

export function undoCommands(services: Services) {
  return {
    'neutron-lab.undo': async () => {
      await inItsEditor(services, 'undo');
    },
    'neutron-lab.redo': async () => {
      await inItsEditor(services, 'redo');
    },
  } satisfies Handlers;
}

/** VS Code undoes in the editor that has the focus; so the file is shown, which is what one wants to look at then. */
async function inItsEditor(services: Services, verb: 'undo' | 'redo'): Promise<void> {
  const [selected] = services.view.view.selection;
  const { uri } = await editableLab(services, selected);
  const document = await vscode.workspace.openTextDocument(uri);
  const saved = !document.isDirty;
  await vscode.window.showTextDocument(document, { preview: true });
  await vscode.commands.executeCommand(verb);
  if (saved) await document.save();
  await vscode.commands.executeCommand(`${LABS_VIEW}.focus`);
}
