/** Terminals from rows, from the command palette, and from the list of profiles. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Handlers } from '../commands.js';
import { isCancelled, report } from '../report.js';
import type { Services } from '../services.js';
import type { TreeNode } from '../tree/labs-view.js';
import { choosePlace } from './inside-access.js';
import { placeTerminalOptions } from './place-terminal.js';

export async function openTerminal(services: Services, node: TreeNode | undefined): Promise<void> {
  const chosen = await choosePlace(services, node, { title: l10n.t('Open a terminal where?') });
  vscode.window.createTerminal(placeTerminalOptions(services, chosen)).show();
}

/** VS Code opens what a profile provides behind the terminal in front. */
function showOnceOpened(name: string): void {
  const opening = vscode.window.onDidOpenTerminal((terminal) => {
    if (terminal.name !== name) return;
    opening.dispose();
    terminal.show();
  });
}

export function terminalProfile(services: Services): vscode.TerminalProfileProvider {
  return {
    provideTerminalProfile: async () => {
      try {
        const chosen = await choosePlace(services, undefined, { title: l10n.t('Open a terminal where?') });
        const options = placeTerminalOptions(services, chosen);
        showOnceOpened(options.name);
        return new vscode.TerminalProfile(options);
      } catch (error) {
        if (!isCancelled(error)) await report(error, services.log);
        return undefined;
      }
    },
  };
}

export function terminalCommands(services: Services) {
  return {
    'neutron-lab.openTerminal': async (node?: TreeNode) => {
      await openTerminal(services, node);
    },
  } satisfies Handlers;
}
