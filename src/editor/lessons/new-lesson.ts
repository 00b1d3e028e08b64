/** A new lesson: a folder with a lab file and a text that works as it is. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { skeletonOf } from '../../lesson/lint/skeleton.js';
import { LabError } from '../../model/errors.js';
import { LESSON_FILE } from '../manifest/lessons.js';
import { chooseFolder, writeNew } from '../new-lab/lab-folder.js';

export async function createLesson(): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: l10n.t('New lesson'),
    prompt: l10n.t('What is it called? The name becomes that of its folder and of its lab, as in 16-my-lesson.'),
    value: 'my-lesson',
    validateInput: wrong,
  });
  if (name === undefined) return;
  const place = await chooseFolder('lesson');
  if (place === null) return;
  const folder = vscode.Uri.joinPath(place.uri, name);
  const { lab, start, lesson } = skeletonOf(name);
  await write(vscode.Uri.joinPath(folder, lab), start);
  await write(vscode.Uri.joinPath(folder, LESSON_FILE), lesson);
  if (place.opens) await vscode.commands.executeCommand('vscode.openFolder', place.uri);
  else await vscode.commands.executeCommand('vscode.open', vscode.Uri.joinPath(folder, LESSON_FILE));
}

/** Undefined where the name is good. */
function wrong(name: string): string | undefined {
  try {
    skeletonOf(name);
    return undefined;
  } catch (error) {
    return error instanceof LabError ? `${error.message} ${error.remedy}` : String(error);
  }
}

async function write(uri: vscode.Uri, text: string): Promise<void> {
  if (await writeNew(uri, text)) return;
  throw new LabError(
    'FileExists',
    l10n.t('There is a file {0} already.', vscode.workspace.asRelativePath(uri)),
    l10n.t('Take another name.'),
  );
}
