import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { type LessonFile, lessonsIn, startOf } from '../../../src/lesson/library.js';
import { lintLesson } from '../../../src/lesson/lint/lint.js';
import { writtenName } from '../../../src/model/lab-file/likely-name.js';

const LABS = fileURLToPath(new URL('../../../labs', import.meta.url));

/** Of "Learning OpenStack Networking", third edition. */
const CHAPTERS = [
  'Introduction to OpenStack Networking',
  'Installing OpenStack',
  'Installing Neutron',
  'Virtual Network Infrastructure Using Linux Bridges',
  'Building a Virtual Switching Infrastructure Using Open vSwitch',
  'Building Networks with Neutron',
  'Attaching Instances to Networks',
  'Managing Security Groups',
  'Role-Based Access Control',
  'Creating Standalone Routers with Neutron',
  'Router Redundancy Using VRRP',
  'Distributed Virtual Routers',
  'Load Balancing Traffic to Instances',
  'Advanced Networking Topics',
];

describe('the lessons that come with Neutron Lab', () => {
  let lessons: LessonFile[];

  before(async () => {
    lessons = await lessonsIn(LABS);
  });

  it('are sound, and every value in their text is tied to something that is verified', async () => {
    for (const lesson of lessons) {
      const problems = lintLesson(lesson.text, lesson.reading, await startOf(lesson));
      assert.deepEqual(
        problems.map(({ line, message }) => `${lesson.id}:${String(line)}: ${message}`),
        [],
      );
    }
  });

  it('have numbers and labs of their own', async () => {
    assert.ok(lessons.length > 0);
    const names = await Promise.all(lessons.map(async (lesson) => writtenName(await startOf(lesson))));
    assert.equal(new Set(names).size, lessons.length);
    assert.equal(new Set(lessons.map(({ number }) => number)).size, lessons.length);
  });

  it('ask for a prediction, show the client, compare the books with today, and ask questions', () => {
    for (const { id, text, reading } of lessons) {
      assert.ok(
        reading.lesson?.cells.some(({ kind }) => kind === 'predict'),
        id,
      );
      assert.ok((reading.lesson?.consoles.length ?? 0) > 0, id);
      assert.match(text, /^## The books' release and today$/m, id);
      assert.match(text, /^## Questions an examiner would ask$[^]*<details>/m, id);
      assert.ok((reading.head?.books.length ?? 0) > 0, id);
    }
  });

  it('name chapters that the book has', () => {
    for (const { id, reading } of lessons)
      for (const { title, chapter } of reading.head?.books ?? [])
        if (title === 'Learning OpenStack Networking') assert.ok(CHAPTERS.includes(chapter), `${id}: ${chapter}`);
  });
});
