/**
 * Pictures whose extension host has died. VS Code starts another host, leaves the page of the old one where it is, and gives
 * it to nobody: it would show for ever what was so when it died. So what is open is noted, and the next host opens it anew
 * in the same place.
 */
import * as vscode from 'vscode';
import { TOPOLOGY_VIEW } from '../manifest/topology.js';

const MEMORY = 'topology.open';

/** What is open: key and title of each. */
export type OpenPictures = readonly (readonly [key: string, title: string])[];

interface Note {
  /** Of the window: another one restores its panels itself. */
  readonly session: string;
  readonly pictures: OpenPictures;
}

export async function notePictures({ workspaceState }: vscode.ExtensionContext, pictures: OpenPictures): Promise<void> {
  await workspaceState.update(MEMORY, { session: vscode.env.sessionId, pictures } satisfies Note);
}

/** Those that another host of this very window had open; almost always none. */
export function strandedPictures({ workspaceState }: vscode.ExtensionContext): OpenPictures {
  const note = workspaceState.get<Note>(MEMORY);
  return note?.session === vscode.env.sessionId ? note.pictures : [];
}

export interface StrandedTab {
  readonly tab: vscode.Tab;
  readonly column: vscode.ViewColumn;
}

/** Null where a person has closed it meanwhile. */
export function strandedTab(title: string): StrandedTab | null {
  for (const { tabs, viewColumn: column } of vscode.window.tabGroups.all) {
    const tab = tabs.find(
      ({ label, input }) =>
        label === title && input instanceof vscode.TabInputWebview && input.viewType.endsWith(TOPOLOGY_VIEW),
    );
    if (tab) return { tab, column };
  }
  return null;
}
