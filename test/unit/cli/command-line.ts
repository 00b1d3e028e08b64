/** Runs a command line in this process and keeps what it says. */
import { PassThrough } from 'node:stream';
import type { TerminalStreams } from '../../../src/cli/terminal.js';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function recorder(): { stream: PassThrough; text: () => string } {
  const stream = new PassThrough();
  const chunks: string[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  return { stream, text: () => chunks.join('') };
}

export async function commandLine(...words: readonly string[]): Promise<Said> {
  // Mocha may load this file as CommonJS, while commands are always imported: two instances of a module would differ.
  const [{ run }, { Terminal }] = await Promise.all([
    import('../../../src/cli/run.js'),
    import('../../../src/cli/terminal.js'),
  ]);
  const [stdin, out, err] = [recorder(), recorder(), recorder()];
  const streams = { stdin: stdin.stream, stdout: out.stream, stderr: err.stream, env: {} };
  const terminal = new Terminal(streams as unknown as TerminalStreams);
  const code = await run(words, terminal);
  await terminal.flush();
  return { code, out: out.text(), err: err.text() };
}
