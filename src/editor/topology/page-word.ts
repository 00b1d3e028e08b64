/** From what a menu of the picture gives a command to the row of the tree that is meant: the same as if it were clicked on. */
import * as l10n from '@vscode/l10n';
import { LabError } from '../../model/errors.js';
import type { LabStore } from '../labs/lab-store.js';
import { TOPOLOGY_VIEW } from '../manifest/topology.js';
import { differences, labChildren, labRow } from '../tree/lab-rows.js';
import type { TreeNode } from '../tree/labs-view.js';
import type { Row } from '../tree/row.js';

/** The lab's own row, and below it all that the tree has. */
export function rowsOf(labs: LabStore, key: string): Row | null {
  const entry = labs.get(key);
  if (!entry) return null;
  const declared = labs.declared(entry);
  const row = labRow({ entry, differences: differences(entry, declared), place: null, expanded: false });
  return { ...row, children: () => labChildren(entry, declared) };
}

/** @returns The word itself where it does not come from the picture. @throws LabError where the thing has gone meanwhile */
export function wordOf(labs: LabStore, word: unknown): unknown {
  const id = rowIdOf(word);
  if (id === null) return word;
  const [key = ''] = id.split('#');
  const row = rowsOf(labs, key);
  const found = row && find(row, id);
  if (!found)
    throw new LabError('NoSuchThing', l10n.t('That is not there any more.'), l10n.t('The picture shows what is.'));
  return { row: found, parent: null } satisfies TreeNode;
}

function rowIdOf(word: unknown): string | null {
  if (typeof word !== 'object' || word === null || !('webview' in word) || word.webview !== TOPOLOGY_VIEW) return null;
  return 'row' in word && typeof word.row === 'string' ? word.row : null;
}

function find(row: Row, id: string): Row | null {
  if (row.id === id) return row;
  for (const child of row.children?.() ?? []) {
    const found = find(child, id);
    if (found) return found;
  }
  return null;
}
