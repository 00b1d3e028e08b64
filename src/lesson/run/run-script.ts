/** Runs the text of a cell where it says, and gives what it prints as it comes. */
import { StringDecoder } from 'node:string_decoder';
import { CancelledError } from '../../docker/engine-errors.js';
import { targetArgv } from '../../lab/exec-target.js';
import { leashed } from '../../lab/node/leash.js';
import { NodeUnreachable } from '../../lab/node/node-session.js';
import type { PlaceWord } from '../format/lesson.js';
import { type LabInUse, placeOf } from '../check/place.js';

export interface ScriptOptions {
  /** Seconds after which it is interrupted, as by ^C; null: it ends by itself. */
  readonly seconds?: number | null;
  readonly signal?: AbortSignal;
  readonly onOutput?: (text: string) => void;
}

export interface ScriptResult {
  /** 0 also for one that was interrupted after its time. */
  readonly code: number;
  /** Both its outputs, as they came. */
  readonly output: string;
  /** It was stopped by the signal. */
  readonly stopped: boolean;
}

/** Of timeout(1), for what it had to interrupt. */
const TIMED_OUT = 124;

/** @throws NoSuchTarget, AmbiguousName, NodeUnreachable, and what the engine throws */
export async function runScript(
  lab: LabInUse,
  on: PlaceWord,
  script: string,
  { seconds = null, signal, onOutput = () => undefined }: ScriptOptions = {},
): Promise<ScriptResult> {
  const target = await placeOf(lab, on);
  const container = lab.running.container(target.node);
  if (container.state !== 'running') throw new NodeUnreachable(target.node, `its container is ${container.state}`);
  // A shell without a terminal starts what it puts in the background with SIGINT ignored (POSIX, 2.11): env(1) mends that.
  // timeout(1) makes a process group of it all, and passes on to all of it what ends the cell.
  const bounded = [
    'env',
    '--default-signal=INT',
    'timeout',
    '--signal=INT',
    String(seconds ?? 0),
    'bash',
    '-c',
    script,
  ];
  const session = await lab.running.runtime.exec(container.id, {
    argv: leashed(targetArgv(target, bounded)),
    ...(signal && { signal }),
  });
  let output = '';
  for (const stream of [session.stdout, session.stderr]) {
    const decoder = new StringDecoder('utf8');
    stream.on('data', (chunk: Buffer) => {
      const text = decoder.write(chunk);
      output += text;
      onOutput(text);
    });
  }
  const ended = Promise.all(
    [session.stdout, session.stderr].map((stream) => new Promise((resolve) => stream.once('close', resolve))),
  );
  try {
    const code = await session.exit;
    await ended;
    return { code: seconds !== null && code === TIMED_OUT ? 0 : code, output, stopped: false };
  } catch (error) {
    if (error instanceof CancelledError || signal?.aborted === true) return { code: TIMED_OUT, output, stopped: true };
    throw error;
  }
}
