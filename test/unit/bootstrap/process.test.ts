import assert from 'node:assert/strict';
import { reasonIn, run } from '../../../src/bootstrap/process.mjs';

const node = (program: string) => [process.execPath, '-e', program];

describe('A program that npm test runs', () => {
  it('tells its exit code and what it said', async () => {
    const ended = await run(node('console.log("out"); console.error("err"); process.exitCode = 3'), {
      cwd: '.',
      output: 'quiet',
    });
    assert.deepEqual(
      { ...ended, output: ended.output.split('\n').sort() },
      {
        code: 3,
        late: false,
        interrupted: false,
        output: ['', 'err', 'out'],
      },
    );
  });

  it('is ended when it is over its time', async () => {
    const { late } = await run(node('setInterval(() => {}, 1000)'), { cwd: '.', limit: 100, group: true });
    assert.equal(late, true);
  });

  it('leaves nothing of its group behind', async () => {
    const child = `const c = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']); console.log(c.pid); c.unref()`;
    const { output } = await run(node(`${child}; process.exit()`), { cwd: '.', output: 'quiet', group: true });
    const pid = Number(output);
    const deadline = Date.now() + 5000;
    while (isAlive(pid) && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(isAlive(pid), false);
  });

  it('is not waited for when a daemon holds on to its output', async () => {
    const daemon = `require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 6000)'], { stdio: 'inherit', detached: true }).unref()`;
    const began = Date.now();
    const { code } = await run(node(`${daemon}; process.exitCode = 4`), { cwd: '.', output: 'quiet', group: false });
    assert.equal(code, 4);
    assert.ok(Date.now() - began < 5000);
  });

  it('that is not there has an exit code too', async () => {
    assert.equal((await run(['neutron-lab-no-such-program'], { cwd: '.', output: 'quiet' })).code, 127);
  });

  it('has its reason in what it said', () => {
    assert.equal(
      reasonIn('looking\nerror: No container engine answers.\n  Install Docker.\n'),
      'No container engine answers. Install Docker.',
    );
    assert.equal(reasonIn('one\ntwo\n\n'), 'two');
    assert.equal(reasonIn(''), 'it said nothing');
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
