/** Progress for a trainer: only where the learner asked for it, into a folder or to an endpoint that they named. */
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../../model/errors.js';
import { type Progress, progressSchema } from './progress.js';
import { writeWhole } from './progress-file.js';

/** Milliseconds that an endpoint has to answer. */
const PATIENCE = 5000;

export function isEndpoint(target: string): boolean {
  return /^https?:\/\//i.test(target);
}

/** Never throws: a trainer's folder that is away is no reason for a learner to stop. @returns why it could not be left there, or null */
export async function collectInto(target: string, progress: Progress): Promise<string | null> {
  const text = JSON.stringify(progress);
  const name = `${fileName(progress.learner)}.json`;
  try {
    if (!isEndpoint(target)) {
      await mkdir(target, { recursive: true });
      await writeWhole(join(target, name), text);
      return null;
    }
    const response = await fetch(new URL(name, target.endsWith('/') ? target : `${target}/`), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: text,
      signal: AbortSignal.timeout(PATIENCE),
    });
    return response.ok ? null : `it answered ${String(response.status)}`;
  } catch (error) {
    return reasonOf(error);
  }
}

/** What learners left there. Files that are no progress are passed over. @throws LabError where nothing can be read */
export async function collected(target: string): Promise<Progress[]> {
  return isEndpoint(target) ? await fromEndpoint(target) : await fromFolder(target);
}

async function fromFolder(folder: string): Promise<Progress[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw nothingThere(folder, error);
  });
  const all = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map(async (name) => parsed(await readFile(join(folder, name), 'utf8').catch(() => ''))),
  );
  return all.filter((one) => one !== null);
}

async function fromEndpoint(url: string): Promise<Progress[]> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) throw new Error(`it answered ${String(response.status)}`);
    const list: unknown = await response.json();
    return Array.isArray(list) ? list.flatMap((one) => progressSchema.safeParse(one).data ?? []) : [];
  } catch (error) {
    throw nothingThere(url, error);
  }
}

export function parsed(text: string): Progress | null {
  try {
    return progressSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function nothingThere(target: string, error: unknown): LabError {
  return new LabError(
    'NoRoom',
    `Nothing can be read from ${target}: ${reasonOf(error)}.`,
    'Name the folder or endpoint that learners collect into.',
  );
}

/** `fetch` says no more than that it failed; why stands in the cause, of several addresses in each one's. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${String(PATIENCE / 1000)} s`;
  if ('code' in error && error.code === 'ENOENT') return 'there is no such folder';
  const { cause } = error;
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error ? first.message : error.message;
}

/** Of any name one that every file system takes. */
export function fileName(learner: string): string {
  return learner.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '_') || 'learner';
}
