/** Up, Down, Repair: what brings a lab to where its file, or what was applied last, says that it is. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type BringUpOptions, type BroughtUp, bringUpLab, repairLab } from '../../lab/bring-up/bring-up.js';
import { down } from '../../lab/bring-up/down.js';
import { LabError } from '../../model/errors.js';
import type { Handlers } from '../commands.js';
import { type LabWord, chooseLab } from '../labs/choose-lab.js';
import type { LabEntry } from '../labs/lab-entry.js';
import type { CommandId } from '../manifest/commands.js';
import { isCancelled, report } from '../report.js';
import type { Services } from '../services.js';
import { LabFileErrors, checked, intentOf, savedText } from './lab-source.js';
import type { Operation, Operations } from './operations.js';
import { UpWords } from './up-words.js';

export class Runner {
  constructor(
    private readonly services: Services,
    private readonly operations: Operations,
  ) {}

  /** @returns null where it was cancelled */
  async up(entry: LabEntry, signal?: AbortSignal): Promise<BroughtUp | null> {
    const { uri, name } = entry;
    if (uri === null) return await this.repair(entry, signal);
    const text = await savedText(uri);
    const lab = checked(uri, text);
    const title = l10n.t('Bringing up {0}', lab.name);
    return await this.bringUp({ name: lab.name, title, ...(signal ? { signal } : {}) }, entry, async (options) => {
      const runtime = await this.services.engine.runtime();
      return await bringUpLab(runtime, () => intentOf(runtime, uri, text), options);
    }).finally(() => {
      if (lab.name !== name) this.services.log.debug(`${name} is called ${lab.name}`);
    });
  }

  /** Makes the nodes what was applied last, faults or drift notwithstanding. */
  async repair(entry: LabEntry, signal?: AbortSignal): Promise<BroughtUp | null> {
    const { name } = entry;
    const title = l10n.t('Repairing {0}', name);
    return await this.bringUp({ name, title, ...(signal ? { signal } : {}) }, entry, async (options) => {
      const repaired = await repairLab(await this.services.engine.runtime(), name, options);
      if (repaired) return repaired;
      throw new LabError(
        'LabUnknown',
        l10n.t('No node of the lab {0} can tell what it is meant to be.', name),
        l10n.t('Bring it up from its file.'),
      );
    });
  }

  async down(entry: LabEntry): Promise<void> {
    const { name } = entry;
    const order = { name, kind: 'down' as const, title: l10n.t('Taking down {0}', name), begin: l10n.t('going down') };
    await this.operations.run({ ...order, cancellable: false }, async ({ tell }) => {
      const runtime = await this.services.engine.runtime();
      const total = entry.containers.length;
      let gone = 0;
      await down(runtime, name, () => {
        gone += 1;
        tell({ text: l10n.t('{0} of {1} nodes are gone', gone, total), share: gone / Math.max(1, total) });
      });
    });
  }

  private async bringUp(
    order: { readonly name: string; readonly title: string; readonly signal?: AbortSignal },
    entry: LabEntry,
    act: (options: BringUpOptions) => Promise<BroughtUp>,
  ): Promise<BroughtUp | null> {
    const { context, labs } = this.services;
    const words = new UpWords();
    const task = async ({ signal, tell }: Operation): Promise<BroughtUp> =>
      await act({
        version: versionOf(context),
        signal,
        onProgress: (progress) => {
          tell(words.take(progress));
        },
      });
    try {
      return await this.operations.run({ ...order, kind: 'up', begin: l10n.t('coming up') }, task);
    } catch (error) {
      if (!isCancelled(error)) throw error;
      void tellCancelled(order.name, labs.get(entry.key) ?? entry);
      return null;
    }
  }
}

export function versionOf({ extension }: vscode.ExtensionContext): string {
  const { version } = extension.packageJSON as { version: string };
  return version;
}

/** What was done stays, and nothing is lost by it. */
async function tellCancelled(name: string, { key }: LabEntry): Promise<void> {
  const goOn = l10n.t('Go On');
  const down = l10n.t('Down');
  const text = l10n.t('{0} was stopped halfway. The next Up goes on from there.', name);
  const chosen = await vscode.window.showInformationMessage(text, goOn, down);
  const command: CommandId | null = chosen === goOn ? 'neutron-lab.up' : chosen === down ? 'neutron-lab.down' : null;
  if (command) await vscode.commands.executeCommand(command, key);
}

export function runCommands(services: Services, runner: Runner) {
  const { log } = services;
  return {
    'neutron-lab.up': async (word?: LabWord) => {
      const entry = await chooseLab(services, word, { which: 'file', title: l10n.t('Bring up which lab?') });
      try {
        const done = await runner.up(entry);
        if (done) tellReady(done);
      } catch (error) {
        if (!(error instanceof LabFileErrors)) throw error;
        await report(error, log, { title: l10n.t('Show Problems'), command: 'workbench.actions.view.problems' });
      }
    },
    'neutron-lab.repair': async (word?: LabWord) => {
      const entry = await chooseLab(services, word, { which: 'running', title: l10n.t('Repair which lab?') });
      const done = await runner.repair(entry);
      if (done) tellReady(done);
    },
    'neutron-lab.healAll': async (word?: LabWord) => {
      const entry = await chooseLab(services, word, { which: 'running', title: l10n.t('Heal which lab?') });
      const done = await runner.repair(entry);
      if (done) tellReady(done);
    },
    'neutron-lab.down': async (word?: LabWord) => {
      await services.engine.runtime();
      const entry = await chooseLab(services, word, { which: 'running', title: l10n.t('Take down which lab?') });
      if (entry.containers.length === 0) {
        vscode.window.setStatusBarMessage(l10n.t('{0} does not run.', entry.name), 4000);
        return;
      }
      if (entry.uri === null && !(await agreed(entry.name))) return;
      await runner.down(entry);
    },
  } satisfies Handlers;
}

/** Of a lab with a file nothing is lost that Up does not bring back; of another one, what it was is known here only. */
async function agreed(name: string): Promise<boolean> {
  const down = l10n.t('Take Down');
  const chosen = await vscode.window.showWarningMessage(
    l10n.t('Take down {0}?', name),
    {
      modal: true,
      detail: l10n.t('No lab file of this workspace declares it: it cannot be brought up again from here.'),
    },
    down,
  );
  return chosen === down;
}

/** The row and the status bar show the rest; this is for whoever looked away. */
function tellReady({ lab, changed, status }: BroughtUp): void {
  const masters = status.routers.flatMap(({ ha, name, active_on: [node] }) =>
    ha && node !== undefined ? [l10n.t('{0}: MASTER on {1}', name, node)] : [],
  );
  const [only, ...more] = masters;
  const what =
    changed === 0 ? l10n.t('{0} is as it should be: nothing to change', lab.name) : l10n.t('{0} is ready', lab.name);
  vscode.window.setStatusBarMessage(
    `$(check) ${what}${only !== undefined && more.length === 0 ? ` · ${only}` : ''}`,
    6000,
  );
}
