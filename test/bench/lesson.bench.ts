/** How long a learner waits: for a lesson to open, for its lab, for a check, for solve, reset and repair. */
import { fileURLToPath } from 'node:url';
import { openRuntime } from '../../src/docker/dockerode-runtime.js';
import { readLesson } from '../../src/lesson/format/read.js';
import { openLesson, startOf } from '../../src/lesson/library.js';
import type { LearnersFile } from '../../src/lesson/run/learners-file.js';
import { LessonLab } from '../../src/lesson/run/lesson-lab.js';
import { Bench } from '../support/bench.js';
import { testLabName } from '../support/lab-name.js';

const ROUNDS = 7;
const LESSON = fileURLToPath(new URL('../../labs/02-network-and-subnet', import.meta.url));
const ON = 'the lab of lesson 2: three nodes, no HA router, so no election';

const bench = new Bench('Lessons');
const file = await openLesson(LESSON);
const { lesson } = file.reading;
if (lesson === null) throw new Error('the lesson has errors');
const start = (await startOf(file)).replace(/^lab:.*$/m, `lab: ${testLabName('lesson')}`);

const reading = bench.figure({
  name: 'reading a lesson',
  unit: 'ms',
  atMost: 1000,
  method: 'lesson.md of lesson 2 to cells, steps and parts, in this process',
});
for (let round = 0; round < ROUNDS; round += 1)
  await reading.time(async () => await Promise.resolve(readLesson(file.text)));

let text = start;
const learners: LearnersFile = {
  name: lesson.head.lab,
  read: async () => await Promise.resolve(text),
  write: async (now) => {
    text = now;
    await Promise.resolve();
  },
};
const runtime = await openRuntime();
const lab = new LessonLab(runtime, { lesson, start, file: learners, version: 'bench' });
const figures = {
  up: bench.figure({ name: 'the lab of a lesson is ready', unit: 's', atMost: 3, method: `from nothing; ${ON}` }),
  solve: bench.figure({
    name: 'solve, of all steps',
    unit: 's',
    atMost: 5,
    method: `four steps, from the start; ${ON}`,
  }),
  check: bench.figure({
    name: 'a check that passes',
    unit: 's',
    atMost: 0.5,
    method: `of step 4: two resources, two pings of which one must not be answered; ${ON}`,
  }),
  failing: bench.figure({
    name: 'a check that does not pass',
    unit: 's',
    atMost: 0.5,
    method: `of step 4, at the start; ${ON}`,
  }),
  repair: bench.figure({
    name: 'repair',
    unit: 's',
    atMost: 5,
    method: `a bridge was deleted on a node; all steps pass again; ${ON}`,
  }),
  reset: bench.figure({ name: 'reset', unit: 's', atMost: 5, method: `down, and up again; ${ON}` }),
};
try {
  const last = lesson.steps.at(-1);
  if (!last) throw new Error('the lesson has no step');
  for (let round = 0; round < ROUNDS; round += 1) {
    await lab.down();
    text = start;
    await figures.up.time(async () => await lab.up());
    await lab.check(last);
    await figures.failing.time(async () => await lab.check(last));
    await figures.solve.time(async () => await lab.solve(last.number));
    await figures.check.time(async () => await lab.check(last));
    await lab.run({ on: 'compute1', script: 'ip link delete $(ls /sys/class/net | grep -m1 brq)', seconds: null });
    await figures.repair.time(async () => await lab.repair(lesson.steps.map(({ number }) => number)));
    await figures.reset.time(async () => {
      await lab.reset();
    });
  }
  bench.finish(runtime.engine);
} finally {
  await lab.down();
  runtime.close();
}
