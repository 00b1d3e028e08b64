/** Labs for functional tests: on the real engine, with names of this run, and gone afterwards. */
import { readFile } from 'node:fs/promises';
import { openRuntime } from '../../src/docker/dockerode-runtime.js';
import { ensureImage } from '../../src/docker/image.js';
import type { Runtime } from '../../src/docker/runtime.js';
import { down } from '../../src/lab/bring-up/down.js';
import { waitUntilReady } from '../../src/lab/bring-up/ready.js';
import type { RunningLab } from '../../src/lab/running-lab.js';
import { type UpResult, planLab, up } from '../../src/lab/bring-up/up.js';
import { readLabFile } from '../../src/model/lab-file/read.js';
import type { Lab } from '../../src/model/resources.js';
import { commandLine } from '../../src/reconcile/plan.js';
import { testLabName } from './lab-name.js';

const VERSION = 'test';

/** The lab of a file's text under a name of this run. Fails with all problems where it is not valid. */
export function readTestLab(text: string, name: string, held?: Lab): Lab {
  const renamed = text.replace(/^lab:.*$/m, `lab: ${testLabName(name)}`);
  const { lab, problems } = readLabFile(renamed, held ? { held } : {});
  if (lab) return lab;
  throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
}

export async function bundledLab(name: string): Promise<string> {
  return await readFile(new URL(`../../labs/${name}/${name}.neutron.yaml`, import.meta.url), 'utf8');
}

/** Brings labs up, and takes down all of them at the end. */
export class TestBed {
  private readonly labs = new Set<string>();
  private readonly open: RunningLab[] = [];

  private constructor(
    readonly runtime: Runtime,
    readonly image: string,
  ) {}

  static async make(): Promise<TestBed> {
    const runtime = await openRuntime();
    const { image } = await ensureImage(runtime);
    return new TestBed(runtime, image.tag);
  }

  async up(lab: Lab, previous?: Lab, signal?: AbortSignal): Promise<UpResult> {
    this.labs.add(lab.name);
    const result = await up(this.runtime, lab, {
      image: this.image,
      version: VERSION,
      previous: previous ?? null,
      ...(signal && { signal }),
    });
    this.open.push(result.running);
    return result;
  }

  async upAndReady(lab: Lab): Promise<RunningLab> {
    const { running } = await this.up(lab);
    await waitUntilReady(running, lab);
    return running;
  }

  /** What `up` would do now, as a person would read it. */
  async plan(lab: Lab): Promise<string[]> {
    const plan = await planLab(this.runtime, lab, { image: this.image, version: VERSION });
    return [
      ...plan.engine.map((step) => `${step.action} ${step.node ?? ''}`),
      ...plan.steps.map((step) => `${step.node}: ${commandLine(step)} # ${step.why}`),
    ];
  }

  async down(lab: string): Promise<void> {
    await down(this.runtime, lab);
    this.labs.delete(lab);
  }

  /** For `after`: ends what is still there, and the connection. */
  async end(): Promise<void> {
    for (const running of this.open) running.close();
    for (const lab of [...this.labs]) await this.down(lab);
    this.runtime.close();
  }
}

/** Runs a command in a namespace of a node and gives its code and output. */
export async function inNamespace(
  running: RunningLab,
  node: string,
  namespace: string,
  argv: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  return await (await running.session(node)).run(namespace, argv);
}

/** True when one of three pings is answered. */
export async function reaches(
  running: RunningLab,
  node: string,
  namespace: string,
  destination: string,
): Promise<boolean> {
  const { code } = await inNamespace(running, node, namespace, [
    'ping',
    '-c',
    '3',
    '-i',
    '0.2',
    '-W',
    '2',
    destination,
  ]);
  return code === 0;
}
