/** The panels with a picture, one for each lab. This file and what only it needs are a bundle of their own (src/build.mjs). */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LiveLab } from '../../lab/live-lab.js';
import type { Readings } from '../../lab/status.js';
import type { LabEvent } from '../../lab/watch.js';
import type { EngineAccess } from '../engine/engine-access.js';
import type { LabStore } from '../labs/lab-store.js';
import { TOPOLOGY_VIEW } from '../manifest/topology.js';
import type { About, Row } from '../tree/row.js';
import { removeOldRecordings } from './recording-file.js';
import { type RenamedFile, renamedTo } from './renamed.js';
import { type OpenPictures, StrandedPictures, notePictures } from './stranded.js';
import { TopologyPanel } from './topology-panel.js';

/** What happens in a lab, as long as it is wanted. */
export interface LabWatch {
  readonly first: Readings;
  /** The boot id of the nodes' kernel: its clock is of this boot. */
  readonly boot: string;
  /** The nodes' clock, milliseconds. */
  readonly now: () => number;
  stop(): Promise<void>;
}

/** What the bundle of the editor gives to this one, which has no copy of it. */
export interface TopologyHost {
  readonly context: vscode.ExtensionContext;
  readonly labs: LabStore;
  readonly engine: EngineAccess;
  /** The folder of this workspace's own storage in which recordings are kept; null where no folder is open. */
  readonly recordings: string | null;
  /** English to the language of this window. */
  readonly words: Record<string, string>;
  /** The row of a lab with all below it; null where there is no such lab. */
  rowsOf(key: string): Row | null;
  /** An edit of the lab file, as when one row is dropped on another. @throws LabError */
  join(from: About, to: About): Promise<void>;
  /** Roles, addresses, advertisements and announcements of a lab that runs. */
  watch(live: LiveLab, onEvent: (event: LabEvent) => void): Promise<LabWatch>;
  /** Tells a person what went wrong. */
  report(error: unknown): Promise<void>;
}

export interface TopologyPanels {
  show(key: string, name: string): void;
  /** Asks for a probe that begins or ends there. @throws LabError where there cannot be one */
  probeAt(about: About): Promise<void>;
  /** The way of a packet from there is asked for in the picture. */
  followFrom(about: About): void;
  /** Opens anew what a host that died had open, and VS Code gives to nobody. */
  recover(pictures: OpenPictures): void;
  /** Files are about to be renamed. */
  renaming(files: readonly RenamedFile[]): void;
  /** They have been: a picture follows its lab file. */
  renamed(files: readonly RenamedFile[]): Promise<void>;
  /** After a reload of the window. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}

export function openPanels(host: TopologyHost): TopologyPanels {
  l10n.config({ contents: host.words });
  if (host.recordings !== null) void removeOldRecordings(host.recordings);
  const open = new Map<string, { readonly panel: TopologyPanel; readonly webview: vscode.WebviewPanel }>();
  let stranded: StrandedPictures | null = null;
  const note = (): void => {
    const here = [...open].map(([key, { webview }]) => [key, webview.title] as const);
    void notePictures(host.context, [...here, ...(stranded?.waiting.filter(([key]) => !open.has(key)) ?? [])]);
  };
  const adopt = (webview: vscode.WebviewPanel, key: string): void => {
    const panel = new TopologyPanel(host, webview, key);
    open.set(key, { panel, webview });
    note();
    webview.onDidDispose(() => {
      for (const [at, one] of open) if (one.panel === panel) open.delete(at);
      note();
      panel.dispose();
    });
  };
  return {
    recover: (pictures) => {
      stranded = new StrandedPictures(pictures, {
        taken: (key) => open.has(key),
        reopen: async (key, title, { tab, column }) => {
          const place = { viewColumn: column, preserveFocus: true };
          adopt(vscode.window.createWebviewPanel(TOPOLOGY_VIEW, title, place, {}), key);
          await vscode.window.tabGroups.close(tab, true);
        },
      });
      host.context.subscriptions.push(stranded);
    },
    show: (key, name) => {
      const known = open.get(key);
      if (known) {
        known.panel.reveal();
        return;
      }
      adopt(vscode.window.createWebviewPanel(TOPOLOGY_VIEW, titleOf(name), vscode.ViewColumn.Active, {}), key);
    },
    probeAt: async (about) => {
      await open.get(about.lab)?.panel.probeAt(about);
    },
    followFrom: ({ lab, name }) => {
      open.get(lab)?.panel.follow({ type: 'follow', from: name });
    },
    renaming: (files) => {
      for (const [key, { panel }] of open) if (renamedTo(key, files) !== null) panel.hold();
    },
    renamed: async (files) => {
      for (const [key, shown] of [...open]) {
        const uri = renamedTo(key, files);
        if (uri === null) continue;
        const now = uri.toString();
        await host.labs.files.read(uri);
        // It took the place of another lab's file.
        open.get(now)?.webview.dispose();
        open.delete(key);
        open.set(now, shown);
        shown.webview.title = titleOf(host.labs.get(now)?.name ?? '');
        await shown.panel.moveTo(now, uri);
      }
      note();
    },
    restore: (panel, state) => {
      const key = typeof state === 'object' && state !== null && 'lab' in state ? state.lab : null;
      if (typeof key === 'string' && !open.has(key)) adopt(panel, key);
      else panel.dispose();
    },
  };
}

function titleOf(lab: string): string {
  return l10n.t('{0}: topology', lab);
}
