/** The entry of the extension: what is registered at once, and nothing that costs time. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { registerCommands } from './commands.js';
import { declareCommands } from './declare/declare-commands.js';
import { undoCommands } from './declare/undo-commands.js';
import { captureCommands } from './inside/capture-commands.js';
import { documentCommands } from './inside/document-commands.js';
import { terminalCommands } from './inside/terminal-commands.js';
import { labCommands } from './labs/lab-commands.js';
import { registerLabFileLanguage } from './language/register.js';
import { runFeature } from './run/run-feature.js';
import { newLabCommands } from './new-lab/new-lab-commands.js';
import { topologyFeature } from './topology/topology.js';
import { createServices } from './services.js';
import { openWalkthrough, openWalkthroughOnWish } from './walkthrough.js';

export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const services = createServices(context);
  registerCommands(services, {
    ...labCommands(services),
    ...runFeature(services),
    ...declareCommands(services),
    ...undoCommands(services),
    ...newLabCommands(services),
    ...terminalCommands(services),
    ...documentCommands(services),
    ...captureCommands(services),
    ...topologyFeature(services),
    'neutron-lab.openWalkthrough': () => openWalkthrough(context),
  });
  registerLabFileLanguage(context);
  void openWalkthroughOnWish(context);
}
