/** Commands on labs as such: look again, open the file. */
import * as vscode from 'vscode';
import type { Handlers } from '../commands.js';
import { openTerminal } from '../inside/terminal-commands.js';
import type { Services } from '../services.js';
import type { TreeNode } from '../tree/labs-view.js';
import { chooseLab } from './choose-lab.js';
import * as l10n from '@vscode/l10n';

export function labCommands(services: Services) {
  const { files, labs, engine, view } = services;
  return {
    'neutron-lab.refresh': async () => {
      await files.find();
      if (!vscode.workspace.isTrusted) return;
      await engine.tryAgain();
      await Promise.all(labs.entries().map(async ({ live }) => await live?.refresh()));
    },
    'neutron-lab.openLabFile': async (node?: TreeNode) => {
      const { uri } = await chooseLab(services, node, { which: 'file', title: l10n.t('Open which lab?') });
      if (!uri) return;
      await vscode.window.showTextDocument(uri, { selection: placeOf(node) });
    },
    'neutron-lab.rowClicked': async (node: TreeNode) => {
      if (view.isDoubleClick(node) && vscode.workspace.isTrusted) await openTerminal(services, node);
    },
  } satisfies Handlers;
}

/** Where a problem is: its row carries line and column. */
function placeOf(node: TreeNode | undefined): vscode.Range {
  const [line = 1, column = 1] = node?.row.about.kind === 'problem' ? node.row.about.id.split(':').map(Number) : [];
  return new vscode.Range(line - 1, column - 1, line - 1, column - 1);
}
