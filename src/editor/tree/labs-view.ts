/** The Labs view: rows as VS Code's tree has them, refreshed by events, with their identity kept. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { DisposableList } from '../disposable-list.js';
import type { Circumstances } from '../engine/circumstances.js';
import { troubleRow } from '../engine/trouble.js';
import { type LabEntry, isRunning } from '../labs/lab-entry.js';
import type { LabInUse } from '../labs/lab-in-use.js';
import type { LabStore } from '../labs/lab-store.js';
import type { ServedTree } from '../late/late-tree.js';
import { type ContextValue, contextValue } from '../manifest/context-values.js';
import { badgeOf } from './badge.js';
import { type Differences, differences, labChildren, labRow } from './lab-rows.js';
import type { Row } from './row.js';
import { Selection } from './selection.js';

/** What VS Code holds on to. That of a lab is one object for as long as the lab is there. */
export interface TreeNode {
  row: Row;
  readonly parent: TreeNode | null;
}

type RowsOfLabs = ServedTree<TreeNode>['rows'];

/** Between two clicks that are a double click, milliseconds. */
const DOUBLE_CLICK = 500;

/** Until the view has heard of an edit, milliseconds: VS Code gathers changes for 200. */
const LATEST_REFRESH = 2000;

export class LabsView implements RowsOfLabs, vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly changed = this.own.add(new vscode.EventEmitter<TreeNode | undefined>());
  readonly selection;
  private readonly labs = new Map<string, TreeNode>();
  private readonly following = new Map<string, vscode.Disposable>();
  private readonly open = new Set<string>();
  /** What is shown as soon as the view has read its lab again. */
  private wanted: { readonly key: string; readonly fits: (row: Row) => boolean; readonly until: number } | null = null;
  /** VS Code asks for children while it looks for the row. */
  private revealing = false;
  private lastClick: { readonly id: string; readonly at: number } | null = null;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    /** Where they are shown. */
    readonly view: vscode.TreeView<TreeNode>,
    private readonly store: LabStore,
    private readonly inUse: LabInUse,
    private readonly circumstances: Circumstances,
    private readonly media: vscode.Uri,
  ) {
    this.selection = this.own.add(new Selection(view));
    this.own.add(
      store.onDidChange((key) => {
        this.refresh(key);
      }),
    );
    this.own.add(
      circumstances.onDidChange(() => {
        this.refresh(null);
      }),
    );
    this.own.add(
      this.view.onDidChangeVisibility(({ visible }) => {
        this.seen(visible);
      }),
    );
    this.own.add(
      this.view.onDidExpandElement(({ element }) => {
        if (element.parent === null) this.open.add(element.row.id);
        this.followOpen();
      }),
    );
    this.own.add(
      this.view.onDidCollapseElement(({ element }) => {
        if (element.parent === null) this.open.delete(element.row.id);
        this.followOpen();
      }),
    );
    this.own.add(
      this.view.onDidChangeSelection(({ selection }) => {
        const [first] = selection;
        if (first && first.row.about.lab !== '') this.inUse.choose(first.row.about.lab);
      }),
    );
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) {
      this.seen(true);
      await this.store.files.all();
      // While somebody looks at the list: the first file that is read takes several times as long as the next ones.
      setImmediate(() => {
        const [first] = this.store.entries();
        if (first) this.store.declared(first);
      });
      return [...this.troubles(), ...this.roots()];
    }
    const { wanted } = this;
    if (wanted?.key === node.row.id && !this.revealing) {
      this.wanted = null;
      if (wanted.until > Date.now()) setImmediate(() => void this.revealRow(wanted.key, wanted.fits));
    }
    // VS Code loses the event of a row that opens while all of them are refreshed; it still asks what is below.
    if (node.parent === null && !this.open.has(node.row.id)) {
      this.open.add(node.row.id);
      this.followOpen();
    }
    return this.childrenOf(node);
  }

  private childrenOf(node: TreeNode): TreeNode[] {
    if (node.parent !== null) return this.below(node, node.row.children?.() ?? []);
    if (node.row.about.kind === 'trouble') return [];
    const entry = this.store.get(node.row.id);
    return entry ? this.below(node, labChildren(entry, this.store.declared(entry))) : [];
  }

  getParent({ parent }: TreeNode): TreeNode | null {
    return parent;
  }

  getTreeItem({ row }: TreeNode): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const state = row.children === undefined ? None : row.expanded === true ? Expanded : Collapsed;
    const item = new vscode.TreeItem(row.label, state);
    item.id = row.id;
    if (row.description !== undefined) item.description = row.description;
    item.contextValue = contextValue(row.about.kind, row.flags);
    item.iconPath =
      'media' in row.icon
        ? {
            light: vscode.Uri.joinPath(this.media, `${row.icon.media}-light.svg`),
            dark: vscode.Uri.joinPath(this.media, `${row.icon.media}-dark.svg`),
          }
        : new vscode.ThemeIcon(
            row.icon.codicon,
            row.icon.colour === undefined ? undefined : new vscode.ThemeColor(row.icon.colour),
          );
    item.accessibilityInformation = { label: [row.spoken ?? row.label, row.description ?? ''].join(', ') };
    // An empty tooltip is resolved when somebody hovers.
    if (row.about.kind === 'problem')
      item.command = { command: 'neutron-lab.openLabFile', title: l10n.t('Open'), arguments: [{ row, parent: null }] };
    else if (row.about.kind === 'trouble')
      item.command = { command: 'neutron-lab.engineTrouble', title: l10n.t('Open') };
    else if (row.about.namespace !== undefined || row.about.kind === 'router')
      item.command = { command: 'neutron-lab.rowClicked', title: l10n.t('Open'), arguments: [{ row, parent: null }] };
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, { row }: TreeNode): vscode.TreeItem {
    const text = row.tooltip?.() ?? '';
    item.tooltip = text === '' ? row.label : new vscode.MarkdownString(text);
    return item;
  }

  /** @returns whether this click is the second of two on the same row */
  isDoubleClick({ row }: TreeNode): boolean {
    const now = Date.now();
    const before = this.lastClick;
    this.lastClick = { id: row.id, at: now };
    if (before?.id !== row.id || now - before.at > DOUBLE_CLICK) return false;
    this.lastClick = null;
    return true;
  }

  /** Shows the row of a lab. */
  async reveal(key: string): Promise<void> {
    await this.store.files.all();
    const node = this.roots().find(({ row }) => row.id === key);
    if (node) await this.view.reveal(node, { select: true, focus: true, expand: true });
  }

  /** Selects the row of what was just made; the keyboard stays where it is. */
  async show(key: string, { kind, name }: { readonly kind: ContextValue; readonly name: string }): Promise<void> {
    if (!this.view.visible) return;
    const fits = ({ about }: Row): boolean => about.kind === kind && about.name === name;
    // The view may hear of the edit later than we do: then it is shown again when it reads the lab again.
    this.wanted = { key, fits, until: Date.now() + LATEST_REFRESH };
    await this.revealRow(key, fits);
  }

  private async revealRow(key: string, fits: (row: Row) => boolean): Promise<void> {
    const lab = this.roots().find(({ row }) => row.id === key);
    const node = lab ? this.find(lab, fits) : null;
    if (node === null) return;
    this.revealing = true;
    try {
      await this.view.reveal(node, { select: true, focus: false });
    } catch {
      // It has gone again in the meantime.
    } finally {
      this.revealing = false;
    }
  }

  /** Breadth first, below the headings. */
  private find(lab: TreeNode, fits: (row: Row) => boolean): TreeNode | null {
    let level = this.childrenOf(lab);
    for (let depth = 0; depth < 3 && level.length > 0; depth++) {
      const found = level.find(({ row }) => fits(row));
      if (found) return found;
      level = level.flatMap((node) => this.childrenOf(node));
    }
    return null;
  }

  dispose(): void {
    for (const following of this.following.values()) following.dispose();
    this.own.dispose();
  }

  /** Above the labs; where there are none, the welcome text says it, with its buttons. */
  private troubles(): TreeNode[] {
    const { trouble } = this.circumstances;
    return trouble && this.store.entries().length > 0 ? [{ row: troubleRow(trouble), parent: null }] : [];
  }

  private roots(): TreeNode[] {
    const entries = this.store.entries();
    const keys = new Set(entries.map(({ key }) => key));
    for (const key of this.labs.keys()) if (!keys.has(key)) this.labs.delete(key);
    const only = entries.length === 1;
    const nodes = entries.map((entry) => {
      const row = this.rowOf(entry, only);
      const node = this.labs.get(entry.key);
      if (node) {
        node.row = row;
        return node;
      }
      const made: TreeNode = { row, parent: null };
      this.labs.set(entry.key, made);
      if (row.expanded === true) this.open.add(entry.key);
      else this.open.delete(entry.key);
      return made;
    });
    this.followOpen();
    this.view.badge = badgeOf(entries);
    return nodes;
  }

  private rowOf(entry: LabEntry, only: boolean): Row {
    const place = entry.uri === null ? null : vscode.workspace.asRelativePath(entry.uri);
    // What VS Code has shown stays as it is: another lab that comes does not close this one.
    const expanded = this.labs.has(entry.key) ? this.open.has(entry.key) : only || this.inUse.entry?.key === entry.key;
    return labRow({ entry, differences: this.differencesOf(entry), place, expanded });
  }

  /** A lab that nobody has opened is not read for the sake of its row. */
  private differencesOf(entry: LabEntry): Differences | null {
    const wanted = this.open.has(entry.key) || isRunning(entry) || this.inUse.key === entry.key;
    return wanted ? differences(entry, this.store.declared(entry)) : null;
  }

  private below(parent: TreeNode, rows: readonly Row[]): TreeNode[] {
    return rows.map((row) => ({ row, parent }));
  }

  private refresh(key: string | null): void {
    if (key === null) {
      this.changed.fire(undefined);
      return;
    }
    const node = this.labs.get(key);
    const entry = this.store.get(key);
    if (!node || !entry) {
      this.changed.fire(undefined);
      return;
    }
    node.row = this.rowOf(entry, this.labs.size === 1);
    this.changed.fire(node);
    this.view.badge = badgeOf(this.store.entries());
  }

  /** The engine is asked, and asked again, only while somebody looks. */
  private seen(visible: boolean): void {
    this.store.engine.keepLooking(visible && vscode.workspace.isTrusted, this);
    this.followOpen();
  }

  /** Labs that are open in a view that can be seen are kept current; the others are not. */
  private followOpen(): void {
    const wanted = new Set<string>();
    if (this.view.visible)
      for (const key of this.open) {
        const entry = this.store.get(key);
        if (entry) wanted.add(entry.name);
      }
    for (const [name, following] of this.following) {
      if (wanted.has(name)) continue;
      following.dispose();
      this.following.delete(name);
    }
    for (const name of wanted) if (!this.following.has(name)) this.following.set(name, this.store.follow(name));
  }
}
