/** A lesson that comes with the extension, in the folder of whoever takes it. What is there already stays as it is. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import { LESSON_FILE } from '../manifest/lessons.js';
import { chooseFolder, writeNew } from '../new-lab/lab-folder.js';
import type { LessonEntry } from './catalogue.js';

export interface Copied {
  /** Its lesson.md. */
  readonly uri: vscode.Uri;
  /** The folder is not open yet: the window has to open it. */
  readonly opens: vscode.Uri | null;
}

/** @returns null where nobody chose a folder */
export async function copyLesson({ name, head, bundled }: LessonEntry): Promise<Copied | null> {
  if (bundled === null) throw new RangeError(`The lesson ${name} does not come with the extension.`);
  const place = await chooseFolder('lesson');
  if (place === null) return null;
  const folder = vscode.Uri.joinPath(place.uri, name);
  for (const file of [head.lab, LESSON_FILE]) {
    const target = vscode.Uri.joinPath(folder, file);
    if (await exists(target)) continue;
    const text = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(bundled, '..', file));
    if (!(await writeNew(target, new TextDecoder().decode(text))))
      throw new LabError(
        'FileNotWritten',
        l10n.t('{0} could not be written.', vscode.workspace.asRelativePath(target)),
        l10n.t('Is the folder writable?'),
      );
  }
  return { uri: vscode.Uri.joinPath(folder, LESSON_FILE), opens: place.opens ? place.uri : null };
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
