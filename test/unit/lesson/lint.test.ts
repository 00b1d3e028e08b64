import assert from 'node:assert/strict';
import { readLesson } from '../../../src/lesson/format/read.js';
import { lintLesson } from '../../../src/lesson/lint/lint.js';
import { skeletonOf } from '../../../src/lesson/lint/skeleton.js';

const { lesson: TEXT, start: START } = skeletonOf('16-my-lesson');

function lint(text: string, start: string | null = START): string[] {
  return lintLesson(text, readLesson(text), start).map(({ line, code }) => `${String(line)} ${code}`);
}

describe('the lint of a lesson', () => {
  it('has nothing to say of the lesson that one begins with', () => {
    assert.deepEqual(lint(TEXT), []);
    assert.match(START, /^lab: my-lesson$/m);
    assert.throws(() => skeletonOf('My Lesson'), { code: 'InvalidName' });
  });

  it('finds a value that nothing verifies, in prose and in what a cell says', () => {
    assert.deepEqual(lint(TEXT.replace('The aim:', 'The aim `192.168.99.1`:')), ['12 UnverifiedValue']);
    assert.deepEqual(lint(TEXT.replace('which is one link', 'which is `link 7`')), ['24 UnverifiedValue']);
    assert.deepEqual(lint(TEXT.replace('The aim:', 'The aim, `192.168.10.0/24` and `l3_agent`:')), []);
    const named = TEXT.replace('books:', "facts: ['4789']\nbooks:").replace('The aim:', 'The aim `4789`:');
    assert.deepEqual(lint(named), []);
  });

  it('finds a check without a solution, an answer that nothing shows, a lesson without a title', () => {
    assert.deepEqual(lint(TEXT.replace('```yaml declare', '```yaml')), ['41 NoSolution']);
    assert.deepEqual(lint(TEXT.replace(/evidence:\n.*\n/, '')), ['24 NoEvidence']);
    assert.deepEqual(lint(TEXT.replace('# My lesson\n', '')), ['21 NoTitle']);
  });

  it('finds a fault that everybody sees where one is to be hidden', () => {
    const injected = (fault: string) =>
      lint(
        TEXT.replace(
          '```yaml check',
          `\`\`\`yaml inject\nlevel: 1\nfaults: [{ name: X, do: [${fault}] }]\n\`\`\`\n\n\`\`\`yaml check`,
        ),
      );
    assert.deepEqual(injected('{ fault: freeze, on: network1 }'), ['41 FaultInSight']);
    assert.deepEqual(injected('{ fault: link, device: underlay, on: network1 }'), []);
  });

  it('finds a fault that no check ends', () => {
    const fault = 'faults: [{ name: X, do: [{ fault: link, device: underlay, on: network1 }] }]';
    const text = `${TEXT}\n## Later\n\n\`\`\`yaml inject\nlevel: 1\n${fault}\n\`\`\`\n`;
    assert.deepEqual(lint(text).slice(-1), [`${String(TEXT.split('\n').length + 3)} FaultWithoutCheck`]);
  });

  it('finds a lab file that is not there, or is wrong', () => {
    assert.deepEqual(lint(TEXT, null).slice(0, 1), ['5 NoLabFile']);
    assert.deepEqual(lint(TEXT, START.replace('192.168.10.0/24', '192.168.10.0/33')).slice(0, 1), ['5 InvalidInput']);
  });
});
