/** The engine and the image for tests on the real thing; without an engine they are skipped and say why. */
import { randomUUID } from 'node:crypto';
import { openRuntime } from '../../../src/docker/dockerode-runtime.js';
import { SubnetTakenError } from '../../../src/docker/engine-errors.js';
import { chooseUnderlaySubnet } from '../../../src/docker/free-subnet.js';
import { ensureImage } from '../../../src/docker/image.js';
import type { ExecOptions, NodeContainer, Runtime, UnderlayNetwork } from '../../../src/docker/runtime.js';
import { LabError } from '../../../src/model/errors.js';
import { testLabName } from '../../support/lab-name.js';
import { skipReason } from '../../support/skip.js';

export async function openOrSkip(context: Mocha.Context): Promise<Runtime> {
  try {
    return await openRuntime();
  } catch (error) {
    if (error instanceof LabError) return skipReason(context, error.message);
    throw error;
  }
}

/** The node image, made where it is not there yet. */
export async function nodeImage(runtime: Runtime, context: Mocha.Context): Promise<string> {
  context.timeout(300_000);
  return (await ensureImage(runtime)).image.tag;
}

/** A lab of its own for one test file, found again and taken away by its label. */
export class Bench {
  readonly lab = testLabName(randomUUID().slice(0, 8));
  readonly #runtime: Runtime;
  readonly #image: string;
  #underlay: Promise<UnderlayNetwork> | null = null;
  #count = 0;

  constructor(runtime: Runtime, image: string) {
    this.#runtime = runtime;
    this.#image = image;
  }

  underlay(): Promise<UnderlayNetwork> {
    this.#underlay ??= this.#createUnderlay([]);
    return this.#underlay;
  }

  /** Other tests and labs may take the subnet first. */
  async #createUnderlay(refused: readonly string[]): Promise<UnderlayNetwork> {
    const used = await this.#runtime.usedSubnets();
    const subnet = chooseUnderlaySubnet([...used, ...refused], this.#runtime.engine.local);
    return this.#runtime.createUnderlay(this.lab, subnet, '1').catch((error: unknown) => {
      if (!(error instanceof SubnetTakenError) || refused.length > 5) throw error;
      return this.#createUnderlay([...refused, subnet]);
    });
  }

  async node(name: string): Promise<NodeContainer> {
    const { id, subnet } = await this.underlay();
    this.#count += 1;
    const address = subnet.replace(/\.0\/24$/, `.${10 + this.#count}`);
    const spec = { lab: this.lab, node: name, version: '1', image: this.#image, underlay: id, address };
    return this.#runtime.createNode(spec);
  }

  async runningNode(name: string): Promise<NodeContainer> {
    const node = await this.node(name);
    await this.#runtime.start(node.id);
    return node;
  }

  async remove(): Promise<void> {
    const nodes = await this.#runtime.listNodes(this.lab);
    await Promise.all(nodes.map(({ id }) => this.#runtime.remove(id)));
    for (const { id } of await this.#runtime.listUnderlays(this.lab)) await this.#runtime.removeUnderlay(id);
  }
}

export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, with this as its standard input. */
export async function run(
  runtime: Runtime,
  id: string,
  argv: readonly string[],
  stdin = '',
  options: Omit<ExecOptions, 'argv'> = {},
): Promise<Output> {
  const session = await runtime.exec(id, { argv, ...options });
  session.stdin.end(stdin);
  const [stdout, stderr, code] = await Promise.all([session.stdout.toArray(), session.stderr.toArray(), session.exit]);
  return {
    code,
    stdout: Buffer.concat(stdout as Buffer[]).toString(),
    stderr: Buffer.concat(stderr as Buffer[]).toString(),
  };
}
