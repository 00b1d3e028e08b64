import assert from 'node:assert/strict';
import { plainPaint } from '../../../src/render/paint.js';
import { renderProblems } from '../../../src/render/problems.js';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import type { Problem } from '../../../src/model/lab-file/problems.js';

function problem(part: Partial<Problem>): Problem {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 2, path: '' };
  return { severity: 'error', code: 'X', message: 'It is wrong.', remedy: 'Do it right.', ...place, ...part };
}

describe('problems of a lab file', () => {
  it('are shown with place, line, caret and remedy', () => {
    const text = 'lab: x\nnodes:\n  network1: { agnets: [l3] }\n';
    const at = { line: 3, column: 15, endLine: 3, endColumn: 21 };
    assert.deepEqual(renderProblems('x.neutron.yaml', text, [problem(at)], plainPaint), [
      'x.neutron.yaml:3:15: error: It is wrong.',
      '  3 |   network1: { agnets: [l3] }',
      '    |               ^^^^^^',
      '  → Do it right.',
      '',
      '1 error',
    ]);
  });

  it('puts the caret under the place, whatever stands before it', () => {
    const text = '\t網: "\u001b[31m" # x';
    const at = { column: text.indexOf('#') + 1, endColumn: text.indexOf('#') + 2 };
    const [, line = '', caret = ''] = renderProblems('f', text, [problem(at)], plainPaint);
    assert.equal(line, '  1 |   網: "?[31m" # x');
    // The wide character takes two columns.
    assert.equal(caret.indexOf('^'), line.indexOf('#') + 1);
  });

  it('shows a part of a line that is too long', () => {
    const text = `${'a'.repeat(100_000)}!${'b'.repeat(100_000)}`;
    const [, line = '', caret = ''] = renderProblems(
      'f',
      text,
      [problem({ column: 100_001, endColumn: 100_002 })],
      plainPaint,
    );
    assert.ok(line.length < 140);
    assert.equal(line.charAt(caret.indexOf('^')), '!');
  });

  it('counts errors and warnings', () => {
    const lines = renderProblems('f', '', [problem({}), problem({}), problem({ severity: 'warning' })], plainPaint);
    assert.equal(lines.at(-1), '2 errors, 1 warning');
    assert.ok(lines.some((line) => line.startsWith('f:1:1: warning: ')));
  });

  it('shows all mistakes of a real file at once', () => {
    const text =
      'lab: x\nnetworks:\n  blue:\n    subnets:\n      a: { cidr: 10.0.0.0/40 }\n      b: { cdir: 10.0.1.0/24 }\n';
    const { problems } = readLabFile(text);
    const shown = renderProblems('x', text, problems, plainPaint);
    assert.ok(shown.some((line) => line.startsWith('x:5:')));
    assert.ok(shown.some((line) => line.startsWith('x:6:')));
    assert.ok(shown.some((line) => line.includes("'cidr'")));
  });
});
