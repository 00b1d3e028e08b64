/** The lessons of a folder, each in a folder of its own, `NN-name/lesson.md`. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LabError } from '../model/errors.js';
import { type LessonReading, readLesson } from './format/read.js';

export const LESSON_FILE = 'lesson.md';

export interface LessonFile {
  /** The path of its lesson.md. */
  readonly path: string;
  /** The name of its folder, `02-network-and-subnet`: progress is kept under it. */
  readonly id: string;
  /** Null where its folder has none. */
  readonly number: number | null;
  readonly text: string;
  readonly reading: LessonReading;
}

export class LessonNotFound extends LabError {
  constructor(message: string, remedy: string) {
    super('LessonNotFound', message, remedy);
  }
}

/** By number, then by name. */
export async function lessonsIn(folder: string): Promise<LessonFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name, LESSON_FILE);
      return (await isFile(path)) ? await openLesson(path) : null;
    }),
  );
  const order = ({ number, id }: LessonFile): string => `${String(number ?? 9999).padStart(4, '0')} ${id}`;
  return files.filter((file) => file !== null).sort((one, other) => (order(one) < order(other) ? -1 : 1));
}

/** @param path Of lesson.md, or of its folder. @throws LessonNotFound */
export async function openLesson(path: string): Promise<LessonFile> {
  const info = await stat(path).catch(() => null);
  const file = info?.isDirectory() === true ? join(path, LESSON_FILE) : path;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const why =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'is not there' : 'cannot be read';
    throw new LessonNotFound(`${file} ${why}.`, `Name a lesson.md or the folder that holds it.`);
  });
  const id = basename(dirname(resolve(file)));
  const number = /^(\d{1,4})-/.exec(id)?.[1];
  return { path: file, id, number: number === undefined ? null : Number(number), text, reading: readLesson(text) };
}

/**
 * What a person calls a lesson: a path, its number, its name, or both as its folder has them.
 * @param folder Of the lessons that have numbers and names
 * @throws LessonNotFound
 */
export async function findLesson(word: string, folder: string): Promise<LessonFile> {
  if (/[\\/]|\.md$|^\.$/.test(word)) return await openLesson(word);
  const lessons = await lessonsIn(folder);
  const found = lessons.find(
    ({ id, number }) =>
      id === word || id.replace(/^\d+-/, '') === word || (/^\d+$/.test(word) && Number(word) === number),
  );
  if (found) return found;
  if (await isFile(join(word, LESSON_FILE))) return await openLesson(word);
  const names = lessons.map(({ id }) => id).join(', ');
  throw new LessonNotFound(
    `There is no lesson "${word}".`,
    `There is ${names}; a lesson of your own is named by its path.`,
  );
}

/** The text of the lab file that a lesson begins with. @throws LessonNotFound */
export async function startOf({ path, reading }: LessonFile): Promise<string> {
  const file = join(dirname(path), reading.head?.lab ?? '');
  return await readFile(file, 'utf8').catch(() => {
    throw new LessonNotFound(
      `The lab file of this lesson is not there: ${file}.`,
      'Put it beside lesson.md, or correct `lab`.',
    );
  });
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
