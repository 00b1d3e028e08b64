/** `neutron-lab lesson lint`: what is wrong with lessons, found by reading them and by running them. */
import type { Command } from 'commander';
import { type LessonFile, findLesson, startOf } from '../../lesson/library.js';
import { lintLesson } from '../../lesson/lint/lint.js';
import { rehearse } from '../../lesson/run/rehearse.js';
import type { Problem } from '../../model/lab-file/problems.js';
import { renderProblems } from '../../render/problems.js';
import type { CommandContext } from '../command-definition.js';
import { EXIT } from '../exit-codes.js';
import { Interrupt } from '../interrupt.js';
import { openEngine } from '../lab-access.js';
import { type EngineChoice, type JsonChoice, examples, withEngine, withJson } from '../options.js';
import { bundledLabs } from '../package-folder.js';

interface LintOptions extends EngineChoice, JsonChoice {
  readonly run: boolean;
}

export function defineLint(parent: Command, { terminal }: CommandContext, done: (exitCode: number) => void): void {
  const lint = parent
    .command('lint')
    .summary('what is wrong with a lesson of yours, by reading and by running it')
    .description(
      'What is wrong with a lesson: cells that are none, values in the prose that nothing verifies, and by running it a check that cannot fail, a solution that does not pass, a command that does not run.',
    );
  withJson(withEngine(lint))
    .argument('<lesson...>', 'paths of lesson.md, numbers or names')
    .option('--no-run', 'read it only; needs no engine');
  examples(
    lint,
    ['neutron-lab lesson lint labs/16-mine', 'read it, and run it if it is sound'],
    ['neutron-lab lesson lint labs/16-mine --no-run', 'in a blink, while you write'],
  );
  lint.action(async (words: readonly string[], options: LintOptions) => {
    const quiet = options.json === true;
    using interrupt = new Interrupt(terminal, quiet ? null : 'Stopping and taking the lab down …');
    const results: { readonly lesson: string; readonly problems: readonly Problem[] }[] = [];
    for (const word of words) {
      const file = await findLesson(word, bundledLabs());
      const problems = await problemsOf(file, options, interrupt.signal);
      results.push({ lesson: file.path, problems });
      if (quiet) continue;
      const { paint } = terminal;
      if (problems.length > 0) terminal.line(...renderProblems(file.path, file.text, problems, paint));
      else terminal.line(`${paint('✓', 'green')} ${file.path}`);
    }
    if (quiet) terminal.json(results);
    const failed = results.some(({ problems }) => problems.some(({ severity }) => severity === 'error'));
    done(failed ? EXIT.failed : EXIT.ok);
  });
}

async function problemsOf(file: LessonFile, options: LintOptions, signal: AbortSignal): Promise<Problem[]> {
  const start = await startOf(file).catch(() => null);
  const read = lintLesson(file.text, file.reading, start);
  const { lesson } = file.reading;
  if (!options.run || start === null || lesson === null || read.some(({ code }) => code === 'NoSolution')) return read;
  const runtime = await openEngine(options);
  try {
    const found = await rehearse(runtime, { text: file.text, lesson, start }, { signal });
    return [...read, ...found].sort((one, other) => one.line - other.line);
  } finally {
    runtime.close();
  }
}
