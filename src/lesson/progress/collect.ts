/** Progress for a trainer: only where the learner asked for it, into a folder or to an endpoint that they named. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PATIENCE, isEndpoint, reasonOf } from './endpoint.js';
import type { Progress } from './progress.js';
import { writeWhole } from './progress-file.js';

/** Never throws: a trainer's folder that is away is no reason for a learner to stop. @returns why it could not be left there, or null */
export async function collectInto(target: string, progress: Progress): Promise<string | null> {
  const text = JSON.stringify(progress);
  const name = `${fileName(progress.learner)}.json`;
  try {
    if (!isEndpoint(target)) {
      await mkdir(target, { recursive: true });
      // It is there for a trainer to read, who has another account.
      await writeWhole(join(target, name), text, 0o644);
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

/** Of any name one that every file system takes. */
export function fileName(learner: string): string {
  return learner.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '_') || 'learner';
}
