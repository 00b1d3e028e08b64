/** The lessons that there are: those that come with the extension, and those of the workspace. */
import * as vscode from 'vscode';
import type { LessonHead } from '../../lesson/format/lesson.js';
import { readHead } from '../../lesson/format/head.js';
import { LESSON_FILE } from '../manifest/lessons.js';
import { readText } from './read-text.js';

export interface LessonEntryStep {
  readonly number: number;
  readonly title: string;
  /** Of its heading. */
  readonly line: number;
}

export interface LessonEntry {
  /** Of its folder, by which its copy is known: `03-dhcp`. */
  readonly name: string;
  /** As its folder begins; null: it has none. */
  readonly number: number | null;
  readonly head: LessonHead;
  /** Read when they are asked for: a list of lessons needs their heads only. */
  readonly steps: () => readonly LessonEntryStep[];
  /** As it comes with the extension; null for one of the workspace alone. */
  readonly bundled: vscode.Uri | null;
  /** In the workspace; null where nobody has opened it here yet. */
  readonly own: vscode.Uri | null;
}

/** More than a list can show. */
const MOST = 200;

/** By number, then by name. */
export async function findLessons(extension: vscode.Uri): Promise<readonly LessonEntry[]> {
  const [bundled, own] = await Promise.all([
    bundledLessons(extension),
    vscode.workspace.findFiles(`**/${LESSON_FILE}`, '**/{node_modules,.git,.cache}/**', MOST),
  ]);
  const names = new Map<string, { bundled: vscode.Uri | null; own: vscode.Uri | null }>();
  for (const uri of bundled) names.set(folderOf(uri), { bundled: uri, own: null });
  for (const uri of own) {
    const name = folderOf(uri);
    const known = names.get(name);
    // A second copy of the same name is found by its file.
    if (known?.own === undefined || known.own === null) names.set(name, { bundled: known?.bundled ?? null, own: uri });
  }
  const entries = await Promise.all([...names].map(([name, places]) => entryOf(name, places)));
  return entries
    .filter((entry) => entry !== null)
    .sort((one, other) => (one.number ?? Infinity) - (other.number ?? Infinity) || (one.name < other.name ? -1 : 1));
}

/** The name of a lesson by its file. */
export function folderOf(lesson: vscode.Uri): string {
  return lesson.path.split('/').at(-2) ?? '';
}

async function bundledLessons(extension: vscode.Uri): Promise<vscode.Uri[]> {
  const labs = vscode.Uri.joinPath(extension, 'labs');
  const folders = await vscode.workspace.fs.readDirectory(labs);
  const numbered = folders.filter(([name, type]) => type === vscode.FileType.Directory && /^\d{1,4}-/.test(name));
  return numbered.map(([name]) => vscode.Uri.joinPath(labs, name, LESSON_FILE));
}

/** Null for a file that is no lesson. */
async function entryOf(
  name: string,
  { bundled, own }: Pick<LessonEntry, 'bundled' | 'own'>,
): Promise<LessonEntry | null> {
  const uri = own ?? bundled;
  if (uri === null) return null;
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const head = headOf(text);
    if (head === null) return null;
    const number = /^(\d{1,4})-/.exec(name)?.[1];
    const steps = (): LessonEntryStep[] =>
      (readText(text).lesson?.steps ?? []).map(({ number: nth, title, range }) => ({
        number: nth,
        title,
        line: range.line,
      }));
    return { name, number: number === undefined ? null : Number(number), head, steps, bundled, own };
  } catch {
    return null;
  }
}

/** Without reading what follows it. */
function headOf(text: string): LessonHead | null {
  const [all = '', opening = '', body = ''] = /^(---[ \t]*\r?\n)([^]*?\r?\n)---[ \t]*(?=\r?\n|$)/.exec(text) ?? [];
  if (all === '') return null;
  const range = { start: 0, end: all.length, line: 1 };
  return readHead(text, {
    kind: 'front',
    range,
    body: { start: opening.length, end: opening.length + body.length, line: 2 },
  }).head;
}
