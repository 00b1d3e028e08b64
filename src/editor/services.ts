/** What the features of the editor share; each is made once, and costs nothing before it is used. */
import * as vscode from 'vscode';
import { FileEdits } from './declare/file-edits.js';
import { DisposableList } from './disposable-list.js';
import { Circumstances } from './engine/circumstances.js';
import { EngineAccess } from './engine/engine-access.js';
import { LabFiles } from './labs/lab-files.js';
import { LabInUse } from './labs/lab-in-use.js';
import { LabStore } from './labs/lab-store.js';
import { LabsView, type TreeNode } from './tree/labs-view.js';

export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly engine: EngineAccess;
  readonly circumstances: Circumstances;
  readonly files: LabFiles;
  readonly labs: LabStore;
  readonly inUse: LabInUse;
  readonly view: LabsView;
  readonly edits: FileEdits;
}

export function createServices(context: vscode.ExtensionContext, tree: vscode.TreeView<TreeNode>): Services {
  const own = new DisposableList();
  context.subscriptions.push(own);
  const log = own.add(vscode.window.createOutputChannel('Neutron Lab', { log: true }));
  const engine = own.add(new EngineAccess(log));
  const circumstances = own.add(new Circumstances(engine, log));
  const files = own.add(new LabFiles());
  const labs = own.add(new LabStore(files, engine, log));
  const inUse = own.add(new LabInUse(labs, context.workspaceState));
  const edits = new FileEdits(labs);
  const media = vscode.Uri.joinPath(context.extensionUri, 'src/editor/media');
  const view = own.add(new LabsView(tree, labs, inUse, circumstances, media));
  return { context, log, engine, circumstances, files, labs, inUse, view, edits };
}
