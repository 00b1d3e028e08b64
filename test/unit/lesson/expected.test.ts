import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differenceFrom } from '../../../src/lesson/run/expected.js';

describe('an expected output', () => {
  const cases: readonly (readonly [expected: string, printed: string, fits: boolean])[] = [
    ['', '', true],
    ['', 'a\n', false],
    ['a', 'a\n', true],
    ['a  b', 'a b  \n', true],
    ['a', '', false],
    ['…', '', true],
    ['…', 'a\nb', true],
    ['a\n…\nb', 'a\nb', true],
    ['a\n…\nb', 'a\nb\nb', true],
    ['a\n…\nb\n…\nc', 'a\nx\nb\nb\nx\nc', true],
    ['a\n…\nb', 'a\nb\nc', false],
    ['time=… ms', 'time=0.2 ms', true],
    ['a…b…c', 'abcbc', true],
    ['ab…ba', 'aba', false],
    ['a.b', 'axb', false],
  ];
  for (const [expected, printed, fits] of cases) {
    it(`${JSON.stringify(expected)} ${fits ? 'fits' : 'does not fit'} ${JSON.stringify(printed)}`, () => {
      assert.equal(differenceFrom(expected, printed) === null, fits);
    });
  }

  it('tells the line that is different first', () => {
    assert.deepEqual(differenceFrom('a\n…\nb\nc', 'a\nx\nb\nd'), { line: 3, expected: 'c', printed: 'd' });
    assert.deepEqual(differenceFrom('a\nb', 'a'), { line: 1, expected: 'b', printed: null });
    assert.deepEqual(differenceFrom('a', 'a\nb'), { line: 1, expected: null, printed: 'b' });
  });

  it('is what a regular expression would say', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'a…', '…', 'ab'), { maxLength: 6 });
    const output = fc.array(fc.constantFrom('a', 'b', 'ab', 'aab'), { maxLength: 7 });
    fc.assert(
      fc.property(lines, output, (expected, printed) => {
        const parts = expected.map((line) => (line === '…' ? '(?:[ab]+\n)*' : `${line.replace('…', '[ab]*')}\n`));
        const whole = new RegExp(`^${parts.join('')}$`);
        const text = printed.map((line) => `${line}\n`).join('');
        assert.equal(differenceFrom(expected.join('\n'), text) === null, whole.test(text));
      }),
    );
  });
});
