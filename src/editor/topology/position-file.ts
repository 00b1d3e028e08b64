/** Where a person has put things: in a file beside the lab file, so that the lab file says what the lab is and nothing else. */
import { z } from 'zod';
import * as vscode from 'vscode';
import type { Positions } from '../../picture/messages.js';
import { DisposableList } from '../disposable-list.js';
import { layoutFileOf } from '../labs/lab-file-names.js';

const stored = z.object({ positions: z.record(z.string(), z.tuple([z.number(), z.number()])) });

export class PositionFile implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly changed = this.own.add(new vscode.EventEmitter<void>());
  private positions: Positions = {};
  /** Null for a lab without a file: then the window's memory has it. */
  private file: vscode.Uri | null = null;
  private watcher: vscode.Disposable | null = null;

  readonly onDidChange = this.changed.event;

  constructor(
    lab: vscode.Uri | null,
    private key: string,
    private readonly memory: vscode.Memento,
  ) {
    this.lookAt(lab);
  }

  /** The lab file has another name. */
  async moveTo(lab: vscode.Uri, key: string): Promise<void> {
    this.key = key;
    this.lookAt(lab);
    await this.read();
  }

  get known(): Positions {
    return this.positions;
  }

  /** A file that cannot be read is none: the layout then has its way. */
  async read(): Promise<void> {
    const before = JSON.stringify(this.positions);
    this.positions = await this.stored();
    if (JSON.stringify(this.positions) !== before) this.changed.fire();
  }

  /** @param moved What was put elsewhere; null: everything back. */
  async write(moved: Positions | null): Promise<void> {
    this.positions = moved === null ? {} : { ...this.positions, ...moved };
    if (this.file === null) {
      await this.memory.update(this.memoryKey, this.positions);
    } else if (moved === null) {
      await vscode.workspace.fs.delete(this.file).then(undefined, () => undefined);
    } else {
      const sorted = Object.fromEntries(Object.entries(this.positions).sort(([a], [b]) => (a < b ? -1 : 1)));
      const text = `${JSON.stringify({ positions: sorted }, null, 2)}\n`;
      await vscode.workspace.fs.writeFile(this.file, new TextEncoder().encode(text));
    }
    this.changed.fire();
  }

  dispose(): void {
    this.watcher?.dispose();
    this.own.dispose();
  }

  private lookAt(lab: vscode.Uri | null): void {
    this.watcher?.dispose();
    this.file = lab === null ? null : layoutFileOf(lab);
    if (this.file === null) return;
    const folder = vscode.Uri.joinPath(this.file, '..');
    const name = this.file.path.slice(this.file.path.lastIndexOf('/') + 1);
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name));
    const again = (): void => void this.read();
    watcher.onDidChange(again);
    watcher.onDidCreate(again);
    watcher.onDidDelete(again);
    this.watcher = watcher;
  }

  private get memoryKey(): string {
    return `positions ${this.key}`;
  }

  private async stored(): Promise<Positions> {
    if (this.file === null) return this.memory.get<Positions>(this.memoryKey, {});
    try {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(this.file));
      const value: unknown = JSON.parse(text);
      const parsed = stored.safeParse(value);
      return parsed.success ? parsed.data.positions : {};
    } catch {
      return {};
    }
  }
}
