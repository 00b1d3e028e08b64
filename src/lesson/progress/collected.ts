/** What learners left for a trainer, and what of it cannot be read. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LabError } from '../../model/errors.js';
import { PATIENCE, isEndpoint, reasonOf } from './endpoint.js';
import { type Progress, progressSchema } from './progress.js';

const unreadSchema = z.object({
  /** Its name in the folder. */
  file: z.string().max(300),
  /** A part of a sentence. */
  why: z.string().max(1000),
  remedy: z.string().max(1000),
});

/** A file that is not a learner's progress, or is one that cannot be read: somebody who is missing in the room. */
export type Unread = z.infer<typeof unreadSchema>;

export interface Collected {
  readonly progress: readonly Progress[];
  readonly unread: readonly Unread[];
}

const ANEW = 'The next check of its learner writes it anew; where it is nobody’s, remove it.';

/** What learners left there. @throws LabError where nothing can be read */
export async function collected(target: string): Promise<Collected> {
  return isEndpoint(target) ? await fromEndpoint(target) : await fromFolder(target);
}

async function fromFolder(folder: string): Promise<Collected> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw nothingThere(folder, error);
  });
  // No learner's begins with a dot (`fileName`); what a file server or an editor leaves beside them may.
  const files = names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
  const all = await Promise.all(files.map(async (file) => await fromFile(folder, file)));
  return {
    progress: all.flatMap((one) => ('learner' in one ? [one] : [])),
    unread: all.flatMap((one) => ('learner' in one ? [] : [one])),
  };
}

async function fromFile(folder: string, file: string): Promise<Progress | Unread> {
  let text: string;
  try {
    text = await readFile(join(folder, file), 'utf8');
  } catch (error) {
    return { file, ...notOpened(error, join(folder, file)) };
  }
  const read = readText(text);
  return 'learner' in read ? read : { file, ...read };
}

function notOpened(error: unknown, path: string): Omit<Unread, 'file'> {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EACCES' || code === 'EPERM')
    return { why: 'your account may not read it', remedy: `Whose it is can let you: \`chmod a+r ${path}\`.` };
  if (code === 'EISDIR')
    return { why: 'it is a folder', remedy: 'Put it elsewhere: learners’ files are looked for here.' };
  return { why: reasonOf(error), remedy: 'Look at the folder: is it still there, and its disk in order?' };
}

function readText(text: string): Progress | Omit<Unread, 'file'> {
  if (text.trim() === '') return { why: 'it is empty, as where a disk was full', remedy: ANEW };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { why: 'it is no JSON; it may have been cut off', remedy: ANEW };
  }
  const { data, error } = progressSchema.safeParse(value);
  if (data) return data;
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : null;
  if (typeof version === 'number' && version > 1)
    return {
      why: `a newer Neutron Lab wrote it (version ${String(version)} of such files)`,
      remedy: 'Update Neutron Lab on this machine.',
    };
  const [issue] = error.issues;
  const place =
    issue === undefined || issue.path.length === 0 ? '' : `: \`${issue.path.map(String).join('.')}\` is wrong`;
  return { why: `it is not what Neutron Lab collects${place}`, remedy: ANEW };
}

/** As an endpoint answers; earlier ones had the list alone. */
const answerSchema = z.union([
  z.array(z.unknown()).transform((progress) => ({ progress, unread: [] as Unread[] })),
  z.object({ progress: z.array(z.unknown()), unread: z.array(unreadSchema) }),
]);

async function fromEndpoint(url: string): Promise<Collected> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) throw new Error(`it answered ${String(response.status)}`);
    const { data } = answerSchema.safeParse(await response.json().catch(() => null));
    if (!data) throw new Error('what it answers is no room of Neutron Lab');
    const progress = data.progress.flatMap((one) => progressSchema.safeParse(one).data ?? []);
    const lost = data.progress.length - progress.length;
    const strange: Unread[] =
      lost === 0
        ? []
        : [
            {
              file: url,
              why: `${String(lost)} of what it has is of another version`,
              remedy: 'Have the same Neutron Lab on both machines.',
            },
          ];
    return { progress, unread: [...data.unread, ...strange] };
  } catch (error) {
    throw nothingThere(url, error);
  }
}

export function parsed(text: string): Progress | null {
  const read = readText(text);
  return 'learner' in read ? read : null;
}

function nothingThere(target: string, error: unknown): LabError {
  return new LabError(
    'NoRoom',
    `Nothing can be read from ${target}: ${reasonOf(error)}.`,
    'Name the folder or endpoint that learners collect into.',
  );
}
