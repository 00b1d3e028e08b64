/**
 * Pictures whose extension host has died. VS Code starts another host, leaves the page of the old one where it is, and gives
 * it to nobody: it would show for ever what was so when it died. So what is open is noted, and the next host opens it anew
 * in the same place.
 *
 * After a reload of the window the same tabs are there, and VS Code gives each to the new host as soon as it is seen. No id tells the
 * two apart (`vscode.env.sessionId` is a constant where telemetry is off), so that a picture is stranded is known by this: it is seen,
 * and nobody got it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { TOPOLOGY_VIEW } from '../manifest/topology.js';

const MEMORY = 'topology.open';
/** Milliseconds in which VS Code gives a page that is seen to whom it belongs; it does so at once. */
const GIVEN = 1500;

/** What is open: key and title of each. */
export type OpenPictures = readonly (readonly [key: string, title: string])[];

export async function notePictures({ workspaceState }: vscode.ExtensionContext, pictures: OpenPictures): Promise<void> {
  await workspaceState.update(MEMORY, { pictures });
}

/** Those that the host before this one had open. */
export function notedPictures({ workspaceState }: vscode.ExtensionContext): OpenPictures {
  return workspaceState.get<{ readonly pictures: OpenPictures }>(MEMORY)?.pictures ?? [];
}

export interface StrandedTab {
  readonly tab: vscode.Tab;
  readonly column: vscode.ViewColumn;
}

export interface Recovery {
  /** Whether somebody has this picture meanwhile. */
  readonly taken: (key: string) => boolean;
  readonly reopen: (key: string, title: string, stranded: StrandedTab) => Promise<void>;
}

/** Looks after noted pictures until each has been given to somebody, was closed, or is open anew. */
export class StrandedPictures implements vscode.Disposable {
  private readonly noted: Map<string, string>;
  private readonly looking = new Set<string>();
  private readonly listening: vscode.Disposable;

  constructor(
    pictures: OpenPictures,
    private readonly recovery: Recovery,
  ) {
    this.noted = new Map(pictures);
    this.listening = vscode.window.tabGroups.onDidChangeTabs(() => {
      this.look();
    });
    this.look();
  }

  /** Nobody has them yet, and nobody has looked at them. */
  get waiting(): OpenPictures {
    return [...this.noted];
  }

  dispose(): void {
    this.listening.dispose();
  }

  private look(): void {
    for (const [key, title] of this.noted) {
      const stranded = this.recovery.taken(key) ? null : tabOf(title);
      if (stranded === null) this.noted.delete(key);
      else if (stranded.tab.isActive && !this.looking.has(key)) void this.wait(key, title);
    }
    if (this.noted.size === 0) this.dispose();
  }

  private async wait(key: string, title: string): Promise<void> {
    this.looking.add(key);
    await delay(GIVEN);
    this.looking.delete(key);
    const stranded = this.recovery.taken(key) ? null : tabOf(title);
    if (stranded?.tab.isActive === true) {
      this.noted.delete(key);
      await this.recovery.reopen(key, title, stranded);
    }
    this.look();
  }
}

/** Null where a person has closed it meanwhile. */
function tabOf(title: string): StrandedTab | null {
  for (const { tabs, viewColumn: column } of vscode.window.tabGroups.all) {
    const tab = tabs.find(
      ({ label, input }) =>
        label === title && input instanceof vscode.TabInputWebview && input.viewType.endsWith(TOPOLOGY_VIEW),
    );
    if (tab) return { tab, column };
  }
  return null;
}
