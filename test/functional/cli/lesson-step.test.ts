import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testLabName } from '../../support/lab-name.js';
import { program } from './program.js';

const lab = testLabName('lesson-step');

const START = `lab: ${lab}
nodes:
  network1: { agents: [dhcp] }
networks: {}
`;

/** A step by hand, one by declaring, and one that is wrong: what comes after a step is none of its business. */
const LESSON = `---
title: Steps
summary: A namespace, a network, and a mistake.
minutes: 10
lab: steps.neutron.yaml
---

# Steps

## By hand

\`\`\`yaml check
title: red is there
hint: ip netns add
that: [{ on: network1, run: [ip, netns], prints: ^red }]
solution: [{ on: network1, run: ip netns add red }]
\`\`\`

## By declaring

\`\`\`yaml declare
networks: { blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24 } } } }
\`\`\`

\`\`\`yaml check
title: blue is served
hint: networks
that: [{ subnet: blue-v4, has: { cidr: 192.168.10.0/24 } }]
\`\`\`

## Wrong

\`\`\`bash on=network1
nonsense
\`\`\`

\`\`\`yaml check
title: green is there
hint: ip netns add
that: [{ on: network1, run: [ip, netns], prints: ^green }]
solution: [{ on: network1, run: ip netns add green }]
\`\`\`
`;

interface Told {
  readonly step: number;
  readonly passed: boolean;
  readonly why: readonly string[];
}

describe('neutron-lab lesson with --step', function () {
  this.timeout(120_000);
  let folder: string;
  let own: string;
  const state = process.env.XDG_STATE_HOME;

  const lesson = (command: string, ...words: readonly string[]) =>
    program('lesson', command, join(folder, 'lesson.md'), ...words);
  const ofMine = (command: string, ...words: readonly string[]) => lesson(command, '--folder', own, '--json', ...words);
  const passed = async (): Promise<boolean[]> => {
    const { out } = await ofMine('check');
    return (JSON.parse(out) as Told[]).map((one) => one.passed);
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neutron-lab-step-'));
    own = join(folder, 'mine');
    // What is done here is nobody's progress.
    process.env.XDG_STATE_HOME = join(folder, 'state');
    await writeFile(join(folder, 'lesson.md'), LESSON);
    await writeFile(join(folder, 'steps.neutron.yaml'), START);
  });

  after(async () => {
    await program('down', lab);
    if (state === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = state;
    await rm(folder, { recursive: true });
  });

  it('rehearses up to a step, and not what comes after it', async () => {
    const { code, out } = await lesson('run', '--step', '2', '--json');
    assert.equal(code, 0, out);
    const [result] = JSON.parse(out) as { problems: readonly { message: string }[] }[];
    assert.deepEqual(result?.problems, []);
    const all = await lesson('run', '--json');
    assert.equal(all.code, 1);
    assert.match(all.out, /nonsense/);
  });

  it('solves up to a step, and says which steps it had to solve', async () => {
    assert.equal((await ofMine('start')).code, 0);
    const { code, out, err } = await ofMine('solve', '--step', '2');
    assert.equal(code, 0, err);
    assert.deepEqual((JSON.parse(out) as { solved: unknown }).solved, [1, 2]);
    assert.deepEqual(await passed(), [true, true, false]);
  });

  it('checks one step, and exits with whether it is done', async () => {
    const done = await ofMine('check', '--step', '1');
    assert.equal(done.code, 0);
    const { code, out } = await ofMine('check', '--step', '3');
    assert.equal(code, 1);
    const [told, ...more] = JSON.parse(out) as Told[];
    assert.deepEqual([told?.step, told?.passed, more], [3, false, []]);
    assert.match(told?.why.join() ?? '', /\^green/);
  });

  it('goes back to where a step begins, and keeps what was written beside it', async () => {
    const { code, out, err } = await ofMine('reset', '--step', '2');
    assert.equal(code, 0, err);
    assert.deepEqual((JSON.parse(out) as { solved: unknown }).solved, [1]);
    assert.deepEqual(await passed(), [true, false, false]);
    assert.equal(await readFile(join(own, 'steps.neutron.yaml'), 'utf8'), START);
    assert.match(await readFile(join(own, 'steps.neutron.yaml.before-reset'), 'utf8'), /blue-v4/);
  });

  it('says how many steps there are where one is asked for that is not', async () => {
    for (const command of ['run', 'check', 'solve', 'reset']) {
      const { code, err } = await lesson(command, ...(command === 'run' ? [] : ['--folder', own]), '--step', '7');
      assert.deepEqual([command, code], [command, 2]);
      assert.match(err, /The lesson has no step 7\.\n.*Its steps count from 1 to 3\./);
    }
  });
});
