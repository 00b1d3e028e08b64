/** The lab files of the workspace: found, watched, and read from the editor where one is open there. */
import * as vscode from 'vscode';
import { nameOfFile, writtenName } from '../../model/lab-file/likely-name.js';
import { DisposableList } from '../disposable-list.js';
import { LAB_FILES, isLabFile } from './lab-file-names.js';

/** Found by everybody's search, of no use in a list of labs. */
const LEFT_OUT = '**/{node_modules,.git,.cache}/**';

/** More than a list can show. */
const MOST = 1000;

export interface LabFile {
  readonly uri: vscode.Uri;
  readonly text: string;
  /** What the lab is called, as far as that can be told without reading all of it. */
  readonly name: string;
}

export class LabFiles implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly changed = this.own.add(new vscode.EventEmitter<vscode.Uri | null>());
  private readonly files = new Map<string, LabFile>();
  private finding: Promise<void> | null = null;

  /** A file that came, changed or went; null: several. */
  readonly onDidChange = this.changed.event;

  constructor() {
    const watcher = this.own.add(vscode.workspace.createFileSystemWatcher(LAB_FILES));
    const take = (uri: vscode.Uri): void => void this.read(uri);
    this.own.add(watcher.onDidCreate(take));
    this.own.add(watcher.onDidChange(take));
    this.own.add(
      watcher.onDidDelete((uri) => {
        if (this.files.delete(uri.toString())) this.changed.fire(uri);
      }),
    );
    this.own.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.takeDocument(document);
      }),
    );
    this.own.add(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.takeDocument(document);
      }),
    );
    this.own.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        // Edits that were thrown away, or a file outside the workspace.
        if (isLabFile(uri)) void this.read(uri);
      }),
    );
    this.own.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void this.find()));
  }

  /** Every lab file, once they were looked for. */
  async all(): Promise<readonly LabFile[]> {
    this.finding ??= this.find();
    await this.finding;
    return this.known;
  }

  /** Those that were found until now. */
  get known(): readonly LabFile[] {
    return [...this.files.values()];
  }

  get(key: string): LabFile | undefined {
    return this.files.get(key);
  }

  async find(): Promise<void> {
    const uris = await vscode.workspace.findFiles(LAB_FILES, LEFT_OUT, MOST);
    const open = vscode.workspace.textDocuments.filter(({ uri }) => isLabFile(uri) && uri.scheme === 'file');
    const wanted = new Map([...uris, ...open.map(({ uri }) => uri)].map((uri) => [uri.toString(), uri]));
    for (const key of this.files.keys()) if (!wanted.has(key)) this.files.delete(key);
    await Promise.all([...wanted.values()].map((uri) => this.load(uri)));
    this.changed.fire(null);
  }

  dispose(): void {
    this.own.dispose();
  }

  private takeDocument(document: vscode.TextDocument): void {
    if (!isLabFile(document.uri) || document.uri.scheme !== 'file') return;
    if (this.keep(document.uri, document.getText())) this.changed.fire(document.uri);
  }

  /** Takes it in as it is now, without waiting to be told that it has changed. */
  async read(uri: vscode.Uri): Promise<void> {
    if (await this.load(uri)) this.changed.fire(uri);
  }

  /** @returns whether anything is new */
  private async load(uri: vscode.Uri): Promise<boolean> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open && !open.isClosed) return this.keep(uri, open.getText());
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      return this.keep(uri, new TextDecoder().decode(bytes));
    } catch {
      return this.files.delete(uri.toString());
    }
  }

  private keep(uri: vscode.Uri, text: string): boolean {
    const key = uri.toString();
    if (this.files.get(key)?.text === text) return false;
    this.files.set(key, { uri, text, name: writtenName(text) ?? nameOfFile(uri.path) });
    return true;
  }
}
