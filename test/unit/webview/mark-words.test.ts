import assert from 'node:assert/strict';
import { labelLines, placeWords } from '../../../webview/clock/mark-words.js';

describe('The words of faults below the lanes', () => {
  const node = 'network2 · node down';
  const rows = (places: ReturnType<typeof placeWords>) => places.map((place) => place?.row ?? null);

  it('stand in one row, each beside its line, where there is room', () => {
    const places = placeWords(
      [
        { text: node, x: 50 },
        { text: 'network2 healed', x: 400 },
      ],
      null,
      900,
    );
    assert.deepEqual(places, [
      { x: 54, row: 0 },
      { x: 404, row: 0 },
    ]);
  });

  it('give way to what came later, and to the word of theory', () => {
    const words = [
      { text: node, x: 50 },
      { text: 'network2 healed', x: 100 },
    ];
    assert.deepEqual(rows(placeWords(words, null, 900)), [1, 0]);
    assert.deepEqual(rows(placeWords(words, { text: 'theory', x: 80 }, 900)), [null, 0]);
  });

  it('go to the other side of a line at the right edge, and away with a line that is out of sight', () => {
    const [near, out] = placeWords(
      [
        { text: node, x: 880 },
        { text: node, x: -5 },
      ],
      null,
      900,
    );
    assert.ok(near && near.x + node.length * 6 < 880, JSON.stringify(near));
    assert.equal(out, null);
  });
});

describe('The label of a lane', () => {
  it('is broken between its words where it may have two lines, and cut where it has no room even so', () => {
    const long = 'outside → floating IP 203.0.113.143';
    assert.deepEqual(labelLines('edge on network1', 24, 1), ['edge on network1']);
    assert.deepEqual(labelLines('web1 → db1 (192.168.20.184)', 24, 2), ['web1 → db1', '(192.168.20.184)']);
    assert.deepEqual(labelLines(long, 24, 2), ['outside → floating IP', '203.0.113.143']);
    assert.deepEqual(labelLines(long, 24, 1), ['outside → floating IP 2…']);
    assert.deepEqual(labelLines('x'.repeat(30), 24, 2), [`${'x'.repeat(23)}…`]);
  });
});
