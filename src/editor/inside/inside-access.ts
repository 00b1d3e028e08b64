/** The way from a row, or from nothing, to a place of a running lab. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { NodeContainer, Runtime } from '../../docker/runtime.js';
import type { LiveLab } from '../../lab/live-lab.js';
import { NoSuchNode } from '../../lab/lab-errors.js';
import { NodeUnreachable } from '../../lab/node/node-session.js';
import { LabError } from '../../model/errors.js';
import { type LabWord, chooseLab } from '../labs/choose-lab.js';
import type { Services } from '../services.js';
import type { TreeNode } from '../tree/labs-view.js';
import { type Place, allPlaces, placeOf } from './place.js';

export interface Chosen {
  readonly lab: string;
  readonly place: Place;
}

export interface ChoosePlaceOptions {
  readonly title: string;
  /** Only what has a namespace with a router, a network or an instance behind it. */
  readonly only?: 'things' | 'nodes';
}

/** @throws LabError; CancellationError where nobody wants one */
export async function choosePlace(
  services: Services,
  word: LabWord,
  { title, only }: ChoosePlaceOptions,
): Promise<Chosen> {
  await services.engine.runtime();
  const { name } = await chooseLab(services, word, { which: 'running', title });
  const node: TreeNode | undefined = typeof word === 'object' && 'row' in word ? word : undefined;
  return await services.labs.withLive(name, async (live) => {
    const place = node && node.row.about.kind !== 'lab' ? placeOf(node.row.about, live) : undefined;
    if (place === null) {
      throw new LabError(
        'NoSuchPlace',
        l10n.t('{0} is on no node of the lab that runs.', node?.row.label ?? name),
        l10n.t('Apply the changes of the file first, or choose a router, an instance or a node.'),
      );
    }
    return { lab: name, place: place ?? (await pick(live, title, only)) };
  });
}

async function pick(live: LiveLab, title: string, only: 'things' | 'nodes' | undefined): Promise<Place> {
  type Item = vscode.QuickPickItem & { readonly place?: Place };
  const groups = allPlaces(live)
    .map((group) => ({
      ...group,
      places: group.places.filter(({ subject }) => only === undefined || (subject === null) === (only === 'nodes')),
    }))
    .filter(({ places }) => places.length > 0);
  const items = groups.flatMap(({ title: heading, places }): Item[] => [
    { label: heading, kind: vscode.QuickPickItemKind.Separator },
    ...places.map((place) => ({
      label: place.title,
      description: place.description,
      iconPath: new vscode.ThemeIcon(place.icon),
      place,
    })),
  ]);
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  if (!chosen?.place) throw new vscode.CancellationError();
  return chosen.place;
}

/** The container of a node that answers. @throws NoSuchNode, NodeUnreachable and the engine's errors */
export async function runningContainer(runtime: Runtime, lab: string, node: string): Promise<NodeContainer> {
  const nodes = await runtime.listNodes(lab);
  const container = nodes.find((one) => one.node === node);
  if (!container) throw new NoSuchNode(lab, node, nodes.map((one) => one.node).sort());
  if (container.state !== 'running') throw new NodeUnreachable(node, `its container is ${container.state}`);
  return container;
}
