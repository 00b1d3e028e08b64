/** Options and arguments that several commands share. */
import { InvalidArgumentError, type Command } from 'commander';

export interface EngineChoice {
  readonly dockerHost?: string;
}

export interface LabChoice extends EngineChoice {
  readonly lab?: string;
}

export interface JsonChoice {
  readonly json?: boolean;
}

export function withEngine(command: Command): Command {
  return command.option(
    '--docker-host <url>',
    'the container engine, written as DOCKER_HOST is; goes before DOCKER_HOST and the docker context',
  );
}

export function withLab(command: Command): Command {
  return withEngine(command).option('--lab <name>', 'which lab, where more than one runs');
}

export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON, for scripts');
}

export function examples(command: Command, ...lines: readonly (readonly [line: string, what: string])[]): void {
  const width = Math.max(...lines.map(([line]) => line.length));
  const text = lines.map(([line, what]) => `  ${line.padEnd(width)}   ${what}`.trimEnd()).join('\n');
  command.addHelpText('after', `\nExamples:\n${text}\n`);
}

/** For `.option(…, wholeNumber(1, 1000))`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is a whole number from ${String(least)} to ${String(most)}.`);
  };
}

/** For `.option(…, oneOf(WORDS))`. */
export function oneOf<T extends string>(words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((one) => one === text);
    if (word !== undefined) return word;
    throw new InvalidArgumentError(`It is one of ${words.join(', ')}.`);
  };
}
