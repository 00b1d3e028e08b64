/** Lab files for tests. */
import assert from 'node:assert/strict';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import type { Problem } from '../../../src/model/lab-file/problems.js';
import type { Lab } from '../../../src/model/resources.js';

/** The lab of a text that must be right, warnings apart. */
export function labOf(text: string, held?: Lab): Lab {
  const { lab, problems } = readLabFile(text, { held });
  assert.ok(lab, problems.map((problem) => `${problem.line}:${problem.column} ${problem.message}`).join('\n'));
  return lab;
}

/** The problems of a text with one code, without a lab when they are errors. */
export function problemsOf(text: string, code: string): Problem[] {
  const { lab, problems } = readLabFile(text);
  assert.equal(
    lab === null,
    problems.some(({ severity }) => severity === 'error'),
  );
  return problems.filter((problem) => problem.code === code);
}

/** The text that a problem points at. */
export function pointed(text: string, problem: Problem): string {
  assert.equal(problem.line, problem.endLine);
  return (text.split('\n')[problem.line - 1] ?? '').slice(problem.column - 1, problem.endColumn - 1);
}
