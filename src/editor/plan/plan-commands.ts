/** Looking at what would change before it does. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Handlers } from '../commands.js';
import { type LabWord, chooseLab } from '../labs/choose-lab.js';
import { report } from '../report.js';
import { LabFileErrors, fileOf, savedText } from '../run/lab-source.js';
import { type Runner, versionOf } from '../run/run-commands.js';
import type { Services } from '../services.js';
import { isEmptyPlan } from '../../render/plan.js';
import type { PlanRow } from './plan-rows.js';
import type { PlanView } from './plan-view.js';
import { type Planned, makePlan, samePlan } from './planned.js';

export function planCommands(services: Services, runner: Runner, view: PlanView) {
  const { engine, context, log, labs } = services;

  const plan = async (uri: vscode.Uri): Promise<Planned> => {
    const text = await savedText(uri);
    const runtime = await engine.runtime();
    return await vscode.window.withProgress({ location: { viewId: 'neutron-lab.labs' } }, () =>
      makePlan(runtime, uri, text, versionOf(context)),
    );
  };

  const show = async (uri: vscode.Uri, remark = ''): Promise<void> => {
    const planned = await plan(uri);
    if (!isEmptyPlan(planned.plan)) {
      await view.show(planned, remark);
      return;
    }
    await view.discard();
    const text = l10n.t('Nothing to change: {0} is what its file says.', planned.plan.lab);
    void vscode.window.showInformationMessage(text);
  };

  const showFor = async (word: LabWord, title: string): Promise<void> => {
    const entry = await chooseLab(services, word, { which: 'file', title });
    await withProblems(async () => {
      await show(fileOf(entry));
    });
  };

  const withProblems = async (task: () => Promise<void>): Promise<void> => {
    try {
      await task();
    } catch (error) {
      if (!(error instanceof LabFileErrors)) throw error;
      await report(error, log, { title: l10n.t('Show Problems'), command: 'workbench.actions.view.problems' });
    }
  };

  return {
    'neutron-lab.plan': async (word?: LabWord) => {
      await showFor(word, l10n.t('Plan for which lab?'));
    },
    'neutron-lab.applyChanges': async (word?: LabWord) => {
      await showFor(word, l10n.t('Apply the changes of which lab?'));
    },
    'neutron-lab.applyPlan': async () => {
      const shown = view.current;
      if (!shown) return;
      await withProblems(async () => {
        const now = await plan(shown.uri);
        if (isEmptyPlan(now.plan) || !samePlan(shown.plan, now.plan)) {
          // What would be done is not what was looked at: nothing is done before somebody looked again.
          await show(shown.uri, l10n.t('The file or the lab is not what it was: this is the plan now.'));
          return;
        }
        const entry = labs.get(shown.uri.toString());
        if (!entry) return;
        const done = await runner.up(entry);
        if (!done) return;
        await view.discard();
        vscode.window.setStatusBarMessage(l10n.t('$(check) {0}: the plan is applied', done.lab.name), 6000);
      });
    },
    'neutron-lab.planAnew': async () => {
      const shown = view.current;
      if (shown)
        await withProblems(async () => {
          await show(shown.uri);
        });
    },
    'neutron-lab.discardPlan': async () => {
      await view.discard();
    },
    'neutron-lab.showStep': async (row: PlanRow) => {
      await view.showStep(row);
    },
  } satisfies Handlers;
}
