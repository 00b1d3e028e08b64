/** The lab in use in the status bar, followed while an engine is there; it never looks for one by itself. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { DisposableList } from '../disposable-list.js';
import type { Handlers } from '../commands.js';
import { type LabWord, chooseLab } from '../labs/choose-lab.js';
import type { LabEntry } from '../labs/lab-entry.js';
import type { Services } from '../services.js';
import { differences } from '../tree/lab-rows.js';
import { labActions, statusWords } from './status-words.js';

export class LabStatusBar implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly item: vscode.StatusBarItem;
  private followed: { readonly name: string; readonly end: vscode.Disposable } | null = null;

  constructor(private readonly services: Services) {
    const { labs, inUse, engine } = services;
    this.item = this.own.add(vscode.window.createStatusBarItem('neutron-lab.lab', vscode.StatusBarAlignment.Left, 10));
    this.item.name = l10n.t('Neutron Lab');
    const draw = (): void => {
      this.draw();
    };
    this.own.add(labs.onDidChange(draw));
    this.own.add(inUse.onDidChange(draw));
    this.own.add(engine.onDidChange(draw));
    this.own.add(vscode.workspace.onDidGrantWorkspaceTrust(draw));
    // The files tell when they were found.
    void services.files.all().then(draw, draw);
  }

  dispose(): void {
    this.followed?.end.dispose();
    this.own.dispose();
  }

  private draw(): void {
    const { labs, inUse } = this.services;
    const { entry } = inUse;
    this.follow(entry);
    if (!entry) {
      this.item.hide();
      return;
    }
    const { isTrusted } = vscode.workspace;
    const { text, warning, tooltip, spoken } = statusWords(entry, differences(entry, labs.declared(entry)), isTrusted);
    this.item.text = text;
    this.item.backgroundColor = warning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    const markdown = new vscode.MarkdownString(tooltip, true);
    markdown.isTrusted = {
      enabledCommands: labActions(entry, null)
        .map((action) => action.command)
        .concat(ALWAYS),
    };
    this.item.tooltip = markdown;
    this.item.accessibilityInformation = { label: spoken, role: 'button' };
    if (isTrusted) this.item.command = { command: 'neutron-lab.labActions', title: spoken, arguments: [entry.key] };
    else this.item.command = 'workbench.trust.manage';
    this.item.show();
  }

  private follow(entry: LabEntry | null): void {
    const name = entry && entry.containers.length > 0 ? entry.name : null;
    if (this.followed?.name === name) return;
    this.followed?.end.dispose();
    this.followed = name === null ? null : { name, end: this.services.labs.follow(name) };
  }
}

const ALWAYS = ['neutron-lab.applyChanges', 'neutron-lab.healAll', 'neutron-lab.repair', 'neutron-lab.up'] as const;

export function statusBarCommands(services: Services) {
  const { labs } = services;
  return {
    'neutron-lab.labActions': async (word?: LabWord) => {
      const entry = await chooseLab(services, word, { title: l10n.t('Which lab?') });
      const items = labActions(entry, differences(entry, labs.declared(entry))).map((action) => ({
        label: action.label,
        iconPath: new vscode.ThemeIcon(action.icon),
        action,
      }));
      const chosen = await vscode.window.showQuickPick(items, { title: entry.name });
      if (chosen) await vscode.commands.executeCommand(chosen.action.command, entry.key);
    },
  } satisfies Handlers;
}
