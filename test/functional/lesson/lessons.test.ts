import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openRuntime } from '../../../src/docker/dockerode-runtime.js';
import type { Runtime } from '../../../src/docker/runtime.js';
import { openLesson, startOf } from '../../../src/lesson/library.js';
import { rehearse } from '../../../src/lesson/run/rehearse.js';
import { writtenName } from '../../../src/model/lab-file/likely-name.js';

const LABS = fileURLToPath(new URL('../../../labs/', import.meta.url));

describe('the lessons, done as a learner would', function () {
  this.timeout(300_000);
  let runtime: Runtime;

  before(async () => {
    runtime = await openRuntime();
  });

  after(() => {
    runtime.close();
  });

  for (const folder of readdirSync(LABS).filter((name) => /^\d\d-/.test(name))) {
    it(`${folder} is as it says, and leaves nothing behind`, async () => {
      const file = await openLesson(`${LABS}${folder}`);
      const { lesson, problems } = file.reading;
      assert.ok(lesson, JSON.stringify(problems, null, 1));
      const start = await startOf(file);
      const found = await rehearse(runtime, { text: file.text, lesson, start });
      assert.deepEqual(
        found.map(({ line, message }) => `${folder}/lesson.md:${String(line)}: ${message}`),
        [],
      );
      const name = writtenName(start) ?? '';
      assert.deepEqual([await runtime.listNodes(name), await runtime.listUnderlays(name)], [[], []]);
    });
  }
});
