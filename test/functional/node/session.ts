/** A client of the node's program, by `docker exec`: netstring lists in, JSON lines out (containers/node/PROTOCOL.md). */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const LineShape = z.looseObject({ id: z.number().nullish(), type: z.string() });
export type Line = z.infer<typeof LineShape>;
type Waiter = (line: Line) => void;

/** Fields of a step after its header, by the protocol's table. */
export interface TestStep {
  readonly type: 'run' | 'spawn' | 'write' | 'remove' | 'signal';
  readonly namespace?: string;
  readonly fields: readonly string[];
}

export function run(namespace: string, command: string, stdin = ''): TestStep {
  return { type: 'run', namespace, fields: [stdin, ...command.split(' ')] };
}

export function write(path: string, content: string, mode = '644'): TestStep {
  return { type: 'write', fields: [path, mode, content] };
}

export function request(strings: readonly string[]): Buffer {
  const parts = [Buffer.from(`${strings.length}\n`)];
  for (const text of strings) {
    const bytes = Buffer.from(text);
    parts.push(Buffer.from(`${bytes.length}:`), bytes, Buffer.from(','));
  }
  return Buffer.concat(parts);
}

export class Session {
  readonly lines: Line[] = [];
  private nextId = 1;
  private readonly waiters = new Set<Waiter>();
  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = LineShape.parse(JSON.parse(text));
      this.lines.push(line);
      for (const waiter of [...this.waiters]) waiter(line);
    });
    child.stderr.on('data', (bytes: Buffer) => process.stderr.write(bytes));
  }

  static async open(container: string): Promise<Session> {
    const child = spawn('docker', ['exec', '-i', container, '/usr/libexec/neutron-lab/node', 'session']);
    const session = new Session(child);
    await session.until((line) => line.type === 'hello');
    return session;
  }

  /** The first line, of those that came and those to come, that the test is looking for. */
  until(wanted: (line: Line) => boolean, milliseconds = 15_000, from = 0): Promise<Line> {
    const there = this.lines.slice(from).find(wanted);
    if (there) return Promise.resolve(there);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiters.delete(waiter);
        reject(new Error(`no such line within ${milliseconds} ms; the last: ${JSON.stringify(this.lines.slice(-5))}`));
      }, milliseconds);
      const waiter = (line: Line): void => {
        if (!wanted(line)) return;
        clearTimeout(timer);
        this.waiters.delete(waiter);
        resolve(line);
      };
      this.waiters.add(waiter);
    });
  }

  send(verb: string, ...strings: readonly string[]): number {
    const id = this.nextId++;
    this.child.stdin.write(request([verb, String(id), ...strings]));
    return id;
  }

  raw(bytes: string | Buffer): void {
    this.child.stdin.write(bytes);
  }

  /** Sends and waits for the line of that type, or an error. */
  async ask(type: string, verb: string, ...strings: readonly string[]): Promise<Line> {
    const id = this.send(verb, ...strings);
    return await this.until((line) => line.id === id && (line.type === type || line.type === 'error'), 30_000);
  }

  async apply(...steps: readonly TestStep[]): Promise<Line> {
    const strings = steps.flatMap((step) => [
      ...[step.type, step.namespace ?? '', 'create', 'router 89b87758 edge one', 'because a test wants it'],
      ...[String(step.fields.length), ...step.fields],
    ]);
    return await this.ask('applied', 'apply', ...strings);
  }

  async run(namespace: string, command: string): Promise<{ code: number; stdout: string; stderr: string }> {
    const line = await this.ask('exit', 'run', namespace, '10000', '', ...command.split(' '));
    return z.object({ code: z.number(), stdout: z.string(), stderr: z.string() }).parse(line);
  }

  /** Ends the input; resolves with the exit code. */
  async close(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const ended = new Promise<number | null>((resolve) => this.child.once('close', resolve));
    this.child.stdin.end();
    return await ended;
  }
}
