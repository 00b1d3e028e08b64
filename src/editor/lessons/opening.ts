/** Opens a lesson: the learner's own copy of it, which is made first where there is none. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LESSON_NOTEBOOK } from '../manifest/lessons.js';
import type { LessonEntry } from './catalogue.js';
import { copyLesson } from './copy.js';
import type { LessonWord } from './open-lessons.js';
import type { LessonRow } from './rows.js';

/** Where the window has to open a folder first, the lesson is opened in the window that comes. */
const NEXT = 'lesson.next';

/** @returns Whether there is a copy now that was not there before */
export async function openLesson(
  context: vscode.ExtensionContext,
  find: () => Promise<readonly LessonEntry[]>,
  word: LessonWord,
  as: 'notebook' | 'text',
): Promise<boolean> {
  if (word instanceof vscode.Uri) {
    await show(word, null, as);
    return false;
  }
  const entry = isRow(word) ? word.lesson : await choose(await find());
  if (entry === null) return false;
  const step =
    isRow(word) && word.step !== null ? (entry.steps().find(({ number }) => number === word.step) ?? null) : null;
  if (entry.own) {
    await show(entry.own, step?.title ?? null, as);
    return false;
  }
  // Who wants to read the text of one that is not here yet is shown the one that comes with the extension.
  if (as === 'text' && entry.bundled) {
    await show(entry.bundled, null, as);
    return false;
  }
  const copied = await copyLesson(entry);
  if (copied === null) return false;
  if (copied.opens) {
    await context.globalState.update(NEXT, copied.uri.toString());
    await vscode.commands.executeCommand('vscode.openFolder', copied.opens);
    return true;
  }
  await show(copied.uri, step?.title ?? null, as);
  return true;
}

/** In the first window of a folder that was opened for the sake of a lesson. */
export async function openNextLesson(context: vscode.ExtensionContext): Promise<void> {
  const next = context.globalState.get<string>(NEXT);
  if (next === undefined) return;
  const uri = vscode.Uri.parse(next);
  if (!vscode.workspace.getWorkspaceFolder(uri)) return;
  await context.globalState.update(NEXT, undefined);
  await show(uri, null, 'notebook');
}

function isRow(word: unknown): word is LessonRow {
  return typeof word === 'object' && word !== null && 'lesson' in word;
}

async function choose(lessons: readonly LessonEntry[]): Promise<LessonEntry | null> {
  const items = lessons.map((lesson) => ({
    label: lesson.number === null ? lesson.head.title : `${String(lesson.number)} · ${lesson.head.title}`,
    description: l10n.t('{0} min', lesson.head.minutes),
    detail: lesson.head.summary,
    lesson,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: l10n.t('Which lesson?'), matchOnDetail: true });
  return chosen?.lesson ?? null;
}

/** @param title Of the step that is to be seen */
async function show(uri: vscode.Uri, title: string | null, as: 'notebook' | 'text'): Promise<void> {
  if (as === 'text') {
    await vscode.commands.executeCommand('vscode.openWith', uri, 'default');
    return;
  }
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  if (notebook.notebookType !== LESSON_NOTEBOOK) return;
  const editor = await vscode.window.showNotebookDocument(notebook, { preview: false });
  const cell = notebook
    .getCells()
    .find(({ document }) => title !== null && document.getText().startsWith(`## ${title}`));
  if (!cell) return;
  const range = new vscode.NotebookRange(cell.index, cell.index + 1);
  editor.selections = [range];
  editor.revealRange(range, vscode.NotebookEditorRevealType.AtTop);
}
