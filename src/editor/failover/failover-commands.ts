/** Measures a failover, and shows the report as a document. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { measureFailover } from '../../experiment/failover.js';
import { FAILOVER_FAULTS, type FailoverFault, type FailoverReport } from '../../experiment/failover-report.js';
import { LabError } from '../../model/errors.js';
import type { Handlers } from '../commands.js';
import { type LabWord, chooseLab } from '../labs/choose-lab.js';
import { SETTING_FAILOVER_RUNS, SETTING_PROBE_INTERVAL } from '../manifest/settings.js';
import { isCancelled } from '../report.js';
import type { Operations } from '../run/operations.js';
import type { Services } from '../services.js';
import type { TreeNode } from '../tree/labs-view.js';
import { failoverDocument } from './failover-document.js';
import { failoverStage, faultWords } from './failover-words.js';

const REPORT_SCHEME = 'neutron-lab-failover';

/** Runs that nobody would wait for. */
const MOST_RUNS = 100;

interface Choice {
  readonly router: { readonly id: string; readonly name: string };
  readonly fault: FailoverFault;
  readonly times: number;
}

/** Keeps the reports of this window for their documents. */
export class FailoverReports implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();

  async show(report: FailoverReport): Promise<void> {
    const path = `/${report.router}-${report.fault}-${String(this.texts.size + 1)}.failover.md`;
    const uri = vscode.Uri.from({ scheme: REPORT_SCHEME, path });
    this.texts.set(uri.path, failoverDocument(report));
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      // Without the built-in Markdown preview its text is shown: it reads well, too.
      await vscode.window.showTextDocument(uri, { preview: false });
    }
  }

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return this.texts.get(path) ?? l10n.t('This report went with the window that it was made in.');
  }

  register(): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(REPORT_SCHEME, this);
  }
}

export function failoverCommands(services: Services, operations: Operations, reports: FailoverReports) {
  const { labs } = services;
  return {
    'neutron-lab.failover': async (word?: LabWord) => {
      const entry = await chooseLab(services, word, { which: 'running', title: l10n.t('Failover in which lab?') });
      const report = await labs.withLive(entry.name, async (live) => {
        const routers = live.lab.routers.filter(({ ha }) => ha);
        const choice = await choose(routers, word);
        if (!choice) return null;
        const { router, fault, times } = choice;
        const order = {
          name: entry.name,
          kind: 'failover' as const,
          title: l10n.t('Failover of {0}', router.name),
          begin: l10n.t('measuring a failover'),
        };
        return await operations
          .run(order, ({ signal, tell }) =>
            measureFailover(live.running, live.lab, {
              routerId: router.id,
              fault,
              times,
              intervalMs: vscode.workspace.getConfiguration().get<number>(SETTING_PROBE_INTERVAL, 20),
              signal,
              onProgress: (progress) => {
                const stage = failoverStage(progress, times);
                if (stage) tell(stage);
              },
            }),
          )
          .catch((error: unknown) => {
            if (!isCancelled(error)) throw error;
            vscode.window.setStatusBarMessage(l10n.t('$(check) Stopped; what was broken is healed'), 6000);
            return null;
          });
      });
      if (report) await reports.show(report);
    },
  } satisfies Handlers;
}

async function choose(
  routers: readonly { readonly id: string; readonly name: string }[],
  word: LabWord,
): Promise<Choice | null> {
  const router = await chooseRouter(routers, isRow(word) ? word.row.about : null);
  if (!router) return null;
  const title = l10n.t('How is the MASTER of {0} broken?', router.name);
  const fault = await vscode.window.showQuickPick(
    FAILOVER_FAULTS.map((kind) => ({ ...faultWords(kind), by: kind })),
    { title, matchOnDetail: true },
  );
  if (!fault) return null;
  const times = await vscode.window.showInputBox({
    title: l10n.t('How many times?'),
    prompt: l10n.t('One run takes 15 to 30 s; the lab is healed after each.'),
    value: String(vscode.workspace.getConfiguration().get<number>(SETTING_FAILOVER_RUNS, 1)),
    validateInput: (text) =>
      /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_RUNS
        ? undefined
        : l10n.t('A number from 1 to {0}.', MOST_RUNS),
  });
  return times === undefined ? null : { router, fault: fault.by, times: Number(times) };
}

async function chooseRouter(
  routers: readonly { readonly id: string; readonly name: string }[],
  about: TreeNode['row']['about'] | null,
): Promise<{ readonly id: string; readonly name: string } | null> {
  const meant = routers.find(({ id }) => id === about?.id || id === about?.owner?.id);
  if (meant) return meant;
  const [only, ...more] = routers;
  if (!only) {
    throw new LabError('NoFailover', l10n.t('The lab has no HA router.'), l10n.t('A router with `ha: true` has VRRP.'));
  }
  if (more.length === 0) return only;
  const items = routers.map((router) => ({ label: router.name, router }));
  const chosen = await vscode.window.showQuickPick(items, { title: l10n.t('Which router?') });
  return chosen?.router ?? null;
}

function isRow(word: LabWord): word is TreeNode {
  return typeof word === 'object' && 'row' in word;
}
