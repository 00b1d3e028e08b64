/** Everything that the editor does, put together; read when something of it is first needed. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Handlers, runCommand } from './commands.js';
import { declareCommands } from './declare/declare-commands.js';
import { LabDragAndDrop } from './declare/drag-and-drop.js';
import { undoCommands } from './declare/undo-commands.js';
import { captureCommands } from './inside/capture-commands.js';
import { documentCommands } from './inside/document-commands.js';
import { LabDocuments } from './inside/lab-documents.js';
import { terminalCommands, terminalProfile } from './inside/terminal-commands.js';
import { labCommands } from './labs/lab-commands.js';
import type { ServedLessons } from './late/late-lessons.js';
import { lessonsFeature } from './lessons/lessons.js';
import { registerLabFileLanguage } from './language/register.js';
import type { ServedFiles } from './late/late-files.js';
import type { ServedTree } from './late/late-tree.js';
import type { CommandId } from './manifest/commands.js';
import { newLabCommands } from './new-lab/new-lab-commands.js';
import { Operations } from './run/operations.js';
import { Runner } from './run/run-commands.js';
import { runFeature } from './run/run-feature.js';
import { createServices } from './services.js';
import { LabTasks } from './tasks/lab-tasks.js';
import { topologyFeature } from './topology/topology.js';
import type { TreeNode } from './tree/labs-view.js';
import { openWalkthrough } from './walkthrough.js';

/** What VS Code is given; the entry hands it on. */
export interface Editor {
  readonly tree: ServedTree<TreeNode>;
  readonly documents: ServedFiles;
  readonly lessons: ServedLessons;
  readonly tasks: vscode.TaskProvider;
  readonly terminalProfile: vscode.TerminalProfileProvider;
  readonly topology: vscode.WebviewPanelSerializer;
  /** Does what the command does, and tells a person what went wrong. */
  run(id: CommandId, words: readonly unknown[]): Promise<unknown>;
}

/** @param view The Labs view, which is there already. */
export function startEditor(context: vscode.ExtensionContext, view: vscode.TreeView<TreeNode>): Editor {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const services = createServices(context, view);
  const documents = new LabDocuments(services);
  context.subscriptions.push(documents);
  const topology = topologyFeature(services);
  const operations = new Operations(services.labs);
  const runner = new Runner(services, operations);
  const lessons = lessonsFeature(services, runner, operations);
  // The compiler sees to it that each command has its handler.
  const handlers: Required<Handlers> = {
    ...labCommands(services),
    ...runFeature(services, runner, operations),
    ...declareCommands(services),
    ...undoCommands(services),
    ...newLabCommands(services),
    ...terminalCommands(services),
    ...documentCommands(services, documents),
    ...captureCommands(services),
    ...topology.commands,
    ...lessons.commands,
    'neutron-lab.openWalkthrough': () => openWalkthrough(context),
  };
  registerLabFileLanguage(context);
  return {
    tree: { rows: services.view, drag: new LabDragAndDrop(services.labs, services.edits, services.log) },
    documents,
    lessons: lessons.served,
    tasks: new LabTasks(services),
    terminalProfile: terminalProfile(services),
    topology: topology.serializer,
    run: async (id, words) => await runCommand(services, id, handlers[id], words),
  };
}
