/** The entry of the extension: what VS Code has to find at once. The editor itself is read when something of it is needed. */
import * as vscode from 'vscode';
import type { Editor } from './editor.js';
import { SCHEME } from './inside/scheme.js';
import { LAB_FILES, isLabFile } from './labs/lab-file-names.js';
import { LateFiles } from './late/late-files.js';
import { registerLateLessons } from './late/late-lessons.js';
import { LateTree } from './late/late-tree.js';
import { COMMANDS, type CommandId } from './manifest/commands.js';
import { TASK_DEFINITION } from './manifest/tasks.js';
import { TERMINAL_PROFILE } from './manifest/terminal.js';
import { TOPOLOGY_VIEW } from './manifest/topology.js';
import { LABS_VIEW } from './manifest/views.js';
import type { TreeNode } from './tree/labs-view.js';
import { openWalkthroughOnWish } from './walkthrough.js';

export function activate(context: vscode.ExtensionContext): void {
  let editor: Promise<Editor> | null = null;
  const load = (): Promise<Editor> =>
    (editor ??= import('./editor.js').then(({ startEditor }) => {
      const started = startEditor(context, tree.view);
      tree.serve(started.tree);
      documents.serve(started.documents);
      return started;
    }));
  const tree = new LateTree<TreeNode>(LABS_VIEW, async () => (await load()).tree);
  const documents = new LateFiles(SCHEME, async () => (await load()).documents);
  context.subscriptions.push(
    tree,
    documents,
    ...Object.keys(COMMANDS).map((id) =>
      vscode.commands.registerCommand(
        id,
        async (...words: unknown[]) => await (await load()).run(id as CommandId, words),
      ),
    ),
    registerLateLessons(async () => (await load()).lessons),
    vscode.tasks.registerTaskProvider(TASK_DEFINITION.type, {
      provideTasks: async (token) => await (await load()).tasks.provideTasks(token),
      resolveTask: async (task, token) => await (await load()).tasks.resolveTask(task, token),
    }),
    vscode.window.registerTerminalProfileProvider(TERMINAL_PROFILE.id, {
      provideTerminalProfile: async (token) => await (await load()).terminalProfile.provideTerminalProfile(token),
    }),
    vscode.window.registerWebviewPanelSerializer(TOPOLOGY_VIEW, {
      deserializeWebviewPanel: async (panel, state) => {
        await (await load()).topology.deserializeWebviewPanel(panel, state);
      },
    }),
  );
  loadForLabFiles(context, load);
  void openWalkthroughOnWish(context);
}

/** Where there is a lab file, the status bar speaks of it, and who has one open is helped with it. */
function loadForLabFiles(context: vscode.ExtensionContext, load: () => Promise<Editor>): void {
  const waiting = vscode.workspace.onDidOpenTextDocument(({ uri }) => {
    if (isLabFile(uri)) begin();
  });
  const begin = (): void => {
    waiting.dispose();
    void load();
  };
  context.subscriptions.push(waiting);
  if (vscode.workspace.textDocuments.some(({ uri }) => isLabFile(uri))) begin();
  else
    void vscode.workspace.findFiles(LAB_FILES, null, 1).then((found) => {
      if (found.length > 0) begin();
    });
}
