/** Runs the program as a person would: the bundled one, a process of its own, with a deadline. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBundled } from '../../../src/bootstrap/install.mjs';
import { testLabName } from '../../support/lab-name.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
// A mocha that was started by hand may find one that is older than the sources.
await ensureBundled(ROOT);

/** What `npx neutron-lab` runs. */
export const MAIN = join(ROOT, 'dist', 'cli.js');
const DEADLINE = 60_000;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when standard output holds it. Rejects when the program ends before. */
  says(what: RegExp): Promise<void>;
}

export function start(words: readonly string[], input = ''): Started {
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: 'pipe', timeout: DEADLINE });
  child.stdin.on('error', () => undefined).end(input);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
  const says = (what: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (what.test(out)) resolve();
      };
      child.stdout.on('data', look);
      child.on('close', () => {
        reject(new Error(`it ended without saying ${String(what)}:\n${out}${err}`));
      });
      look();
    });
  return { child, ended, says };
}

export async function program(...words: readonly string[]): Promise<Ended> {
  return await start(words).ended;
}

/** A copy of a bundled lab under a name of this run, in a folder of its own. */
export class LabCopy {
  private constructor(
    readonly lab: string,
    readonly folder: string,
  ) {}

  static async of(bundled: string, name: string): Promise<LabCopy> {
    const source = new URL(`../../../labs/${bundled}/${bundled}.neutron.yaml`, import.meta.url);
    const folder = await mkdtemp(join(tmpdir(), 'neutron-lab-cli-'));
    const lab = testLabName(name);
    const text = (await readFile(source, 'utf8')).replace(/^lab:.*$/m, `lab: ${lab}`);
    await writeFile(join(folder, 'copy.neutron.yaml'), text);
    return new LabCopy(lab, folder);
  }

  /** Takes down what may be left, and the folder. */
  async remove(): Promise<void> {
    await program('down', this.lab);
    await rm(this.folder, { recursive: true, force: true });
  }
}
