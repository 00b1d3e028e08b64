import assert from 'node:assert/strict';
import { readCommandLog } from '../../../src/lab/command-log.js';
import { planLab } from '../../../src/lab/bring-up/up.js';
import { wantedImageTag } from '../../../src/docker/image.js';
import { inject } from '../../../src/lab/break/break-and-mend.js';
import { hiddenMarks, readNodes, statusOf } from '../../../src/lab/status.js';
import { openRuntime } from '../../../src/docker/dockerode-runtime.js';
import type { Runtime } from '../../../src/docker/runtime.js';
import { readLesson } from '../../../src/lesson/format/read.js';
import type { Lesson } from '../../../src/lesson/format/lesson.js';
import type { LearnersFile } from '../../../src/lesson/run/learners-file.js';
import { LessonLab } from '../../../src/lesson/run/lesson-lab.js';
import { rehearse } from '../../../src/lesson/run/rehearse.js';
import { testLabName } from '../../support/lab-name.js';

const START = `# Mine.
lab: ${testLabName('lesson')}
nodes:
  network1: { agents: [dhcp] }
networks: {}
`;

const HEAD = `---
title: Test
summary: A namespace and a network.
minutes: 10
lab: test.neutron.yaml
---

# Test
`;

const TEXT = `${HEAD}
## By hand

\`\`\`yaml check
title: red is there
hint: ip netns add
that: [{ on: network1, run: [ip, netns], prints: ^red }]
solution: [{ on: network1, run: ip netns add red }]
\`\`\`

\`\`\`bash on=network1
echo one; echo two >&2; exit 3
\`\`\`

\`\`\`text output
…
\`\`\`

## By declaring

\`\`\`yaml declare
networks: { blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24 } } } }
\`\`\`

\`\`\`yaml check
title: blue is served
hint: networks
that:
  - { subnet: blue-v4, has: { cidr: 192.168.10.0/24 } }
  - { on: 'network:blue', run: [ip, -br, a], prints: 192.168.10.2/24 }
\`\`\`
`;

function lessonOf(text: string): Lesson {
  const { lesson, problems } = readLesson(text);
  assert.ok(lesson, JSON.stringify(problems));
  return lesson;
}

class Memory implements LearnersFile {
  readonly name = 'test.neutron.yaml';
  kept: string | null = null;
  constructor(public text: string) {}
  async read(): Promise<string> {
    return await Promise.resolve(this.text);
  }
  async write(text: string): Promise<void> {
    this.text = text;
    await Promise.resolve();
  }
  async keep(): Promise<void> {
    this.kept = this.text;
    await Promise.resolve();
  }
}

describe('a lesson with its lab', function () {
  this.timeout(120_000);
  let runtime: Runtime;
  let file: Memory;
  let lab: LessonLab;
  const lesson = lessonOf(TEXT);
  const withRiddle = lessonOf(
    TEXT.replace(
      '```yaml check',
      '```yaml inject\nlevel: 1\nfaults: [{ name: Lost, do: [{ fault: impair, on: network1, loss: 1 }] }]\n```\n\n```yaml check',
    ),
  );
  const [injecting] = withRiddle.cells.filter((cell) => cell.kind === 'inject');
  assert.ok(injecting);
  let riddle: LessonLab;
  const passed = async (): Promise<boolean[]> =>
    await Promise.all(lesson.steps.map(async (step) => (await lab.check(step)).passed));

  before(async () => {
    runtime = await openRuntime();
    file = new Memory(START);
    lab = new LessonLab(runtime, { lesson, start: START, file, version: 'test' });
    riddle = new LessonLab(runtime, { lesson: withRiddle, start: START, file, version: 'test' });
  });

  after(async () => {
    riddle.close();
    await lab.down();
    runtime.close();
  });

  it('says that the lab does not run, before it does', async () => {
    await assert.rejects(lab.check(lesson.steps[0]!), { code: 'LabNotRunning' });
  });

  it('goes to the state after any step, and does nothing where that is reached', async () => {
    assert.deepEqual(await lab.solve(2), [1, 2]);
    assert.deepEqual(await passed(), [true, true]);
    assert.match(file.text, /^# Mine\.\n/);
    assert.deepEqual(await lab.solve(2), []);
  });

  it('solves a step that is begun, though what it declares undoes an earlier one', async () => {
    const other = lessonOf(`${HEAD}
## Served

\`\`\`yaml check
title: blue is served
hint: enable_dhcp
that: [{ subnet: blue-v4, has: { enable_dhcp: true } }]
solution: [{ declare: { networks: { blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24 } } } } } }]
\`\`\`

## Not served

\`\`\`yaml check
title: blue is not served, and yellow is there
hint: enable_dhcp
that:
  - { subnet: blue-v4, has: { enable_dhcp: false } }
  - { on: network1, run: [ip, netns], prints: ^yellow }
solution:
  - { declare: { networks: { blue: { subnets: { blue-v4: { enable_dhcp: false } } } } } }
  - { on: network1, run: ip netns add yellow }
\`\`\`
`);
    const own = new Memory(file.text);
    using there = new LessonLab(runtime, { lesson: other, start: START, file: own, version: 'test' });
    await there.declare({ networks: { blue: { subnets: { 'blue-v4': { enable_dhcp: false } } } } });
    await there.up();
    assert.deepEqual(await there.solve(2), [2]);
    await lab.up();
    await lab.run({ on: 'network1', script: 'ip netns del yellow', seconds: null });
    assert.deepEqual(await passed(), [true, true]);
  });

  it('tells of a step that its solution does not bring about, and goes no further', async () => {
    const step = (title: string, made: string) => `
## ${title}

\`\`\`yaml check
title: ${title} is there
hint: ip netns add
that: [{ on: network1, run: [ip, netns], prints: ^${title} }]
solution: [{ on: network1, run: ip netns add ${made} }]
\`\`\`
`;
    const other = lessonOf(HEAD + step('orange', 'orange') + step('violet', 'brown') + step('pink', 'pink'));
    using there = new LessonLab(runtime, { lesson: other, start: START, file, version: 'test' });
    await assert.rejects(there.solve(3), {
      code: 'SolutionFailed',
      message: /^The solution of step 2 was applied, and its check does not pass: /,
    });
    const { output } = await lab.run({
      on: 'network1',
      script: 'ip netns del orange; ip netns del brown; ip netns',
      seconds: null,
    });
    assert.doesNotMatch(output, /orange|brown|pink/);
  });

  it('says why a check does not pass', async () => {
    await lab.run({ on: 'network1', script: 'ip netns del red', seconds: null });
    const { verdicts } = await lab.check(lesson.steps[0]!);
    assert.match(verdicts[0]?.why ?? '', /^`ip netns` on network1 does not say \/\^red\/; it says “qdhcp-/);
  });

  it('says with it what was written and does not run', async () => {
    const written = file.text;
    const why = async () => await lab.reasons(await lab.check(lesson.steps[0]!));
    assert.equal((await why()).length, 1);
    file.text = `${written}instances: { web1: { networks: [blue] } }\n`;
    assert.match((await why())[1] ?? '', /^test\.neutron\.yaml says something else than what runs: /);
    file.text = `${written}instnces: {}\n`;
    assert.match((await why())[1] ?? '', /^test\.neutron\.yaml, line \d+: 'instnces' is not an attribute here\./);
    file.text = written;
  });

  it('repairs what was broken by accident, and keeps what the learner has beside it', async () => {
    await lab.declare({ networks: { green: {} } });
    await lab.run({ on: 'network:blue', script: 'ip link del $(ls /sys/class/net | grep ns-)', seconds: null });
    assert.deepEqual(await passed(), [false, false]);
    assert.deepEqual(await lab.repair([1, 2]), [1]);
    assert.deepEqual(await passed(), [true, true]);
    assert.ok((await lab.inUse()).lab.networks.some(({ name }) => name === 'green'));
  });

  it('prints what a cell prints as it comes, and ends what goes on', async () => {
    const told: string[] = [];
    const { code, output } = await lab.run(
      { on: 'network1', script: 'echo $HOSTNAME; ping 127.0.0.1', seconds: 1 },
      { onOutput: (text) => told.push(text) },
    );
    assert.equal(code, 0);
    assert.match(output, /^network1\n[^]*bytes from 127\.0\.0\.1[^]*packets transmitted/);
    assert.ok(told.length > 1);
    const stop = new AbortController();
    const stopped = await lab.run(
      { on: 'network1', script: 'echo on; sleep 1000; echo off', seconds: null },
      {
        signal: stop.signal,
        onOutput: () => {
          stop.abort();
        },
      },
    );
    assert.deepEqual([stopped.stopped, stopped.output], [true, 'on\n']);
  });

  it('hides what is to be found until it is, and heals it for those who give up', async () => {
    const told = async () => {
      const { running, lab: applied } = await lab.inUse();
      const { hidden_fault: hidden, nodes } = statusOf(applied, await readNodes(running));
      return { hidden, faults: nodes.flatMap(({ faults }) => faults) };
    };
    await riddle.hide(injecting);
    assert.deepEqual(await told(), { hidden: true, faults: [] });
    await lab.run({
      on: 'network:blue',
      script: 'ip link set $(ls /sys/class/net | grep ns-) mtu 1400',
      seconds: null,
    });
    const plan = await planLab(runtime, (await lab.inUse()).lab, { image: await wantedImageTag(), version: 'test' });
    assert.deepEqual([plan.hidden_fault, plan.steps.map(({ why }) => why)], [true, []]);
    await lab.up();
    assert.deepEqual(await told(), { hidden: false, faults: [] });
    await riddle.hide(injecting);
    const said = await readCommandLog(runtime, (await lab.inUse()).running.container('network1').id);
    assert.equal(
      said.some(({ why }) => /^(hidden )?fault:/.test(why)),
      false,
    );
    const never = { kind: 'run', on: 'network1', argv: ['false'], exit: 0, prints: null, printsNot: null } as const;
    const look = { ...never, why: 'On network1 packets are lost.', within: 0, line: 1 } as const;
    const why = async (step: number) => (await riddle.search([look], step)).verdicts.map((one) => one.why);
    assert.deepEqual(await why(1), ['What is hidden is still there. The hint says where to look.']);
    assert.deepEqual(await why(2), [
      'Something is missing here, and the fault that is hidden for step 1 may be why: find that first.',
    ]);
    assert.equal((await riddle.search([], 2)).passed, true);
    assert.deepEqual(await told(), { hidden: true, faults: [] });
    assert.equal((await riddle.search([], 1)).passed, true);
    assert.deepEqual(await told(), { hidden: false, faults: [] });
  });

  it('hides one fault at a time, and lets nobody add one that would say which it is', async () => {
    const marks = async () => {
      const { running } = await lab.inUse();
      return hiddenMarks(await readNodes(running)).map(({ name }) => name);
    };
    await riddle.hide(injecting);
    await assert.rejects(riddle.hide({ ...injecting, step: 2 }), {
      code: 'FaultIsHidden',
      message: 'A fault is hidden in this lab already, for step 1.',
      remedy: /when the check of step 1 passes, another one can be hidden/,
    });
    const { running, lab: applied } = await lab.inUse();
    const impair = { kind: 'impair', node: 'network1', delay: 10, jitter: 0, loss: 0, rate: 0 } as const;
    await assert.rejects(inject(running, applied, impair), { code: 'FaultIsHidden' });
    assert.deepEqual(await marks(), ['impair']);
    await riddle.search([], 1);
    await riddle.hide(injecting);
    assert.deepEqual(await marks(), ['impair']);
    await lab.up();
    assert.deepEqual(await marks(), []);
  });

  it('goes back to its start, and keeps what was written aside', async () => {
    await lab.reset();
    assert.deepEqual([file.text, file.kept?.includes('green')], [START, true]);
    assert.deepEqual(await passed(), [false, false]);
  });
});

describe('a rehearsal', function () {
  this.timeout(120_000);

  it('finds what is not as the lesson says, each at its line', async () => {
    const text = `${HEAD}
## Wrong

\`\`\`bash on=network1
nonsense
\`\`\`

\`\`\`bash on=network1
echo right
\`\`\`

\`\`\`text output
right
wrong
\`\`\`

\`\`\`yaml predict
question: q
choices: [a, b]
answer: 1
because: b
evidence:
  - { on: network1, run: [hostname], prints: network2 }
\`\`\`

\`\`\`yaml check
title: t
hint: h
that: [{ on: network1, run: [hostname], prints: network1 }]
solution: [{ up: true }]
\`\`\`

\`\`\`console
$ openstack network show green
\`\`\`

## Not solved

\`\`\`yaml check
title: t
hint: h
that: [{ on: network1, run: [ip, netns], prints: red }]
solution: [{ on: network1, run: ip netns add blue }]
\`\`\`
`;
    const runtime = await openRuntime();
    try {
      const problems = await rehearse(runtime, {
        text,
        lesson: lessonOf(text),
        start: START.replace('-lesson', '-wrong'),
      });
      assert.deepEqual(
        problems.map(({ line, code }) => `${String(line)} ${code}`),
        [
          '12 CommandFails',
          '22 OutputDiffers',
          '31 EvidenceDoesNotHold',
          '34 CheckCannotFail',
          '42 ConsoleDiffers',
          '47 SolutionDoesNotPass',
        ],
      );
    } finally {
      runtime.close();
    }
  });
});
