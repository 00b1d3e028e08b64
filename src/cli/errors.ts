/** What can be wrong with what was asked on the command line. */
import type { Problem } from '../model/lab-file/problems.js';
import { CliError, EXIT } from './exit-codes.js';

/** A command line that cannot be understood, or asks for what does not go together. */
export class UsageError extends CliError {
  readonly exitCode = EXIT.input;

  constructor(message: string, remedy: string) {
    super('Usage', message, remedy);
  }
}

/** More than one lab runs and none was named. */
export class SeveralLabs extends CliError {
  readonly exitCode = EXIT.input;

  constructor(labs: readonly string[]) {
    super(
      'SeveralLabs',
      `${String(labs.length)} labs run on this engine: ${labs.join(', ')}.`,
      'Say which one with `--lab NAME`.',
    );
  }
}

/** No lab runs and the command needs one. */
export class NoLab extends CliError {
  readonly exitCode = EXIT.input;

  constructor() {
    super('LabNotRunning', 'No lab runs on this engine.', 'Start one: `neutron-lab up labs/ha-router`.');
  }
}

/** The nodes of a lab do not tell what the lab is meant to be: none of them runs, or none was set up yet. */
export class LabUnknown extends CliError {
  readonly exitCode = EXIT.failed;

  constructor(lab: string) {
    super(
      'LabUnknown',
      `No node of the lab "${lab}" can tell what it is meant to be: none runs, or none was ever set up.`,
      'Bring it up again from its file: `neutron-lab up PATH`.',
    );
  }
}

/** A path that leads to no lab file, or to more than one. */
export class LabFileNotFound extends CliError {
  readonly exitCode = EXIT.input;

  constructor(message: string, remedy: string) {
    super('LabFileNotFound', message, remedy);
  }
}

/** A lab file with errors: all of them at once. */
export class LabFileInvalid extends CliError {
  readonly exitCode = EXIT.input;

  constructor(
    /** As the person wrote it. */
    readonly file: string,
    readonly text: string,
    readonly problems: readonly Problem[],
  ) {
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    super(
      'LabFileInvalid',
      `${file} has ${errors === 1 ? 'an error' : `${String(errors)} errors`}.`,
      'Mend what is told above; nothing was changed.',
    );
  }
}

/** A lesson with errors: all of them at once. */
export class LessonInvalid extends CliError {
  readonly exitCode = EXIT.input;

  constructor(
    readonly file: string,
    readonly text: string,
    readonly problems: readonly Problem[],
  ) {
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    super(
      'LessonInvalid',
      `${file} has ${errors === 1 ? 'an error' : `${String(errors)} errors`}.`,
      'Mend what is told above.',
    );
  }
}

/** What should be imported is not there, cannot be read or is no JSON of a cloud. */
export class ImportFilesUnreadable extends CliError {
  readonly exitCode = EXIT.input;

  constructor(message: string, remedy: string, code = 'ImportFilesUnreadable') {
    super(code, message, remedy);
  }
}
