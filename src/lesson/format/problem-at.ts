/** What is wrong with a lesson at a range of its text, in the form that problems of lab files have. Pure. */
import type { Problem } from '../../model/lab-file/problems.js';
import type { Range } from './lesson.js';

export function problemAt(
  text: string,
  { start, line }: Range,
  said: Pick<Problem, 'code' | 'message' | 'remedy'> & { readonly severity?: Problem['severity'] },
): Problem {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.slice(start).search(/\r|\n|$/) + start;
  return {
    severity: 'error',
    ...said,
    line,
    column: start - lineStart + 1,
    endLine: line,
    endColumn: lineEnd - lineStart + 1,
    path: '',
  };
}
