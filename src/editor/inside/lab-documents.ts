/** What is on the nodes, as files that can only be read: kept current while they can be seen. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import { DisposableList } from '../disposable-list.js';
import type { ServedFiles } from '../late/late-files.js';
import type { Services } from '../services.js';
import { type DocumentAddress, parseQuery, pathOf, queryOf } from './document-address.js';
import { followDocument, readDocument } from './document-sources.js';
import { SCHEME } from './scheme.js';

/** Milliseconds in which several things that happen are one change to a reader. */
const GATHER = 150;

interface Known {
  readonly text: Uint8Array;
  readonly at: number;
}

interface Seen {
  readonly following: vscode.Disposable;
  timer: NodeJS.Timeout | null;
}

export function documentUri(of: DocumentAddress): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: pathOf(of), query: queryOf(of) });
}

export class LabDocuments implements ServedFiles, vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly changed = this.own.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  private readonly known = new Map<string, Known>();
  private readonly seen = new Map<string, Seen>();

  readonly onDidChangeFile = this.changed.event;

  constructor(private readonly services: Services) {
    this.own.add(
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.follow();
      }),
    );
    this.own.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === SCHEME) this.known.delete(uri.toString());
      }),
    );
    this.own.add(vscode.workspace.onDidChangeTextDocument(showEnd));
    this.follow();
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, at } = this.known.get(uri.toString()) ?? (await this.read(uri));
    return { type: vscode.FileType.File, ctime: 0, mtime: at, size: text.byteLength };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.read(uri)).text;
  }

  /** Asks again, now. */
  async refresh(uri: vscode.Uri): Promise<void> {
    const of = parseQuery(uri.query);
    if (of?.what === 'part')
      await this.services.labs.withLive(of.lab, async (live) => {
        await live.refresh();
      });
    await this.reread(uri);
  }

  dispose(): void {
    for (const key of [...this.seen.keys()]) this.letGo(key);
    this.own.dispose();
  }

  private follow(): void {
    const visible = new Map(
      vscode.window.visibleTextEditors
        .map(({ document }) => document.uri)
        .filter(({ scheme }) => scheme === SCHEME)
        .map((uri) => [uri.toString(), uri]),
    );
    for (const key of [...this.seen.keys()]) if (!visible.has(key)) this.letGo(key);
    if (!vscode.workspace.isTrusted) return;
    for (const [key, uri] of visible) {
      const of = parseQuery(uri.query);
      if (this.seen.has(key) || of === null) continue;
      const stir = (): void => {
        this.stir(key, uri);
      };
      this.seen.set(key, { following: followDocument(this.services, of, stir), timer: null });
      // It may be another one since it was seen last.
      stir();
    }
  }

  private letGo(key: string): void {
    const seen = this.seen.get(key);
    if (seen?.timer) clearTimeout(seen.timer);
    seen?.following.dispose();
    this.seen.delete(key);
  }

  private stir(key: string, uri: vscode.Uri): void {
    const seen = this.seen.get(key);
    if (!seen || seen.timer) return;
    seen.timer = setTimeout(() => {
      seen.timer = null;
      void this.reread(uri);
    }, GATHER);
  }

  private async reread(uri: vscode.Uri): Promise<void> {
    const before = this.known.get(uri.toString());
    const now = await this.read(uri);
    if (before !== now) this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** @returns the very same value where nothing is new */
  private async read(uri: vscode.Uri): Promise<Known> {
    const of = parseQuery(uri.query);
    if (of === null) throw vscode.FileSystemError.FileNotFound(uri);
    const text = new TextEncoder().encode(await this.textOf(of));
    const key = uri.toString();
    const before = this.known.get(key);
    if (before && Buffer.from(before.text).equals(text)) return before;
    const now = { text, at: Math.max(Date.now(), (before?.at ?? 0) + 1) };
    this.known.set(key, now);
    return now;
  }

  private async textOf(of: DocumentAddress): Promise<string> {
    if (!vscode.workspace.isTrusted) return `# ${l10n.t('A lab is looked at as soon as the workspace is trusted.')}\n`;
    try {
      return await readDocument(this.services, of);
    } catch (error) {
      const told = error instanceof LabError ? [error.message, error.remedy] : [String(error)];
      return told.map((line) => `# ${line}\n`).join('');
    }
  }
}

/** A log that was read to its end is read to its end again when it has grown. */
function showEnd({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
  if (document.uri.scheme !== SCHEME || !document.uri.path.endsWith('.log')) return;
  const added = contentChanges.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
  for (const editor of vscode.window.visibleTextEditors.filter((one) => one.document === document)) {
    const bottom = editor.visibleRanges.at(-1)?.end.line ?? 0;
    const last = document.lineCount - 1;
    if (bottom >= last - added - 2) editor.revealRange(new vscode.Range(last, 0, last, 0));
  }
}
