/** The first steps: opened by command, and by itself in the first window of `npm start`. */
import * as vscode from 'vscode';
import { WALKTHROUGH } from './manifest/walkthrough.js';

/** In the environment of a VS Code that was started to show the product (src/bootstrap/start.mjs). */
const WISH = 'NEUTRON_LAB_WALKTHROUGH';
const SHOWN = 'walkthrough.shown';

export async function openWalkthrough(context: vscode.ExtensionContext): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#${WALKTHROUGH.id}`);
}

/** Once for a person, and never where nobody asked for it. */
export async function openWalkthroughOnWish(context: vscode.ExtensionContext): Promise<void> {
  if (process.env[WISH] === undefined || context.globalState.get(SHOWN) === true) return;
  await context.globalState.update(SHOWN, true);
  await openWalkthrough(context);
}
