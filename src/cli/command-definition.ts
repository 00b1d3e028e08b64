/** What every command of the command line is made of. */
import type { Command } from 'commander';
import type { Terminal } from './terminal.js';

export interface CommandContext {
  readonly terminal: Terminal;
  /** What stands after `--`; null where there is none. */
  readonly rest: readonly string[] | null;
}

/**
 * Adds arguments, options, examples and the action to a command. Commands set the exit code by what they return.
 */
export type DefineCommand = (command: Command, context: CommandContext, done: (exitCode: number) => void) => void;
