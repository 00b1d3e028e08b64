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

  it('tell the aim before anything is done, and take 10 to 30 minutes', () => {
    for (const { id, text, reading } of lessons) {
      const aim = /^# .+\n+((?:[^#`\n].*\n)+)/m.exec(text)?.[1] ?? '';
      assert.ok(aim.split(/\s+/).length >= 20, `${id} does not say what it is about`);
      const minutes = reading.head?.minutes ?? 0;
      assert.ok(minutes >= 10 && minutes <= 30, `${id}: ${String(minutes)} minutes`);
    }
  });

  it('show the tables of the client with edges that meet', () => {
    for (const { id, text } of lessons)
      for (const [table] of text.matchAll(/(?:^[+|].*[+|]$\n)+/gm)) {
        const ragged =
          new Set(
            table
              .trimEnd()
              .split('\n')
              .map(({ length }) => length),
          ).size > 1;
        if (table.startsWith('+')) assert.ok(!ragged, `${id}:\n${table}`);
      }
  });

  it('have what is predicted, what is done, and what is checked with a way out', () => {
    for (const { id, reading } of lessons) {
      const kinds = (reading.lesson?.cells ?? []).map(({ kind }) => kind);
      assert.ok(kinds.includes('predict'), `${id} asks for no prediction`);
      assert.ok(
        kinds.some((kind) => kind === 'run' || kind === 'declare' || kind === 'experiment'),
        `${id} has nothing to do`,
      );
      const steps = reading.lesson?.steps ?? [];
      assert.ok(steps.length > 0, `${id} checks nothing`);
      for (const { number, check } of steps) {
        assert.notEqual(check.hint, '', `${id}, step ${String(number)}: no hint`);
        assert.ok(check.solution.length > 0, `${id}, step ${String(number)}: no solution`);
      }
    }
  });

  it('show the client on a real cloud and what it answers, compare the books with today, and ask questions', () => {
    for (const { id, text, reading } of lessons) {
      const consoles = reading.lesson?.consoles ?? [];
      const said = consoles.map(({ range }) => text.slice(range.start, range.end)).join('\n');
      assert.match(said, /^\$ openstack /m, `${id} shows no command of the client`);
      const silent = /^(\$ openstack .*(?:list|show)\b.*)\n(?=\$|```)/m.exec(said)?.[1];
      assert.equal(silent, undefined, `${id} does not show what the client answers`);
      // As wide as a window of 1000 pixels shows without breaking its lines.
      assert.deepEqual(said.match(/^[|+].{82,}$/gm) ?? [], [], `${id} has a table that is too wide`);
      assert.match(said, /^[|{]/m, `${id} shows no answer of the client`);
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
