/**
 * Where a recording is kept while it goes on, so that it outlives the process that records: a file of this workspace's own
 * storage, for each lab one. What cannot be written is not kept, and the recording itself goes on.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TimelineEvent } from '../../experiment/timeline/event.js';
import type { TimelineRecorder } from '../../experiment/timeline/recorder.js';
import { RecordingReader, type RecordingState, linesOf, partOf } from '../../experiment/timeline/recording-text.js';

/** Milliseconds between two writes: so much is lost by a crash at most. */
const EVERY = 500;

/** Milliseconds after which a recording that nobody went on with is of no use. */
const OLD = 24 * 3600 * 1000;

export interface KeptRecording {
  readonly state: RecordingState;
  readonly recorder: TimelineRecorder;
}

export class RecordingFile {
  private path: string;
  private fresh: TimelineEvent[] = [];
  private written = '';
  private timer: NodeJS.Timeout | null = null;
  /** One write after the other. */
  private turn: Promise<void> = Promise.resolve();

  /** @param key what tells the lab from others of this workspace */
  constructor(
    private readonly folder: string,
    key: string,
  ) {
    this.path = pathOf(folder, key);
  }

  /** The lab is told from others by another key now. */
  moveTo(key: string): void {
    this.queue(async () => {
      const before = this.path;
      this.path = pathOf(this.folder, key);
      await rename(before, this.path);
    });
  }

  /** Null where there is none, or none of these containers in this boot. */
  async read(boot: string, containers: readonly string[]): Promise<KeptRecording | null> {
    const reader = new RecordingReader();
    try {
      await this.turn;
      for await (const line of createInterface({ input: createReadStream(this.path) })) {
        reader.take(line);
        // Of another life of the lab: the rest need not be read.
        if (reader.state && !isOf(reader.state, boot, containers)) return null;
      }
    } catch {
      return null;
    }
    const { state, recorder } = reader;
    return state && recorder && { state, recorder };
  }

  /** From now on this is all there is. */
  begin(state: RecordingState, { kept }: TimelineRecorder): void {
    this.fresh = [];
    this.written = JSON.stringify(state);
    const lines = [...linesOf({ state, ...kept })];
    this.queue(async () => {
      await mkdir(dirname(this.path), { recursive: true });
      await writeFile(`${this.path}.new`, lines, { mode: 0o600 });
      await rename(`${this.path}.new`, this.path);
    });
  }

  /** Soon, with what else comes until then. */
  add(event: TimelineEvent, state: () => RecordingState | null): void {
    this.fresh.push(event);
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.save(state());
    }, EVERY);
  }

  /** Now. @param state null: as it was */
  save(state: RecordingState | null): void {
    const { fresh } = this;
    const now = state === null ? this.written : JSON.stringify(state);
    const changed = now !== this.written;
    if (!changed && fresh.length === 0) return;
    this.fresh = [];
    this.written = now;
    const text = [...linesOf(partOf(changed ? state : null, fresh))].join('');
    this.queue(() => appendFile(this.path, text, { mode: 0o600 }));
  }

  /** Nothing is left to be written. */
  async end(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    await this.turn;
  }

  async remove(): Promise<void> {
    await this.end();
    await rm(this.path, { force: true }).catch(() => undefined);
  }

  private queue(task: () => Promise<void>): void {
    this.turn = this.turn.then(task).catch(() => undefined);
  }
}

function pathOf(folder: string, key: string): string {
  return join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 16)}.jsonl`);
}

/** A node may have been made anew meanwhile; one that is the same makes it the same lab. */
function isOf(state: RecordingState, boot: string, containers: readonly string[]): boolean {
  return state.boot === boot && state.containers.some((id) => containers.includes(id));
}

/** Of labs whose pictures nobody has opened again. */
export async function removeOldRecordings(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > OLD) await rm(path, { force: true }).catch(() => undefined);
  }
}
