/** Writes edits into lab files: one undoable step of the document, which stays saved where it was saved. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import { applyEdit } from '../../model/lab-file/edit/apply.js';
import type { LabFileEdit } from '../../model/lab-file/edit/edits.js';
import { type OpenLabFile, openLabFile } from '../../model/lab-file/edit/open.js';
import type { LabEntry } from '../labs/lab-entry.js';
import { saveDocument } from '../labs/save-document.js';
import type { LabStore } from '../labs/lab-store.js';
import { type Flow, type FlowMaker, type Made, wizardOf } from './flow.js';
import { runWizard } from './run-wizard.js';

/** How often an edit is tried again when somebody else writes at the same time. */
const TRIES = 5;

/** A lab that has a file. */
export interface EditableLab extends LabEntry {
  readonly uri: vscode.Uri;
}

export class FileEdits {
  private opened: { readonly key: string; readonly held: unknown; readonly file: OpenLabFile } | null = null;

  constructor(private readonly labs: LabStore) {}

  /** The file as it is now, in the light of what runs; the same value while nothing changed. */
  async open(entry: EditableLab): Promise<OpenLabFile> {
    const document = await vscode.workspace.openTextDocument(entry.uri);
    return this.read(entry, document);
  }

  /**
   * Asks, and writes what was said.
   * @returns What there is now, null where nobody went to the end of it.
   * @throws LabError where nothing can be done, or the file cannot be written
   */
  async ask(entry: EditableLab, make: FlowMaker): Promise<Made | null> {
    const document = await vscode.workspace.openTextDocument(entry.uri);
    const read = (): OpenLabFile => this.read(entry, document);
    const answers = await runWizard(wizardOf(make, read));
    if (answers === null) return null;
    let flow: Flow | null = null;
    await this.write(entry, (file) => {
      flow = make(file);
      return flow.edit(answers);
    });
    return (flow as Flow | null)?.made?.(answers) ?? null;
  }

  /** @throws LabError when the edit is refused, or the file cannot be written */
  async write(entry: EditableLab, edit: LabFileEdit | ((file: OpenLabFile) => LabFileEdit)): Promise<void> {
    const document = await vscode.workspace.openTextDocument(entry.uri);
    for (let nth = 0; nth < TRIES; nth++) {
      const saved = !document.isDirty;
      const file = this.read(entry, document);
      const outcome = applyEdit(file, typeof edit === 'function' ? edit(file) : edit);
      if (outcome.refusal !== null) throw outcome.refusal;
      if (outcome.edits.length === 0) return;
      const change = new vscode.WorkspaceEdit();
      for (const { start, end, text } of outcome.edits)
        change.replace(entry.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
      // Refused when the document is another one by now: then it is read again.
      if (!(await vscode.workspace.applyEdit(change))) continue;
      if (saved && !(await saveDocument(entry.uri))) throw notSaved(entry);
      return;
    }
    throw new LabError(
      'FileChanged',
      l10n.t('The lab file changes faster than it can be edited.'),
      l10n.t('Try it again.'),
    );
  }

  private read(entry: EditableLab, document: vscode.TextDocument): OpenLabFile {
    const held = this.labs.get(entry.key)?.live?.lab;
    const text = document.getText();
    const { opened } = this;
    if (opened?.key === entry.key && opened.file.text === text && opened.held === held) return opened.file;
    const file = openLabFile(text, { file: entry.uri.path, ...(held ? { held } : {}) });
    this.opened = { key: entry.key, held, file };
    return file;
  }
}

function notSaved({ uri }: EditableLab): LabError {
  const name = vscode.workspace.asRelativePath(uri);
  return new LabError(
    'FileNotSaved',
    l10n.t('{0} was edited but could not be saved.', name),
    l10n.t('Save it by hand: it may be read-only.'),
  );
}
