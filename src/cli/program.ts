/** The table of commands. Only the one that is asked for is loaded, so that the program starts quickly. */
import { Command } from 'commander';
import type { CommandContext, DefineCommand } from './command-definition.js';
import { EXIT_CODE_HELP } from './exit-codes.js';
import { examples } from './options.js';
import { VERSION } from './version.js';

interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<DefineCommand>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'up',
    summary: 'make the running lab what its file says',
    load: async () => (await import('./commands/up.js')).defineUp,
  },
  {
    name: 'plan',
    summary: 'what `up` would change, with reasons; nothing is done',
    load: async () => (await import('./commands/plan.js')).definePlan,
  },
  {
    name: 'validate',
    summary: 'look for mistakes in a lab file; needs no engine',
    load: async () => (await import('./commands/validate.js')).defineValidate,
  },
  {
    name: 'import',
    summary: 'a lab file from the JSON of a real cloud; needs no engine',
    load: async () => (await import('./commands/import.js')).defineImport,
  },
  {
    name: 'export',
    summary: 'a lab as openstack commands, Heat template or Terraform',
    load: async () => (await import('./commands/export.js')).defineExport,
  },
  {
    name: 'status',
    summary: 'nodes, routers, replicas, instances; live with --watch',
    load: async () => (await import('./commands/status.js')).defineStatus,
  },
  {
    name: 'show',
    summary: 'what an agent built: files, rules, routes; and what should be',
    load: async () => (await import('./commands/show.js')).defineShow,
  },
  {
    name: 'exec',
    summary: 'run a command or a shell: on a node, in a namespace',
    load: async () => (await import('./commands/exec.js')).defineExec,
  },
  {
    name: 'commands',
    summary: 'every command that was run on a node, with reasons',
    load: async () => (await import('./commands/commands.js')).defineCommands,
  },
  {
    name: 'fail',
    summary: 'break something on purpose',
    load: async () => (await import('./commands/fail.js')).defineFail,
  },
  {
    name: 'heal',
    summary: 'mend what was broken: everything, one node, or one router',
    load: async () => (await import('./commands/heal.js')).defineHeal,
  },
  {
    name: 'failover',
    summary: 'break a MASTER, measure the outage, heal, report',
    load: async () => (await import('./commands/failover.js')).defineFailover,
  },
  {
    name: 'experiment',
    summary: 'break a lab as its file says, measure, compare; named ones to start with',
    load: async () => (await import('./commands/experiment.js')).defineExperiment,
  },
  {
    name: 'lesson',
    summary: 'lessons that check what you did: list, check, solve, reset, repair, run',
    load: async () => (await import('./commands/lesson.js')).defineLesson,
  },
  {
    name: 'list',
    summary: 'the labs on this engine',
    load: async () => (await import('./commands/list.js')).defineList,
  },
  {
    name: 'down',
    summary: 'remove a lab with all that it has on the engine',
    load: async () => (await import('./commands/down.js')).defineDown,
  },
  {
    name: 'image',
    summary: 'build the node image, save it, load it',
    load: async () => (await import('./commands/image.js')).defineImage,
  },
  {
    name: 'engine',
    summary: 'find a container engine, or install one',
    load: async () => (await import('./commands/engine.js')).defineEngine,
  },
  {
    name: 'schema',
    summary: 'the JSON schema of lab files, for editors',
    load: async () => (await import('./commands/schema.js')).defineSchema,
  },
  {
    name: 'demo',
    summary: 'the tour: a lab comes up, fails over, is measured',
    load: async () => (await import('./commands/demo.js')).defineDemo,
  },
];

const EXAMPLES: readonly (readonly [line: string, what: string])[] = [
  ['neutron-lab demo', 'the tour, in a minute'],
  ['neutron-lab up labs/ha-router', 'bring a lab up, or make it what its file says'],
  ['neutron-lab status --watch', 'what runs where, live'],
  ['neutron-lab exec web1 -- ping 192.168.20.1', 'as if you sat at the instance'],
  ['neutron-lab failover edge', 'break, measure, heal'],
  ['neutron-lab down', 'remove it all'],
];

/** @param words The command line, so that the command it names can be loaded. */
export async function buildProgram(
  words: readonly string[],
  context: CommandContext,
  done: (exitCode: number) => void,
): Promise<Command> {
  const { terminal } = context;
  const program = new Command('neutron-lab');
  program
    .description('OpenStack networking on your laptop: real namespaces, real keepalived, no OpenStack.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.write(text);
      },
      writeErr: (text) => {
        terminal.errorLine(text.trimEnd());
      },
      // What is wrong with a command line is told like every other error.
      outputError: () => undefined,
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      getOutHasColors: () => false,
    });
  examples(program, ...EXAMPLES);
  program.addHelpText('after', EXIT_CODE_HELP);
  const named = new Set(words.filter((word) => !word.startsWith('-')));
  for (const { name, summary, load } of COMMANDS) {
    const command = program
      .command(name)
      .summary(summary)
      .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`);
    command.helpOption('-h, --help', 'print this help');
    if (named.has(name)) (await load())(command, context, done);
  }
  return program;
}
