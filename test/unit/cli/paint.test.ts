import assert from 'node:assert/strict';
import fc from 'fast-check';
import { colourPaint, fit, pad, plainPaint, printable, widthOf, wrap } from '../../../src/render/paint.js';
import { table } from '../../../src/cli/render/table.js';
import { age, clock, count, seconds } from '../../../src/render/words.js';

describe('text for a terminal', () => {
  it('counts columns, not characters or colours', () => {
    assert.equal(widthOf(colourPaint('edge', 'red', 'bold')), 4);
    assert.equal(widthOf('網路'), 4);
    assert.equal(widthOf('e\u0301'), 1);
    assert.equal(pad(colourPaint('a', 'green'), 3), '\u001b[32ma\u001b[0m  ');
  });

  it('never lets a line grow wider than asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        assert.ok(widthOf(fit(text, width)) <= width);
      }),
    );
  });

  it('breaks sentences at spaces and loses no word', () => {
    const sentence = 'Every node of the lab is a container that stands for a host';
    const lines = wrap(sentence, 20);
    assert.ok(lines.every((line) => line.length <= 20));
    assert.equal(lines.join(' '), sentence);
  });

  it('obeys nothing that a stranger wrote', () => {
    assert.equal(printable('a\u001b[2Jb\u202ec\n'), 'a?[2Jb?c?');
  });

  it('lines columns up under their headings', () => {
    assert.deepEqual(
      table(
        ['NODE', 'STATE'],
        [
          ['network1', 'running'],
          ['c1', 'exited'],
        ],
        plainPaint,
      ),
      ['  NODE       STATE', '  network1   running', '  c1         exited'],
    );
  });

  it('tells times as a person would', () => {
    assert.deepEqual([0.421, 6.13, 74.2].map(seconds), ['0.42 s', '6.1 s', '74 s']);
    assert.deepEqual([5, 300, 7200, 200_000].map(age), ['5 s', '5 min', '2 h', '2 d']);
    assert.equal(count(1, 'node'), '1 node');
    assert.equal(count(2, 'node'), '2 nodes');
    assert.match(clock(1.5, true), /^\d\d:\d\d:01\.500$/);
  });
});
