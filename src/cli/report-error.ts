/** An error as the person or the script at the other end needs it. */
import { LabError } from '../model/errors.js';
import { LabFileInvalid, LessonInvalid } from './errors.js';
import { exitCodeOf } from './exit-codes.js';
import { renderProblems } from '../render/problems.js';
import { type Paint, printable } from '../render/paint.js';
import type { Terminal } from './terminal.js';

const DEFECT_REMEDY = 'This is a defect of Neutron Lab. NEUTRON_LAB_DEBUG=1 shows where it happened.';

/**
 * On standard error for people, on standard output as one JSON value for scripts.
 * @returns the exit code
 */
export function reportError(error: unknown, terminal: Terminal, json: boolean): number {
  const { code, message, remedy } = describeError(error);
  if (json) {
    const problems = isListOfProblems(error) ? { file: error.file, problems: error.problems } : {};
    terminal.jsonLine({ error: { code, message, remedy, ...problems } });
  } else {
    const paint = terminal.errorPaint;
    if (isListOfProblems(error)) {
      terminal.errorLine(...renderProblems(error.file, error.text, error.problems, paint));
    } else {
      terminal.errorProse(...errorLines({ message, remedy }, paint));
    }
  }
  const debug = terminal.streams.env.NEUTRON_LAB_DEBUG;
  if (debug !== undefined && debug !== '' && debug !== '0' && error instanceof Error) {
    terminal.errorLine(terminal.errorPaint(error.stack ?? String(error), 'grey'));
  }
  return exitCodeOf(error);
}

/** The sentence and what to do. */
export function errorLines({ message, remedy }: Pick<LabError, 'message' | 'remedy'>, paint: Paint): string[] {
  const sentence = `${paint('error:', 'red', 'bold')} ${printableLines(message)}`;
  return remedy === '' ? [sentence] : [sentence, `  ${printableLines(remedy)}`];
}

function isListOfProblems(error: unknown): error is LabFileInvalid | LessonInvalid {
  return error instanceof LabFileInvalid || error instanceof LessonInvalid;
}

export function describeError(error: unknown): { code: string; message: string; remedy: string } {
  if (error instanceof LabError) return { code: error.code, message: error.message, remedy: error.remedy };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'Internal', message, remedy: DEFECT_REMEDY };
}

function printableLines(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line))
    .join('\n  ');
}
