// Running other programs: with a deadline, with their own group where they may leave children behind.
import { spawn } from 'node:child_process';

/** How much of a program's output is kept to explain its failure, in characters. */
const KEPT = 64 * 1024;
/** Milliseconds between asking a program that is over its time to end and ending it. */
const GRACE = 20_000;
/** Milliseconds for the output of a program that has ended. */
const LAST_WORDS = 1000;

/**
 * @typedef {object} RunOptions
 * @property {string} cwd
 * @property {Record<string, string>} [env] Added to the environment.
 * @property {number} [limit] Milliseconds after which it is ended: SIGINT first, SIGKILL after a grace.
 * @property {'inherit' | 'tee' | 'quiet'} [output] `tee` shows and keeps it, `quiet` only keeps it.
 * @property {boolean} [group] In a process group of its own; whatever of it is left at its end is ended too.
 *
 * @typedef {object} Ended
 * @property {number} code The exit code; 128 and more for a signal, 127 when it could not be started.
 * @property {boolean} late It was over its time.
 * @property {boolean} interrupted We were asked to end while it ran.
 * @property {string} output What was kept of standard output and error.
 */

/**
 * @param {readonly string[]} argv
 * @param {RunOptions} options
 * @returns {Promise<Ended>}
 */
export function run(argv, { cwd, env = {}, limit, output = 'inherit', group = false }) {
  const [command = '', ...args] = argv;
  return new Promise((resolve) => {
    let kept = '';
    let late = false;
    let interrupted = false;
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      detached: group,
    });
    /** @param {NodeJS.Signals} signal */
    const signalAll = (signal) => {
      if (child.pid === undefined) return;
      try {
        process.kill(group ? -child.pid : child.pid, signal);
      } catch {
        // Already gone.
      }
    };
    // A group of its own does not hear the terminal's Ctrl-C; a child in ours does, and we wait for it.
    const passOn = (/** @type {NodeJS.Signals} */ signal) => {
      interrupted = true;
      if (group || signal !== 'SIGINT') signalAll(signal);
    };
    process.on('SIGINT', passOn);
    process.on('SIGTERM', passOn);
    /** @type {NodeJS.Timeout[]} */
    const timers = [];
    if (limit !== undefined) {
      const overdue = () => {
        late = true;
        signalAll('SIGINT');
        timers.push(setTimeout(() => signalAll('SIGKILL'), GRACE));
      };
      timers.push(setTimeout(overdue, Math.max(0, limit)));
    }
    const keep = (/** @type {NodeJS.WriteStream} */ to) => (/** @type {Buffer} */ chunk) => {
      if (output === 'tee') to.write(chunk);
      kept = (kept + chunk.toString()).slice(-KEPT);
    };
    child.stdout?.on('data', keep(process.stdout));
    child.stderr?.on('data', keep(process.stderr));
    const end = (/** @type {number} */ code) => {
      timers.forEach((timer) => clearTimeout(timer));
      process.off('SIGINT', passOn);
      process.off('SIGTERM', passOn);
      if (group) signalAll('SIGKILL');
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve({ code, late, interrupted, output: kept });
    };
    child.on('error', (error) => {
      kept += error.message;
      end(127);
    });
    child.on('exit', (code, signal) => {
      const ended = code ?? (signal === 'SIGINT' ? 130 : 143);
      if (output === 'inherit') return end(ended);
      // Its last words are read, but a daemon that it started may hold the other end of the pipe for ever.
      const lastWords = setTimeout(() => end(ended), LAST_WORDS);
      child.on('close', () => {
        clearTimeout(lastWords);
        end(ended);
      });
    });
  });
}

/**
 * Why a program failed, in a sentence or two: from its last `error:` on, else its last line.
 *
 * @param {string} output
 */
export function reasonIn(output) {
  const lines = output.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '');
  const begin = said.findLastIndex((line) => line.startsWith('error: '));
  if (begin < 0) return said.at(-1) ?? 'it said nothing';
  return said.slice(begin).join(' ').replace('error: ', '');
}
