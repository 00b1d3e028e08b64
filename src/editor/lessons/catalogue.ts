/** The lessons that there are: those that come with the extension, and those of the workspace. */
import * as vscode from 'vscode';
import type { LessonHead } from '../../lesson/format/lesson.js';
import { readHead } from '../../lesson/format/head.js';
import type { Problem } from '../../model/lab-file/problems.js';
import { LESSON_FILE } from '../manifest/lessons.js';
import { readText } from './read-text.js';

export interface LessonEntryStep {
  readonly number: number;
  readonly title: string;
  /** Of its heading. */
  readonly line: number;
  /** In its text, also where it could be read in part only. */
  readonly errors: readonly Problem[];
}

export interface LessonEntry {
  /** Of its folder, by which its copy is known: `03-dhcp`. */
  readonly name: string;
  /** As its folder begins; null: it has none. */
  readonly number: number | null;
  readonly head: LessonHead;
  /** Its front matter cannot be read: the head says what is known without it. */
  readonly headless: boolean;
  /** Read when they are asked for: a list of lessons needs their heads only. */
  readonly steps: () => readonly LessonEntryStep[];
  /** In its text, outside of steps. */
  readonly errors: () => readonly Problem[];
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
    const read = headOf(text);
    const head = read ?? (isMeantAsLesson(text) ? await headWithout(name, text, own === null ? null : bundled) : null);
    if (head === null) return null;
    const number = /^(\d{1,4})-/.exec(name)?.[1];
    const steps = (): LessonEntryStep[] => {
      const { outline, problems } = readText(text);
      return outline.map(({ number: nth, title, lines }) => ({
        number: nth,
        title,
        line: lines[0],
        errors: problems.filter((one) => isError(one) && isIn(one, lines)),
      }));
    };
    const errors = (): Problem[] => {
      const { outline, problems } = readText(text);
      return problems.filter((one) => isError(one) && !outline.some(({ lines }) => isIn(one, lines)));
    };
    const nth = number === undefined ? null : Number(number);
    return { name, number: nth, head, headless: read === null, steps, errors, bundled, own };
  } catch {
    return null;
  }
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function isIn({ line }: Problem, [first, last]: readonly [number, number]): boolean {
  return line >= first && line <= last;
}

/** Some other Markdown may be called so. */
function isMeantAsLesson(text: string): boolean {
  return text.startsWith('---') && readText(text).outline.length > 0;
}

/** What is known of a lesson whose front matter cannot be read: that of the one it is a copy of, else its title or name. */
async function headWithout(name: string, text: string, original: vscode.Uri | null): Promise<LessonHead> {
  const head = original && headOf(new TextDecoder().decode(await vscode.workspace.fs.readFile(original)));
  const title = /^# +(.+?)\s*$/m.exec(text)?.[1] ?? name;
  return head ?? { title, summary: '', minutes: 0, books: [], lab: '', facts: [] };
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
