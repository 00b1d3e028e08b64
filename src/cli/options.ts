/** Options and arguments that several commands share. */
import { InvalidArgumentError, type Command } from 'commander';
import { pad, widthOf, wrap } from '../render/paint.js';

/** Columns in which a sentence can be read. */
const LEGIBLE = 24;

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
  command.addHelpText('after', () => {
    const columns = command.configureOutput().getOutHelpWidth?.() ?? 80;
    return `\nExamples:\n${exampleLines(lines, columns).join('\n')}\n`;
  });
}

/** What an example is for stands beside it, or beneath it where that would leave no room to read. */
export function exampleLines(lines: readonly (readonly [line: string, what: string])[], columns: number): string[] {
  const width = Math.max(...lines.map(([line]) => widthOf(line)));
  const room = columns - width - 5;
  return lines.flatMap(([line, what]) => {
    if (what === '') return [`  ${line}`];
    if (room < LEGIBLE) return [`  ${line}`, ...wrap(what, columns - 6).map((text) => `      ${text}`)];
    return wrap(what, room).map((text, at) => `  ${pad(at === 0 ? line : '', width)}   ${text}`);
  });
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
