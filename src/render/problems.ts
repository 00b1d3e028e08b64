/** Problems of a lab file as a compiler shows them: place, sentence, the line with a caret, what would be right. Pure. */
import type { Problem } from '../model/lab-file/problems.js';
import { type Paint, printable, widthOf } from './paint.js';
import { count } from './words.js';

/** A line of a stranger's file may be a megabyte long: this much of it is shown around the place. */
const CONTEXT = 60;

function sourceLine(text: string, problem: Problem, paint: Paint): string[] {
  const source = text.split(/\r?\n/, problem.line)[problem.line - 1];
  if (source === undefined || source.trim() === '') return [];
  const from = Math.max(0, problem.column - 1 - CONTEXT);
  const to = Math.min(source.length, problem.column - 1 + CONTEXT);
  const start = from > 0 ? '…' : '';
  const shown = `${start}${show(source.slice(from, to))}${to < source.length ? '…' : ''}`;
  const before = start + show(source.slice(from, problem.column - 1));
  const end = problem.endLine === problem.line ? problem.endColumn - 1 : source.length;
  const marked = show(source.slice(problem.column - 1, Math.min(end, to)));
  const number = String(problem.line);
  const margin = ' '.repeat(number.length);
  const caret = '^'.repeat(Math.max(1, widthOf(marked)));
  return [
    `  ${paint(`${number} |`, 'grey')} ${shown}`,
    `  ${paint(`${margin} |`, 'grey')} ${' '.repeat(widthOf(before))}${paint(caret, problem.severity === 'error' ? 'red' : 'yellow', 'bold')}`,
  ];
}

function show(text: string): string {
  return printable(text.replaceAll('\t', '  '));
}

export function renderProblem(file: string, text: string, problem: Problem, paint: Paint): string[] {
  const severity = problem.severity === 'error' ? paint('error:', 'red', 'bold') : paint('warning:', 'yellow', 'bold');
  const place = `${file}:${String(problem.line)}:${String(problem.column)}:`;
  return [
    `${paint(place, 'bold')} ${severity} ${problem.message}`,
    ...sourceLine(text, problem, paint),
    `  ${paint('→', 'cyan')} ${problem.remedy}`,
  ];
}

/** All problems and their number, a blank line after each. */
export function renderProblems(file: string, text: string, problems: readonly Problem[], paint: Paint): string[] {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const totals = [errors > 0 ? count(errors, 'error') : '', warnings > 0 ? count(warnings, 'warning') : ''];
  return [
    ...problems.flatMap((problem) => [...renderProblem(file, text, problem, paint), '']),
    ...(problems.length === 0 ? [] : [totals.filter((part) => part !== '').join(', ')]),
  ];
}
