/** What the rest of the editor knows of the picture: its names, and how it is opened. The picture itself is read when it is. */
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Handlers } from '../commands.js';
import { joinRows } from '../declare/join-rows.js';
import { type LabWord, chooseLab } from '../labs/choose-lab.js';
import type { LabEntry } from '../labs/lab-entry.js';
import { report } from '../report.js';
import type { Services } from '../services.js';
import type { TreeNode } from '../tree/labs-view.js';
import { rowsOf } from './page-word.js';
import type { TopologyHost, TopologyPanels } from './panels.js';
import { type RenamedFile, moveLayouts } from './renamed.js';
import { notedPictures } from './stranded.js';
import { watchLive } from './watch-live.js';

export function topologyFeature(services: Services) {
  let panels: Promise<TopologyPanels> | null = null;
  const host: TopologyHost = {
    context: services.context,
    labs: services.labs,
    engine: services.engine,
    recordings: services.context.storageUri ? join(services.context.storageUri.fsPath, 'recordings') : null,
    words: vscode.l10n.bundle ?? {},
    rowsOf: (key) => rowsOf(services.labs, key),
    join: async (from, to) => {
      await joinRows(services.labs, services.edits, [from], to);
    },
    watch: watchLive,
    report: (error) => report(error, services.log),
  };
  const load = async (): Promise<TopologyPanels> => {
    panels ??= import('./panels.js').then(({ openPanels }) => openPanels(host));
    return await panels;
  };
  const open = async (entry: LabEntry): Promise<void> => {
    (await load()).show(entry.key, entry.name);
  };
  /** With the picture of that lab in front. */
  const opened = async (key: string): Promise<TopologyPanels | null> => {
    const entry = services.labs.get(key);
    if (!entry) return null;
    await open(entry);
    return await load();
  };
  const serializer: vscode.WebviewPanelSerializer = {
    deserializeWebviewPanel: async (panel, state) => {
      await services.labs.files.all();
      (await load()).restore(panel, state);
    },
  };
  const takeRenamed = async (files: readonly RenamedFile[]): Promise<void> => {
    await moveLayouts(files);
    await (await panels)?.renamed(files);
  };
  const recover = async (): Promise<void> => {
    const pictures = notedPictures(services.context);
    if (pictures.length === 0) return;
    await services.labs.files.all();
    (await load()).recover(pictures);
  };
  services.context.subscriptions.push(
    vscode.workspace.onWillRenameFiles(
      ({ files }) =>
        void panels?.then((known) => {
          known.renaming(files);
        }),
    ),
    vscode.workspace.onDidRenameFiles(
      ({ files }) => void takeRenamed(files).catch((error: unknown) => report(error, services.log)),
    ),
  );
  void recover().catch((error: unknown) => report(error, services.log));
  const commands = {
    'neutron-lab.openTopology': async (word?: LabWord) => {
      await open(await chooseLab(services, word, { title: l10n.t('Show the topology of which lab?') }));
    },
    'neutron-lab.newProbe': async ({ row: { about } }: TreeNode) => {
      await (await opened(about.lab))?.probeAt(about);
    },
    'neutron-lab.followPacket': async ({ row: { about } }: TreeNode) => {
      (await opened(about.lab))?.followFrom(about);
    },
  } satisfies Handlers;
  return { commands, serializer };
}
