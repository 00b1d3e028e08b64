/** A conversation with one node, over one `exec`. */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { ExecSession, Runtime } from '../../docker/runtime.js';
import { LabError } from '../../model/errors.js';
import { type ObservedDocument, observedDocument } from '../../reconcile/observed-document.js';
import type { Step } from '../../reconcile/step.js';
import {
  type ExitResult,
  type Hello,
  type NodeEvent,
  type ProbeEvent,
  type StepResult,
  applied,
  exitResult,
  hello,
  nodeEvent,
  probeEvent,
  stepResult,
} from './node-events.js';
import { type ProbeRequest, probeWords } from './probe-request.js';
import { encodeRequest, encodeStep } from './wire.js';

const PROGRAM = '/usr/libexec/neutron-lab/node';

const line = z.looseObject({ type: z.string(), id: z.coerce.number().optional() });
type Line = z.infer<typeof line>;

/** What `watch` may be asked for. */
export type WatchKind = 'addresses' | 'links' | 'processes' | 'adverts' | 'arp';

/** Something that goes on until it is stopped. */
export interface Subscription {
  /** Resolves when the node has said its last word about it; of one that is frozen nothing is waited for, or heard, any more. */
  stop(): Promise<void>;
}

/** Milliseconds in which a node that runs has said its last word. */
const LAST_WORD = 2000;

export class NodeUnreachable extends LabError {
  constructor(node: string, detail: string) {
    super('NodeUnreachable', `Node "${node}" cannot be reached: ${detail}.`, 'Run `neutron-lab up` to mend the lab.');
  }
}

/** One error for every word that is not of the protocol: a node of another version, or one that was tampered with. */
class NodeSpeaksOtherwise extends LabError {
  constructor(node: string, text: string) {
    super(
      'NodeSpeaksOtherwise',
      `Node "${node}" gave an answer that was not understood: ${text.slice(0, 200)}`,
      'Was it made by another version? `neutron-lab down` and `up` make it anew.',
    );
  }
}

export class NodeSession {
  private nextId = 1;
  private readonly listeners = new Map<number, (answer: Line) => void>();
  private readonly failures = new Map<number, (error: Error) => void>();
  private closedBy: Error | null = null;
  private greet: (hello: Hello) => void = () => undefined;
  private readonly greeted: Promise<Hello>;

  private constructor(
    readonly node: string,
    private readonly exec: ExecSession,
  ) {
    this.greeted = new Promise((resolve) => (this.greet = resolve));
    createInterface({ input: exec.stdout, crlfDelay: Infinity }).on('line', (text) => {
      this.receive(text);
    });
    let complaint = '';
    exec.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString('utf8')).slice(-2000)));
    const end = (detail: string): void => {
      this.fail(new NodeUnreachable(node, complaint.trim() === '' ? detail : complaint.trim()));
    };
    exec.exit.then(
      (code) => {
        end(`its session ended with code ${String(code)}`);
      },
      (error: unknown) => {
        end(error instanceof Error ? error.message : String(error));
      },
    );
  }

  static async open(runtime: Runtime, container: { id: string; node: string }): Promise<NodeSession> {
    const exec = await runtime.exec(container.id, { argv: [PROGRAM, 'session'] });
    return new NodeSession(container.node, exec);
  }

  /** The node's clock and boot id, told when the session began. */
  async hello(): Promise<Hello> {
    return await Promise.race([this.greeted, this.untilClosed()]);
  }

  get closed(): boolean {
    return this.closedBy !== null;
  }

  async observe(): Promise<ObservedDocument> {
    const answer = await this.ask(['observe'], 'observed');
    return this.parse(observedDocument, answer);
  }

  /**
   * Runs the steps in their order and stops at the first that fails.
   * @returns the results of the steps that ran
   */
  async apply(steps: readonly Step[], onStep: (result: StepResult) => void = () => undefined): Promise<StepResult[]> {
    const results: StepResult[] = [];
    const answer = await this.ask(['apply', ...steps.flatMap(encodeStep)], 'applied', (part) => {
      if (part.type !== 'step') return;
      const result = this.parse(stepResult, part);
      results.push(result);
      onStep(result);
    });
    this.parse(applied, answer);
    return results;
  }

  /** Runs a command to its end in a namespace and gives what it printed; 124 is the code of one that took too long. */
  async run(
    namespace: string,
    argv: readonly string[],
    options: { timeoutMs?: number; stdin?: string } = {},
  ): Promise<ExitResult> {
    const words = ['run', namespace, String(options.timeoutMs ?? 30_000), options.stdin ?? '', ...argv];
    return this.parse(exitResult, await this.ask(words, 'exit'));
  }

  /** Resolves when the node watches; from then on no event is missed. */
  async watch(kinds: readonly WatchKind[], onEvent: (event: NodeEvent) => void): Promise<Subscription> {
    return await this.subscribe(['watch', kinds.join(' ')], 'watching', (part) => {
      if (part.type !== 'done') onEvent(this.parse(nodeEvent, part));
    });
  }

  /** Until it is stopped. */
  async probe(request: ProbeRequest, onEvent: (event: ProbeEvent) => void): Promise<Subscription> {
    return await this.subscribe(probeWords(request), null, (part) => {
      onEvent(this.parse(probeEvent, part));
    });
  }

  /** Gives back what comes over TCP to a port of a namespace, until it is stopped. */
  async echo(namespace: string, port: number): Promise<Subscription> {
    return await this.subscribe(['echo', namespace, String(port)], 'listening', () => undefined);
  }

  close(): void {
    this.exec.close();
    this.fail(new NodeUnreachable(this.node, 'the session was closed'));
  }

  private parse<T>(schema: z.ZodType<T>, value: unknown): T {
    const result = schema.safeParse(value);
    if (!result.success)
      throw new NodeSpeaksOtherwise(this.node, `${z.prettifyError(result.error)} in ${JSON.stringify(value)}`);
    return result.data;
  }

  private receive(text: string): void {
    let answer: Line;
    try {
      const value: unknown = JSON.parse(text);
      answer = this.parse(line, value);
      if (answer.type === 'hello') {
        this.greet(this.parse(hello, value));
        return;
      }
    } catch (error) {
      // Half a line is the last word of a session that was cut.
      const cut = error instanceof SyntaxError && !text.endsWith('}');
      if (cut) this.fail(new NodeUnreachable(this.node, 'its session broke off'));
      else this.fail(error instanceof LabError ? error : new NodeSpeaksOtherwise(this.node, text));
      return;
    }
    if (answer.id === undefined) return;
    try {
      this.listeners.get(answer.id)?.(answer);
    } catch (error) {
      this.failures.get(answer.id)?.(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private fail(error: Error): void {
    this.closedBy ??= error;
    for (const failure of this.failures.values()) failure(error);
    this.failures.clear();
    this.listeners.clear();
  }

  private async untilClosed(): Promise<never> {
    return await new Promise<never>((_, reject) => {
      if (this.closedBy) reject(this.closedBy);
      else this.failures.set(-this.nextId++, reject);
    });
  }

  private send(words: readonly string[], id: number): void {
    const [verb = '', ...rest] = words;
    this.exec.stdin.write(encodeRequest([verb, String(id), ...rest]));
  }

  private async ask(
    words: readonly string[],
    last: string,
    onPart: (part: Line) => void = () => undefined,
  ): Promise<Line> {
    const id = this.nextId++;
    return await new Promise<Line>((resolve, reject) => {
      if (this.closedBy) {
        reject(this.closedBy);
        return;
      }
      const forget = (): void => {
        this.listeners.delete(id);
        this.failures.delete(id);
      };
      this.failures.set(id, (error) => {
        forget();
        reject(error);
      });
      this.listeners.set(id, (answer) => {
        if (answer.type === last) {
          forget();
          resolve(answer);
        } else if (answer.type === 'error') {
          forget();
          reject(new NodeSpeaksOtherwise(this.node, String(answer.message)));
        } else {
          onPart(answer);
        }
      });
      this.send(words, id);
    });
  }

  private async subscribe(
    words: readonly string[],
    first: string | null,
    onPart: (part: Line) => void,
  ): Promise<Subscription & { done: Promise<void> }> {
    const id = this.nextId++;
    let finish: () => void = () => undefined;
    let givenUp = false;
    const done = new Promise<void>((resolve) => (finish = resolve));
    await new Promise<void>((resolve, reject) => {
      if (this.closedBy) {
        reject(this.closedBy);
        return;
      }
      this.failures.set(id, (error) => {
        reject(error);
        finish();
      });
      this.listeners.set(id, (part) => {
        if (part.type === 'error') {
          reject(new NodeSpeaksOtherwise(this.node, String(part.message)));
          finish();
          return;
        }
        if (part.type === first) resolve();
        else if (!givenUp) onPart(part);
        if (part.type === 'done') {
          this.listeners.delete(id);
          this.failures.delete(id);
          finish();
        }
      });
      this.send(words, id);
      if (first === null) resolve();
    });
    return {
      done,
      stop: async () => {
        if (this.closedBy) return;
        this.send(['cancel', String(id)], this.nextId++);
        const timer = setTimeout(() => {
          givenUp = true;
          finish();
        }, LAST_WORD);
        await done;
        clearTimeout(timer);
      },
    };
  }
}
