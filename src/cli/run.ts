/** Runs a command line from its words to its exit code. */
import { CommanderError } from 'commander';
import { UsageError } from './errors.js';
import { EXIT } from './exit-codes.js';
import { buildProgram } from './program.js';
import { reportError } from './report-error.js';
import { Terminal } from './terminal.js';

/** What commander prints as `error: …`, as a sentence and its remedy. */
function usageError({ code, message }: CommanderError, words: readonly string[]): UsageError {
  const [first = '', hint] = message
    .replace(/^error: /, '')
    .trim()
    .split('\n');
  const whole = `${first.charAt(0).toUpperCase()}${first.slice(1)}`;
  const said = commandNamed(words);
  // What is not known is the last word of the command.
  const known = (code === 'commander.unknownCommand' ? said.slice(0, -1) : said).map((word) => `${word} `).join('');
  return new UsageError(
    /[.?!)]$/.test(whole) ? whole : `${whole}.`,
    hint?.replace(/^\((.*)\)$/, '$1') ?? `\`neutron-lab ${known}--help\` shows what there is.`,
  );
}

/** The command and the subcommand that stand on a command line, as far as they do. */
function commandNamed(words: readonly string[]): string[] {
  const at = words.findIndex((word) => !word.startsWith('-'));
  const [command, next = '-'] = at < 0 ? [] : words.slice(at);
  if (command === undefined) return [];
  return WITH_SUBCOMMANDS.has(command) && !next.startsWith('-') ? [command, next] : [command];
}

const WITH_SUBCOMMANDS: ReadonlySet<string> = new Set(['engine', 'fail', 'image', 'lesson']);

/** @param words What stands after the program's name. @returns the exit code */
export async function run(words: readonly string[], terminal = Terminal.ofProcess()): Promise<number> {
  const command = words.find((word) => !word.startsWith('-'));
  // What follows `exec … --` is another program's command line; elsewhere `--` only ends the options.
  const split = command === 'exec' ? words.indexOf('--') : -1;
  const own = split < 0 ? words : words.slice(0, split);
  const rest = split < 0 ? null : words.slice(split + 1);
  let exitCode: number = EXIT.ok;
  try {
    const program = await buildProgram(own, { terminal, rest }, (code) => {
      exitCode = code;
    });
    if (own.length === 0) program.outputHelp();
    else await program.parseAsync([...own], { from: 'user' });
    return exitCode;
  } catch (error) {
    const json = own.includes('--json');
    if (!(error instanceof CommanderError)) return reportError(error, terminal, json);
    if (error.exitCode === 0) return EXIT.ok;
    // A command that needs a subcommand: its help was printed already.
    if (error.code === 'commander.help') return EXIT.input;
    return reportError(usageError(error, own), terminal, json);
  }
}
