/** Deleting: what depends on it is told first, and nothing goes without a clear yes. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import type { Services } from '../services.js';
import type { TreeNode } from '../tree/labs-view.js';
import { deletionOf, questionOf } from './deletion.js';
import { editableLab } from './editable-lab.js';

export async function askAndDelete(services: Services, nodes: readonly [TreeNode, ...TreeNode[]]): Promise<void> {
  const [first] = nodes;
  const entry = await editableLab(services, first);
  const rows = nodes.map(({ row }) => row.about).filter(({ lab }) => lab === entry.key);
  const deletion = deletionOf(await services.edits.open(entry), rows);
  if (deletion === null)
    throw new LabError(
      'NothingToDelete',
      l10n.t('{0} is not declared by itself in the lab file.', first.row.about.name),
      l10n.t('Delete what it belongs to.'),
    );
  const question = questionOf(deletion);
  if (question !== null) {
    const { message, detail, button } = question;
    const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, button);
    if (answer !== button) return;
  }
  // The file may have changed while the question stood.
  await services.edits.write(entry, (file) => deletionOf(file, rows)?.edit ?? deletion.edit);
}
