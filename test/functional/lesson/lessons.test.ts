import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openRuntime } from '../../../src/docker/dockerode-runtime.js';
import type { Runtime } from '../../../src/docker/runtime.js';
import { openLesson, startOf } from '../../../src/lesson/library.js';
import { rehearse } from '../../../src/lesson/run/rehearse.js';
import { writtenName } from '../../../src/model/lab-file/likely-name.js';
import { skipReason } from '../../support/skip.js';

const LABS = fileURLToPath(new URL('../../../labs/', import.meta.url));

/** So many at once: most of their time they wait for timers. */
const AT_ONCE = 3;

/** What is not as the lesson says, and what it left on the engine. */
interface Done {
  readonly wrong: readonly string[];
  readonly left: readonly unknown[];
  /** Whose lab it is that runs already, so that nothing was tried. */
  readonly taken: string | null;
}

async function doLesson(runtime: Runtime, folder: string): Promise<Done> {
  const file = await openLesson(`${LABS}${folder}`);
  const { lesson, problems } = file.reading;
  assert.ok(lesson, JSON.stringify(problems, null, 1));
  const start = await startOf(file);
  const name = writtenName(start) ?? '';
  // What a lesson prints hangs on the name of its lab, so it cannot have another one here.
  if ((await runtime.listNodes(name)).length > 0) return { wrong: [], left: [], taken: name };
  const found = await rehearse(runtime, { text: file.text, lesson, start });
  return {
    wrong: found.map(({ line, message }) => `${folder}/lesson.md:${String(line)}: ${message}`),
    left: [...(await runtime.listNodes(name)), ...(await runtime.listUnderlays(name))],
    taken: null,
  };
}

/** Of the tests that are asked for: all lessons are begun before the first of them is waited for. */
const ASKED = new RegExp(process.env.NEUTRON_LAB_TEST_GREP ?? '');
const SUITE = 'the lessons, done as a learner would';
const titleOf = (folder: string): string => `${folder} is as it says, and leaves nothing behind`;

describe(SUITE, function () {
  this.timeout(900_000);
  const folders = readdirSync(LABS)
    .filter((name) => /^\d\d-/.test(name))
    .filter((folder) => ASKED.test(`${SUITE} ${titleOf(folder)}`));
  const done = new Map<string, Promise<Done>>();
  let runtime: Runtime;

  before(async () => {
    runtime = await openRuntime();
    const waiting: (() => Promise<unknown>)[] = [];
    for (const folder of folders) {
      const result = new Promise<Done>((resolve) => {
        waiting.push(async () => {
          const doing = doLesson(runtime, folder);
          resolve(doing);
          await doing.catch(() => undefined);
        });
      });
      result.catch(() => undefined);
      done.set(folder, result);
    }
    const line = async (): Promise<void> => {
      for (let begin = waiting.shift(); begin !== undefined; begin = waiting.shift()) await begin();
    };
    for (let nth = 0; nth < AT_ONCE; nth += 1) void line();
  });

  after(() => {
    runtime.close();
  });

  for (const folder of folders) {
    it(titleOf(folder), async function () {
      const { wrong, left, taken } = (await done.get(folder)) ?? { wrong: ['not done'], left: [], taken: null };
      if (taken !== null) skipReason(this, `somebody's lab ${taken} runs on this engine, and is not to be taken away`);
      assert.deepEqual(wrong, []);
      assert.deepEqual(left, []);
    });
  }
});
