/** Undo and redo while the keyboard is in the Labs view or a picture: VS Code's own, of the file that declares what one looks at. */
import * as vscode from 'vscode';
import type { Handlers } from '../commands.js';
import type { LabWord } from '../labs/choose-lab.js';
import type { Services } from '../services.js';
import { TOPOLOGY_VIEW } from '../manifest/topology.js';
import { LABS_VIEW } from '../manifest/views.js';
import { editableLab } from './editable-lab.js';

/** Milliseconds. */
const PATIENCE = 2000;

export function undoCommands(services: Services) {
  // A key that is held down comes again before the editor has been shown.
  let before: Promise<void> = Promise.resolve();
  const inTurn = async (verb: 'undo' | 'redo', word: LabWord): Promise<void> => {
    const mine = before.then(() => inItsEditor(services, verb, word));
    before = mine.catch(() => undefined);
    await mine;
  };
  return {
    'neutron-lab.undo': (word?: LabWord) => inTurn('undo', word),
    'neutron-lab.redo': (word?: LabWord) => inTurn('redo', word),
  } satisfies Handlers;
}

/** VS Code undoes in the editor that has the focus; so the file is shown, which is what one wants to look at then. */
async function inItsEditor(services: Services, verb: 'undo' | 'redo', word: LabWord): Promise<void> {
  const { uri } = await editableLab(services, word ?? (await services.view.selection.rows())[0]);
  const document = await vscode.workspace.openTextDocument(uri);
  const saved = !document.isDirty;
  const beside = besideThePicture(uri, word !== undefined);
  await vscode.window.showTextDocument(document, { preview: true, ...(beside ? { viewColumn: beside.column } : {}) });
  await vscode.commands.executeCommand(verb);
  if (saved) await document.save();
  if (beside && !beside.open && !document.isDirty) await closeAgain(uri);
  if (word === undefined) await vscode.commands.executeCommand(`${LABS_VIEW}.focus`);
}

interface Beside {
  readonly column: vscode.ViewColumn;
  /** The file is open there already. */
  readonly open: boolean;
}

/**
 * A picture that is covered begins anew, and who draws looks at it: the file goes beside it.
 * @param anywhere Also where the picture is in front of another group than the active one
 * @returns Null where no picture is in front
 */
function besideThePicture(uri: vscode.Uri, anywhere: boolean): Beside | null {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  if (!(anywhere ? all : [activeTabGroup]).some(hasPicture)) return null;
  const others = all.filter((group) => !hasPicture(group));
  const open = others.find((group) => tabOf(group, uri) !== undefined);
  return { column: (open ?? others[0])?.viewColumn ?? vscode.ViewColumn.Beside, open: open !== undefined };
}

function hasPicture({ activeTab }: vscode.TabGroup): boolean {
  const { input } = activeTab ?? {};
  // VS Code puts a word of its own before the type.
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(TOPOLOGY_VIEW);
}

function tabOf(group: vscode.TabGroup, uri: vscode.Uri): vscode.Tab | undefined {
  return group.tabs.find(
    ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
  );
}

/** What was not open is not left open. */
async function closeAgain(uri: vscode.Uri): Promise<void> {
  const { tabGroups } = vscode.window;
  const shown = (): vscode.Tab | undefined =>
    tabGroups.all.filter((group) => !hasPicture(group)).flatMap((group) => tabOf(group, uri) ?? [])[0];
  const tab = shown() ?? (await appearing(shown));
  if (tab) await tabGroups.close(tab);
}

/** A busy window tells of its tabs late; none after a while: it was closed by somebody else. */
async function appearing(shown: () => vscode.Tab | undefined): Promise<vscode.Tab | undefined> {
  return await new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve(shown());
    };
    const timer = setTimeout(end, PATIENCE);
    const listening = vscode.window.tabGroups.onDidChangeTabs(() => {
      if (shown()) end();
    });
  });
}
