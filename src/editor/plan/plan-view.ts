/** The Plan view: there while a plan waits for a decision. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { DisposableList } from '../disposable-list.js';
import type { LabFiles } from '../labs/lab-files.js';
import { CONTEXT } from '../manifest/context-keys.js';
import { type PlanRow, planCounts, planRows } from './plan-rows.js';
import type { Planned } from './planned.js';
import { stepText } from './step-text.js';

export const PLAN_VIEW = 'neutron-lab.plan';
const STEP_SCHEME = 'neutron-lab-step';

const COLOURS = {
  create: 'gitDecoration.addedResourceForeground',
  update: 'gitDecoration.modifiedResourceForeground',
  remove: 'gitDecoration.deletedResourceForeground',
} as const;

export class PlanView
  implements vscode.TreeDataProvider<PlanRow>, vscode.TextDocumentContentProvider, vscode.Disposable
{
  private readonly own = new DisposableList();
  private readonly changed = this.own.add(new vscode.EventEmitter<undefined>());
  private readonly view: vscode.TreeView<PlanRow>;
  private planned: Planned | null = null;
  private rows: readonly PlanRow[] = [];
  private readonly parents = new Map<PlanRow, PlanRow>();

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly files: LabFiles) {
    this.view = this.own.add(
      vscode.window.createTreeView(PLAN_VIEW, { treeDataProvider: this, showCollapseAll: true }),
    );
    this.own.add(vscode.workspace.registerTextDocumentContentProvider(STEP_SCHEME, this));
    this.own.add(
      files.onDidChange(() => {
        this.tell();
      }),
    );
  }

  get current(): Planned | null {
    return this.planned;
  }

  async show(planned: Planned, remark = ''): Promise<void> {
    this.planned = planned;
    this.rows = planRows(planned.plan);
    this.parents.clear();
    for (const row of this.rows) this.adopt(row);
    this.tell(remark);
    this.changed.fire(undefined);
    await vscode.commands.executeCommand('setContext', CONTEXT.hasPlan, true);
    const [first] = this.rows;
    if (first) await this.view.reveal(first, { select: false, focus: true, expand: first.expanded });
  }

  async discard(): Promise<void> {
    this.planned = null;
    this.rows = [];
    this.changed.fire(undefined);
    await vscode.commands.executeCommand('setContext', CONTEXT.hasPlan, false);
  }

  async showStep(row: PlanRow): Promise<void> {
    if (!row.step) return;
    const path = `/${stepText(row.step).file}`;
    const uri = vscode.Uri.from({ scheme: STEP_SCHEME, path, query: row.id });
    await vscode.window.showTextDocument(uri, { preview: true, preserveFocus: true });
  }

  provideTextDocumentContent({ query }: vscode.Uri): string {
    const row = [...this.parents.keys()].find(({ id }) => id === query);
    return row?.step ? stepText(row.step).text : l10n.t('This plan is not there any more.');
  }

  getChildren(row?: PlanRow): PlanRow[] {
    return [...(row ? row.children : this.rows)];
  }

  getParent(row: PlanRow): PlanRow | null {
    return this.parents.get(row) ?? null;
  }

  getTreeItem(row: PlanRow): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(row.label, row.children.length === 0 ? None : row.expanded ? Expanded : Collapsed);
    item.id = row.id;
    if (row.description !== undefined) item.description = row.description;
    item.iconPath = new vscode.ThemeIcon(row.icon, row.change ? new vscode.ThemeColor(COLOURS[row.change]) : undefined);
    item.tooltip = new vscode.MarkdownString(row.tooltip === '' ? row.label : row.tooltip);
    item.accessibilityInformation = { label: row.spoken };
    if (row.step) item.command = { command: 'neutron-lab.showStep', title: l10n.t('Show'), arguments: [row] };
    return item;
  }

  dispose(): void {
    this.own.dispose();
  }

  private adopt(row: PlanRow): void {
    for (const child of row.children) {
      this.parents.set(child, row);
      this.adopt(child);
    }
  }

  /** What stands above the tree: whose plan it is, how much, and whether it is still true. */
  private tell(remark = ''): void {
    const { planned } = this;
    if (!planned) return;
    const stale = this.files.get(planned.uri.toString())?.text !== planned.text;
    this.view.description = planned.plan.lab;
    const counts = planCounts(planned.plan);
    this.view.message = stale
      ? l10n.t('{0}. The file says something else by now: plan anew.', counts)
      : [remark, l10n.t('{0}. Nothing was done yet.', counts)].filter((part) => part !== '').join(' ');
  }
}
