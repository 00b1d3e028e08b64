import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/until.js';
import { LESSON_NOTEBOOK } from '../../../src/editor/manifest/lessons.js';

/** Where the lessons are that come with the extension. */
function labs(): string {
  const extension = vscode.extensions.getExtension('neutron-lab.neutron-lab');
  assert.ok(extension);
  return join(extension.extensionPath, 'labs');
}

async function lessons(): Promise<string[]> {
  return (await readdir(labs())).filter((name) => /^\d+-/.test(name));
}

/** A copy in the workspace, as a learner has it. */
async function copied(name: string, as = name): Promise<vscode.Uri> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, as, 'lesson.md');
  await vscode.workspace.fs.writeFile(uri, await readFile(join(labs(), name, 'lesson.md')));
  return uri;
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

describe('The notebook of a lesson', () => {
  it('is what VS Code makes of every lesson, each cell read, without a word of an answer', async () => {
    for (const name of await lessons()) {
      const notebook = await vscode.workspace.openNotebookDocument(await copied(name));
      assert.equal(notebook.notebookType, LESSON_NOTEBOOK, name);
      const cells = notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code);
      assert.ok(cells.length > 0, name);
      const unread = cells.filter(({ document }) => document.languageId === 'yaml');
      assert.deepEqual(
        unread.map(({ document }) => document.getText()),
        [],
        name,
      );
      const outputs = cells.flatMap((cell) => cell.outputs.flatMap(({ items }) => items));
      const seen = [
        ...notebook.getCells().map(({ document }) => document.getText()),
        ...outputs.map(({ data }) => new TextDecoder().decode(data)),
      ].join('\n');
      assert.doesNotMatch(seen, /^(answer|because|solution):/m, name);
      for (const { mime } of outputs.filter((_, nth) => nth % 2 === 1)) assert.equal(mime, 'text/plain', name);
    }
  });

  it('saves the sentence that was edited, and every other byte as it was', async () => {
    const [name = ''] = await lessons();
    const uri = await copied(name, 'edited');
    const before = await textOf(uri);
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.getCells().find(({ kind }) => kind === vscode.NotebookCellKind.Markup);
    assert.ok(cell);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(cell.document.uri, new vscode.Position(0, 2), 'Edited: ');
    assert.ok(await vscode.workspace.applyEdit(edit), 'the edit is taken');
    await until('the notebook is changed', () => Promise.resolve(notebook.isDirty));
    await vscode.commands.executeCommand('workbench.action.files.save');
    const wanted = before.replace(/^# /m, '# Edited: ');
    await until('it is saved', async () => (await textOf(uri)) !== before);
    assert.equal(await textOf(uri), wanted);
  });

  it('says of its text what is wrong with it, as it is typed', async () => {
    const [name = ''] = await lessons();
    const uri = await copied(name, 'wrong');
    const said = (): string[] =>
      vscode.languages.getDiagnostics(uri).flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
    const document = await vscode.workspace.openTextDocument(uri);
    await until('its lab file is missed', () => Promise.resolve(said().includes('NoLabFile')));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(
      uri,
      document.lineAt(document.getText().slice(0, document.getText().indexOf('yaml check')).split('\n').length - 1)
        .range,
      '```yaml chek',
    );
    assert.ok(await vscode.workspace.applyEdit(edit), 'the edit is taken');
    await until('the cell is refused', () => Promise.resolve(said().includes('NoSuchCell')));
  });
});
