/** Gets an engine on a machine that has none, or starts the one that is there. One that answers is never touched. */
import { spawn } from 'node:child_process';
import { existsSync, openSync, closeSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { EngineOptions } from './engine-candidates.js';
import {
  type EngineInstallation,
  EngineInstallationError,
  type InstallationStep,
  type MachineFacts,
  engineInstallation,
} from './engine-installation.js';
import { CancelledError, EngineNotFoundError } from './engine-errors.js';
import { findEngine } from './find-engine.js';
import { thisOperatingSystem } from './operating-system.js';
import { hasProgram, runProgram } from './run-program.js';
import type { Engine, ProgressListener } from './runtime.js';

/** Where Debian's dockerd listens. */
const SOCKET = '/var/run/docker.sock';

/** How long an engine that was started has until it answers. Milliseconds; 1 s is usual. */
const PATIENCE = 30_000;

export interface InstallOptions extends EngineOptions {
  readonly progress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/**
 * What `installEngine` would do here; null where an engine answers already.
 *
 * @throws EngineInstallationError, and what findEngine throws where an engine is named that does not answer
 */
export async function plannedInstallation(options: EngineOptions = {}): Promise<EngineInstallation | null> {
  if ((await answering(options)) !== null) return null;
  return engineInstallation(await machineFacts());
}

/**
 * Installs and starts Debian's engine.
 *
 * @throws as plannedInstallation; ProgramFailedError, CancelledError
 */
export async function installEngine(options: InstallOptions = {}): Promise<Engine> {
  const { progress = () => undefined, signal } = options;
  const there = await answering(options);
  if (there !== null) return there;
  const { install, start } = engineInstallation(await machineFacts());
  for (const step of install) {
    progress(`${step.argv.join(' ')}  (${step.why})`, 'stage');
    await runProgram(step.argv, { env: { DEBIAN_FRONTEND: 'noninteractive' }, signal, onProgress: progress });
  }
  return startEngine(start, SOCKET, progress, signal);
}

/**
 * Tries each way until the engine answers on the socket.
 *
 * @throws EngineInstallationError, CancelledError
 */
export async function startEngine(
  ways: readonly InstallationStep[],
  socket: string,
  progress: ProgressListener,
  signal?: AbortSignal,
): Promise<Engine> {
  const failures: string[] = [];
  for (const way of ways) {
    progress(`${way.argv.join(' ')}  (${way.why})`, 'stage');
    try {
      if (way.log === undefined) {
        await runProgram(way.argv, { signal, onProgress: progress });
        return await answerOn(socket, () => null, signal);
      }
      const exited = startInBackground(way.argv, way.log);
      return await answerOn(socket, exited, signal);
    } catch (error) {
      if (error instanceof CancelledError || !(error instanceof Error)) throw error;
      progress(error.message, 'stage');
      failures.push(error.message.replace(/\.$/, ''));
    }
  }
  const logs = ways.flatMap(({ log }) => log ?? []);
  throw new EngineInstallationError(
    `it could not be started: ${failures.join('; ')}`,
    logs.length > 0 ? `See ${logs.join(', ')} for what it said.` : 'See "journalctl -u docker" for what it said.',
  );
}

/** In a session of its own, so that it outlives this process and its terminal. Tells why it ended, if it did. */
function startInBackground(argv: readonly string[], log: string): () => string | null {
  const [program = '', ...args] = argv;
  const output = openSync(log, 'a');
  const child = spawn(program, args, { detached: true, stdio: ['ignore', output, output], cwd: '/' });
  closeSync(output);
  let ended: string | null = null;
  child.on('error', (error) => (ended = error.message));
  child.on('exit', (code, by) => (ended = `${program} ended with ${String(code ?? by)}: ${lastLine(log)}`));
  child.unref();
  return () => ended;
}

/** Asks until it answers: neither a service manager nor dockerd tells anyone when the socket is ready. */
async function answerOn(socket: string, ended: () => string | null, signal?: AbortSignal): Promise<Engine> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      const { engine, connection } = await findEngine({ setting: socket });
      connection.agent.destroy();
      return { ...engine, foundBy: 'default', found: `the default socket ${socket}` };
    } catch (error) {
      if (!(error instanceof EngineNotFoundError)) throw error;
    }
    const reason = ended() ?? (Date.now() > deadline ? `no answer on ${socket} within ${PATIENCE / 1000} s` : null);
    if (reason !== null) throw new Error(reason);
    await delay(100, undefined, signal ? { signal } : {}).catch(() => {
      throw new CancelledError('The start of the container engine');
    });
  }
}

/** The engine that answers, null where none is named and none answers. */
async function answering(options: EngineOptions): Promise<Engine | null> {
  try {
    const { engine, connection } = await findEngine(options);
    connection.agent.destroy();
    return engine;
  } catch (error) {
    if (error instanceof EngineNotFoundError && !error.named) return null;
    throw error;
  }
}

async function machineFacts(): Promise<MachineFacts> {
  return {
    system: await thisOperatingSystem(),
    root: process.getuid?.() === 0,
    dockerd: hasProgram('dockerd'),
    iptables: hasProgram('iptables'),
    systemd: existsSync('/run/systemd/system'),
    initScript: existsSync('/etc/init.d/docker'),
  };
}

function lastLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '';
  } catch {
    return '';
  }
}
