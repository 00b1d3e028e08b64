import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { programOutput, runProgram } from '../../../src/docker/run-program.js';

describe('a program of this machine', () => {
  it('is followed line by line, and its last words tell why it failed', async () => {
    const lines: string[] = [];
    await runProgram(['sh', '-c', 'cat; echo two >&2'], { stdin: 'one\n', onProgress: (line) => lines.push(line) });
    assert.deepEqual(lines.sort(), ['one', 'two']);
    await assert.rejects(runProgram(['sh', '-c', 'echo no space >&2; exit 4']), /ended with 4: no space\.$/);
  });

  it('that fails half way fails its output', async () => {
    assert.equal((await buffer(programOutput(['printf', 'whole']))).toString(), 'whole');
    await assert.rejects(buffer(programOutput(['sh', '-c', 'printf half; exit 1'])), { code: 'ProgramFailed' });
  });

  it('that is cancelled is stopped with all that it started', async () => {
    const abort = new AbortController();
    const output = programOutput(['sh', '-c', 'echo $$; (while :; do echo x; done); true'], { signal: abort.signal });
    output.on('error', () => undefined);
    const closed = new Promise((resolve) => output.on('close', resolve));
    const group = await new Promise<number>((resolve) =>
      output.once('data', (data: Buffer) => {
        resolve(parseInt(data.toString()));
      }),
    );
    abort.abort();
    await closed;
    await until(() => !alive(-group));
  });
});

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}
