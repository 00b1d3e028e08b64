/** Edits of many lab files, written in many manners. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdit } from '../../../../src/model/lab-file/edit/apply.js';
import type { LabFileEdit } from '../../../../src/model/lab-file/edit/edits.js';
import type { Edited } from '../../../../src/model/lab-file/edit/outcome.js';
import { applyTextEdits } from '../../../../src/model/lab-file/edit/piece-table.js';
import { remove } from '../../../../src/model/lab-file/edit/verbs.js';
import { readLabFile } from '../../../../src/model/lab-file/read.js';
import { editsOf, samples, type Sample } from './labs.js';

/** Each reads two labs or more. */
const RUNS = { numRuns: 60 };

const cases = samples.chain((sample) => fc.tuple(fc.constant(sample), editsOf(sample)));

/** The outcome of an edit that is not refused; the others are no case. */
function edited({ text }: Sample, edit: LabFileEdit): Edited {
  const outcome = applyEdit(text, edit);
  assert.notEqual(outcome.refusal?.code, 'EditFailed', outcome.refusal?.message);
  fc.pre(outcome.refusal === null);
  return outcome;
}

const commentsOf = (text: string, kind: string): string[] => text.match(new RegExp(`# ${kind} \\d+`, 'g')) ?? [];

describe('edits of a lab file', function () {
  this.timeout(120_000);

  it('are text edits that make the new text, in order and apart from one another', () => {
    fc.assert(
      fc.property(cases, ([sample, edit]) => {
        const { edits, text } = edited(sample, edit);
        assert.equal(applyTextEdits(sample.text, edits), text);
        for (const [index, { start, end }] of edits.entries()) {
          assert.ok(start <= end && start >= (edits[index - 1]?.end ?? -1) + (index > 0 ? 1 : 0));
        }
      }),
      RUNS,
    );
  });

  it('make a lab file without errors, with the line breaks and the end of the old one', () => {
    fc.assert(
      fc.property(cases, ([sample, edit]) => {
        const { text } = edited(sample, edit);
        assert.ok(readLabFile(text).lab);
        if (sample.text.includes('\r\n')) assert.doesNotMatch(text, /[^\r]\n/);
        else assert.doesNotMatch(text, /\r/);
        assert.equal(text.endsWith('\n'), sample.text.endsWith('\n'));
        assert.doesNotMatch(text, /[ \t]+\r?\n/);
      }),
      RUNS,
    );
  });

  it('leave comments that stand apart, and with what is new or changed all others', () => {
    fc.assert(
      fc.property(cases, ([sample, edit]) => {
        const { text } = edited(sample, edit);
        const kinds =
          edit.do === 'add' || edit.do === 'insert' || edit.do === 'rename' ? ['apart', 'about', 'behind'] : ['apart'];
        const taken = edit.do === 'delete' || edit.do === 'remove' || edit.do === 'unset';
        for (const kind of taken ? [] : kinds) assert.deepEqual(commentsOf(text, kind), commentsOf(sample.text, kind));
      }),
      RUNS,
    );
  });

  it('change no line that does not say what the edit is about', () => {
    fc.assert(
      fc.property(cases, ([sample, edit]) => {
        fc.pre(edit.do === 'add');
        const { edits } = edited(sample, edit);
        // A new resource takes nothing away but the brackets of an empty section, or commas' place.
        for (const { start, end } of edits) assert.match(sample.text.slice(start, end), /^ ?(\{\}|\[\])?$/);
      }),
      RUNS,
    );
  });

  it('give the old text back when what was added is deleted', () => {
    fc.assert(
      fc.property(cases, ([sample, edit]) => {
        fc.pre(edit.do === 'add' && edit.kind !== 'floatingip' && edit.kind !== 'node');
        const { kind, name, network } = edit;
        const added = edited(sample, edit);
        const ref = kind === 'subnet' ? `${network ?? ''}/${name}` : name;
        const back = applyEdit(added.text, remove({ kind, ref }, { cascade: true }));
        assert.equal(back.refusal, null);
        assert.equal(back.text, sample.text);
      }),
      RUNS,
    );
  });

  it('never throw, whatever the text is', () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.constantFrom(
        '',
        '\n',
        '# only a comment',
        '---\n',
        '[]',
        'null',
        '{}',
        'networks:',
        'networks: []',
        'networks: 7',
        'lab: l\nnetworks: &a {}\nrouters: *a',
        '? a\n: b',
      ),
      // Any text with a piece missing.
      fc.tuple(samples, fc.nat(), fc.nat(40)).map(([{ text }, at, length]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + text.slice(start + length);
      }),
    );
    fc.assert(
      fc.property(texts, cases, (text, [, edit]) => {
        const outcome = applyEdit(text, edit, { file: 'x.yaml' });
        assert.notEqual(outcome.refusal?.code, 'EditFailed', outcome.refusal?.message);
        if (outcome.refusal === null) assert.equal(applyTextEdits(text, outcome.edits), outcome.text);
      }),
      RUNS,
    );
  });
});
