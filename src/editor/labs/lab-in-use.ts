/** The lab that a command without a word means, and that the status bar speaks of: the last one that was touched. */
import * as vscode from 'vscode';
import { DisposableList } from '../disposable-list.js';
import type { LabEntry } from './lab-entry.js';
import { isLabFile } from './lab-file-names.js';
import type { LabStore } from './lab-store.js';

const MEMENTO = 'labInUse';

export class LabInUse implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly changed = this.own.add(new vscode.EventEmitter<string | null>());
  private chosen: string | null;

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly store: LabStore,
    private readonly memory: vscode.Memento,
  ) {
    this.chosen = memory.get<string | null>(MEMENTO, null);
    const active = vscode.window.activeTextEditor?.document.uri;
    if (active && isLabFile(active)) this.chosen = active.toString();
    this.own.add(
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && isLabFile(editor.document.uri)) this.choose(editor.document.uri.toString());
      }),
    );
  }

  get key(): string | null {
    return this.chosen;
  }

  get entry(): LabEntry | null {
    const entries = this.store.entries();
    const chosen = entries.find(({ key }) => key === this.chosen);
    if (chosen) return chosen;
    // The only lab of this folder, whatever else runs on the engine.
    const own = entries.filter(({ uri }) => uri !== null);
    const [only, ...more] = own.length > 0 ? own : entries;
    return more.length === 0 ? (only ?? null) : null;
  }

  choose(key: string): void {
    if (this.chosen === key) return;
    this.chosen = key;
    void this.memory.update(MEMENTO, key);
    this.changed.fire(key);
  }

  dispose(): void {
    this.own.dispose();
  }
}
