/** Stands in VS Code for files of which nothing is read before one of them is opened. They can only be read. */
import * as vscode from 'vscode';
import { DisposableList } from '../disposable-list.js';

export type ServedFiles = Pick<vscode.FileSystemProvider, 'onDidChangeFile' | 'stat' | 'readFile'>;

export class LateFiles implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly changed = this.own.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());

  readonly onDidChangeFile = this.changed.event;

  /** @param load Reads the code, once; it calls `serve`. */
  constructor(
    scheme: string,
    private readonly load: () => Promise<ServedFiles>,
  ) {
    this.own.add(
      vscode.workspace.registerFileSystemProvider(scheme, this, { isReadonly: true, isCaseSensitive: true }),
    );
  }

  /** From now on its changes are those of the files themselves. */
  serve(files: ServedFiles): void {
    this.own.add(
      files.onDidChangeFile((changes) => {
        this.changed.fire(changes);
      }),
    );
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return await (await this.load()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return await (await this.load()).readFile(uri);
  }

  /** What can be seen is followed by itself. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.own.dispose();
  }
}
