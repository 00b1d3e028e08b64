/** What the exit code says to a script; `neutron-lab --help` prints this table. */
import { LabError } from '../model/errors.js';

export const EXIT = {
  ok: 0,
  /** A step failed, or what was measured is not what was promised. */
  failed: 1,
  /** A wrong command line, a lab file with errors, a name that is not there. */
  input: 2,
  /** No engine answers, or there is no node image. */
  engine: 3,
  /** 128 + SIGINT, as shells have it. */
  interrupted: 130,
} as const;

export const EXIT_CODE_HELP = `Exit codes:
  0    done
  1    a step failed, a failover does not agree with the theory, show --diff
       found something, or a lesson's check does not pass
  2    wrong input: command line, lab file, or a name that is not there
  3    no container engine answers, or there is no node image
  130  interrupted
`;

const INPUT: ReadonlySet<string> = new Set([
  'AmbiguousName',
  'LabNotRunning',
  'LessonLabRuns',
  'LessonNotFound',
  'NoFailover',
  'NoSuchFault',
  'NoSuchNode',
  'NoSuchTarget',
  'RouterNotHostedByL3Agent',
]);

const ENGINE = /^(Engine|NodeImage|ImageFile|ImageUnavailable|ProgramFailed)/;

const INTERRUPTED: ReadonlySet<string> = new Set(['Interrupted', 'Cancelled']);

/** An error that knows its own exit code: those of the command line itself. */
export abstract class CliError extends LabError {
  abstract readonly exitCode: number;
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  if (!(error instanceof LabError)) return EXIT.failed;
  if (INTERRUPTED.has(error.code)) return EXIT.interrupted;
  if (INPUT.has(error.code)) return EXIT.input;
  return ENGINE.test(error.code) ? EXIT.engine : EXIT.failed;
}
