/** `neutron-lab engine ensure` */
import { createInterface } from 'node:readline/promises';
import type { EngineInstallation } from '../../docker/engine-installation.js';
import { installEngine, plannedInstallation } from '../../docker/install-engine.js';
import type { Engine } from '../../docker/runtime.js';
import type { DefineCommand } from '../command-definition.js';
import { CliError, EXIT } from '../exit-codes.js';
import { Interrupt } from '../interrupt.js';
import { openEngine } from '../lab-access.js';
import { longWork } from '../long-work.js';
import { type EngineChoice, type JsonChoice, examples, withEngine, withJson } from '../options.js';
import type { Terminal } from '../terminal.js';

interface EnsureOptions extends EngineChoice, JsonChoice {
  readonly yes?: boolean;
}

/** Nobody said yes to an installation. */
class NotAllowedToInstall extends CliError {
  readonly exitCode = EXIT.engine;

  constructor(why: string) {
    super(
      'EngineInstallationNotAllowed',
      `No container engine answers, and ${why}.`,
      'Run `neutron-lab engine ensure --yes` to have one installed, or start your own and run this again.',
    );
  }
}

function describePlan({ install, start }: EngineInstallation, terminal: Terminal): void {
  const { paint } = terminal;
  terminal.line('No container engine answers. This would be done:');
  for (const { argv, why } of install)
    terminal.line(`  ${paint(argv.join(' '), 'cyan')}`, paint(`      ${why}`, 'grey'));
  for (const [position, { argv, why }] of start.entries()) {
    const fallback = position === 0 ? '' : 'if that does not help: ';
    terminal.line(`  ${fallback}${paint(argv.join(' '), 'cyan')}`, paint(`      ${why}`, 'grey'));
  }
}

async function agreed(terminal: Terminal): Promise<boolean> {
  const { stdin, stdout } = terminal.streams;
  const questions = createInterface({ input: stdin, output: stdout });
  try {
    return /^y(es)?$/i.test((await questions.question('Do it? [y/N] ')).trim());
  } finally {
    questions.close();
  }
}

/**
 * An engine that answers, installed first where it is missing and somebody said yes.
 * @param yes Nobody is asked.
 * @throws NotAllowedToInstall, EngineInstallationError and the engine's errors
 */
export async function ensureEngine(
  choice: EngineChoice,
  terminal: Terminal,
  { yes, quiet }: { readonly yes: boolean; readonly quiet: boolean },
): Promise<{ engine: Engine; installed: boolean }> {
  const options = choice.dockerHost === undefined ? {} : { setting: choice.dockerHost };
  const planned = await plannedInstallation(options);
  if (planned === null) {
    const runtime = await openEngine(choice);
    runtime.close();
    return { engine: runtime.engine, installed: false };
  }
  if (!quiet) describePlan(planned, terminal);
  if (!yes) {
    if (!terminal.interactive || quiet) throw new NotAllowedToInstall('there is no terminal to ask at');
    if (!(await agreed(terminal))) throw new NotAllowedToInstall('you did not want one installed');
  }
  using interrupt = new Interrupt(terminal);
  const { signal } = interrupt;
  const engine = await longWork(
    terminal,
    quiet,
    async (progress) => await installEngine({ ...options, signal, progress }),
  );
  return { engine, installed: true };
}

/** `Docker Engine 20.10.24 (API 1.41), the default socket /var/run/docker.sock` */
export function engineText({ name, version, apiVersion, found }: Engine): string {
  return `${name} ${version} (API ${apiVersion}), found by ${found}`;
}

export const defineEngine: DefineCommand = (command, { terminal }) => {
  const ensure = command
    .command('ensure')
    .summary('find an engine that answers, or install one')
    .description(
      'Find a container engine that answers; where there is none, install and start one (Debian and Ubuntu, as root).',
    );
  withJson(withEngine(ensure)).option('-y, --yes', 'install without asking');
  examples(
    ensure,
    ['neutron-lab engine ensure', 'says what it would do, and asks'],
    ['neutron-lab engine ensure --yes', 'for scripts'],
  );
  ensure.action(async (options: EnsureOptions) => {
    const json = options.json === true;
    const { engine, installed } = await ensureEngine(options, terminal, { yes: options.yes === true, quiet: json });
    if (json) terminal.json({ installed, ...engine });
    else terminal.line(`${terminal.paint('✓', 'green')} ${engineText(engine)}${installed ? ', just installed' : ''}.`);
  });
};
