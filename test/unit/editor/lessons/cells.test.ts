import assert from 'node:assert/strict';
import type { EditedCell } from '../../../../src/editor/lessons/notebook/cells.js';
import { cellsOf, placeBefore, written } from '../../../../src/editor/lessons/notebook/cells.js';
import { cardText, openingCard } from '../../../../src/editor/lessons/notebook/cards.js';
import { readLesson } from '../../../../src/lesson/format/read.js';

const LESSON = `---
title: A lesson   # as it is meant
summary: What it is about.
minutes: 10
lab: one.neutron.yaml
---

# A lesson

Text, with  two spaces.

## A step

\`\`\`yaml predict
# A comment that stays.
question: How many?
choices: [One,   Two]
answer: 2
because: There are **two**.
\`\`\`

\`\`\`bash on=network1 for=2s
ip address
\`\`\`

\`\`\`text output
…
\`\`\`


\`\`\`yaml check
title: Two of them
hint: Look again.
that: [{ on: network1, run: ['true'] }]
solution: [{ on: network1, run: 'touch /tmp/secret' }]
\`\`\`

The end
`;

/** As a notebook has them that nobody has touched. */
function opened(text: string): { front: string; cells: EditedCell[] } {
  const { front, cells } = cellsOf(text);
  return { front, cells: cells.map(({ kind, language, value, metadata }) => ({ kind, language, value, metadata })) };
}

describe('The notebook of a lesson', () => {
  it('is written back byte for byte where nobody has edited it, with whatever line ends', () => {
    for (const text of [LESSON, LESSON.replaceAll('\n', '\r\n'), LESSON.trimEnd(), '', 'no lesson at all'])
      assert.equal(written(opened(text).front, opened(text).cells).text, text);
  });

  it('shows neither answers nor solutions nor expected outputs', () => {
    const { cells } = cellsOf(LESSON);
    const seen = cells.map(({ value, cell, metadata }) => {
      const card = cell === null ? null : openingCard(cell, metadata.part.body);
      return value + JSON.stringify(card) + (card === null ? '' : cardText(card));
    });
    const all = seen.join('\n');
    assert.match(all, /How many\?/);
    assert.match(all, /Two of them/);
    for (const secret of [/because|There are/, /answer: 2/, /secret/, /…/, /minutes/]) assert.doesNotMatch(all, secret);
  });

  it('keeps all else when a command, a sentence of the text or a question is edited', () => {
    const { front, cells } = opened(LESSON);
    const edit = (from: string, to: string): string =>
      written(
        front,
        cells.map((cell) => (cell.value.includes(from) ? { ...cell, value: cell.value.replace(from, to) } : cell)),
      ).text;
    assert.equal(edit('ip address', 'ip link\nip route'), LESSON.replace('ip address', 'ip link\nip route'));
    assert.equal(edit('The end', 'The very end'), LESSON.replace('The end', 'The very end'));
    const asked = edit('How many?', 'How few?');
    assert.match(asked, /# A comment that stays\.\nquestion: How few\?\n/);
    assert.deepEqual(readLesson(asked).problems, []);
  });

  it('takes what is added: a command runs where the one before it does', () => {
    const { front, cells } = opened(LESSON);
    const at = cells.findIndex(({ value }) => value === 'ip address') + 1;
    const added: EditedCell = { kind: 'code', language: 'shellscript', value: 'echo "```"', metadata: null };
    const prose: EditedCell = { kind: 'markup', language: 'markdown', value: 'In between.', metadata: null };
    const { text, starts } = written(front, [...cells.slice(0, at), added, prose, ...cells.slice(at)]);
    const { cells: read, problems } = readLesson(text);
    assert.deepEqual(problems, []);
    const own = read.find(({ range }) => range.start === starts[at]);
    assert.equal(own?.kind === 'run' ? `${own.on}: ${own.script}` : '', 'network1: echo "```"');
    assert.match(text, /\n\nIn between\.\n\n/);
    assert.equal(placeBefore(cells, 0), 'network1');
  });

  it('finds each cell of the text by where it begins', () => {
    const { front, cells } = opened(LESSON);
    const { starts } = written(front, cells);
    const read = readLesson(LESSON).cells.map(({ range }) => range.start);
    for (const start of read) assert.ok(starts.includes(start), String(start));
  });

  it('says of a cell that cannot be read what is wrong with it, and shows it whole', () => {
    const broken = LESSON.replace('answer: 2', 'answer: 3');
    const cell = cellsOf(broken).cells.find(({ problems }) => problems.length > 0);
    assert.match(cell?.problems[0]?.message ?? '', /There is no choice 3/);
    assert.match(cell?.value ?? '', /answer: 3/);
    assert.equal(cell?.language, 'yaml');
  });
});
