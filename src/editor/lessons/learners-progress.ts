/** How far the learner is: what the command line keeps, too, so that it does not matter where a step was taken. */
import { basename, dirname } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { collectInto } from '../../lesson/progress/collect.js';
import { learnerName, progressPath, readProgress, recordDeed } from '../../lesson/progress/progress-file.js';
import type { Deed } from '../../lesson/progress/progress.js';
import { DisposableList } from '../disposable-list.js';
import { SETTING_COLLECT, SETTING_LEARNER } from '../manifest/settings.js';

type Of = Pick<Deed, 'lesson' | 'title' | 'steps'>;

/** What the learner did, apart from with which lesson. */
export type Doing = Deed extends infer One ? (One extends Deed ? Omit<One, keyof Of> : never) : never;

export class LearnersProgress implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly changed = this.own.add(new vscode.EventEmitter<void>());
  private readonly path = progressPath();
  /** One after the other: each reads what the one before has written. */
  private last: Promise<void> = Promise.resolve();
  /** Whether what is collected could not be left where it should be. */
  private away = false;
  readonly onDidChange = this.changed.event;

  constructor(private readonly log: vscode.LogOutputChannel) {
    const pattern = new vscode.RelativePattern(vscode.Uri.file(dirname(this.path)), basename(this.path));
    const watcher = this.own.add(vscode.workspace.createFileSystemWatcher(pattern));
    const tell = (): void => {
      this.changed.fire();
    };
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) this.own.add(event(tell));
  }

  /** The steps of each lesson whose check was passed, by the lesson's name. */
  async passed(): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
    const { lessons } = await readProgress(this.path, learner());
    return new Map(Object.entries(lessons).map(([name, { passed }]) => [name, new Set(passed)]));
  }

  async note(of: Of, doing: Doing): Promise<void> {
    this.last = this.last.then(async () => {
      try {
        await this.write({ ...of, ...doing });
      } catch (error) {
        // No reason for a learner to stop.
        this.log.warn(`Progress is not kept: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
    await this.last;
    this.changed.fire();
  }

  dispose(): void {
    this.own.dispose();
  }

  private async write(deed: Deed): Promise<void> {
    const progress = await recordDeed(this.path, learner(), deed);
    const target = setting(SETTING_COLLECT) || (process.env.NEUTRON_LAB_COLLECT ?? '');
    if (target === '') return;
    const wrong = await collectInto(target, progress);
    if (wrong !== null && !this.away) void this.tellOnce(target, wrong);
    this.away = wrong !== null;
  }

  /** Whoever chose to be seen wants to know that nobody sees it; once, and again only after it went well. */
  private async tellOnce(target: string, wrong: string): Promise<void> {
    const what = l10n.t('Your progress could not be left in {0}: {1}.', target, wrong);
    this.log.warn(what);
    const settings = l10n.t('Open Settings');
    const kept = l10n.t('It is kept on this machine, and is left there with your next step.');
    const chosen = await vscode.window.showWarningMessage(`${what} ${kept}`, settings);
    if (chosen === settings) await vscode.commands.executeCommand('workbench.action.openSettings', SETTING_COLLECT);
  }
}

function learner(): string {
  return setting(SETTING_LEARNER).trim().slice(0, 100) || learnerName();
}

function setting(name: string): string {
  return vscode.workspace.getConfiguration().get<string>(name, '');
}
