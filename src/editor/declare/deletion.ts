/** What happens when rows are deleted: what goes, what goes with it, and how a person is asked. Pure. */
import * as l10n from '@vscode/l10n';
import type { LabError } from '../../model/errors.js';
import { applyEdit } from '../../model/lab-file/edit/apply.js';
import type { Dependent } from '../../model/lab-file/edit/dependent.js';
import { dependentsOf } from '../../model/lab-file/edit/dependents.js';
import type { LabFileEdit } from '../../model/lab-file/edit/edits.js';
import { type OpenLabFile, openLabFile } from '../../model/lab-file/edit/open.js';
import { tryFind } from '../../model/lab-file/edit/targets.js';
import { together } from '../../model/lab-file/edit/verbs.js';
import type { AgentKind } from '../../model/resources.js';
import type { About } from '../tree/row.js';
import { dependentText, kindWord } from './resource-words.js';
import { type Removal, removalOf } from './row-target.js';

export interface Deletion {
  readonly edit: LabFileEdit;
  /** What else is changed by it, beside what was chosen. */
  readonly dependents: readonly Dependent[];
  /** Neutron's refusal of the deletion by itself, null where it would let it happen. */
  readonly refusal: LabError | null;
  readonly rows: readonly About[];
}

/** @returns Null where none of the rows can be deleted. @throws LabError when one is not in the file any more */
export function deletionOf(file: OpenLabFile, rows: readonly About[]): Deletion | null {
  const removals = rows.flatMap((row) => {
    const removal = removalOf(row, (node) => agentsOf(file, node));
    return removal === null ? [] : [{ row, removal }];
  });
  const chosen = new Set(removals.flatMap(({ removal }) => keyOfChosen(file, removal) ?? []));
  const dependents = new Map<string, Dependent>();
  const edits: LabFileEdit[] = [];
  const gone: About[] = [];
  let refusal: LabError | null = null;
  let now = file;
  for (const { row, removal } of removals) {
    // It may have gone with the one before: the subnets of a network.
    if (gone.length > 0 && tryFindRemoval(now, removal) === null) continue;
    const alone = applyEdit(now, removal.edit(false));
    const whole = applyEdit(now, removal.edit(true));
    if (whole.refusal !== null) {
      if (gone.length > 0) continue;
      throw whole.refusal;
    }
    for (const dependent of dependentsIn(now, removal)) {
      const { kind, name } = dependent.resource;
      if (!chosen.has(`${kind} ${name}`)) dependents.set(`${kind} ${name} ${dependent.relation}`, dependent);
    }
    refusal ??= alone.refusal;
    edits.push(removal.edit(true));
    gone.push(row);
    now = openLabFile(whole.text, file.options);
  }
  if (edits.length === 0) return null;
  return { edit: together(...edits), dependents: [...dependents.values()], refusal, rows: gone };
}

function dependentsIn(file: OpenLabFile, { target, part }: Removal): readonly Dependent[] {
  if (part === undefined && target.kind === 'node') return dependentsOf(file, target);
  return dependentsOf(file, target, part);
}

function tryFindRemoval(file: OpenLabFile, { target }: Removal): unknown {
  return target.kind === 'lab' ? null : tryFind(file, target.kind, target.ref);
}

function keyOfChosen(file: OpenLabFile, { target, part }: Removal): string | null {
  if (part !== undefined || target.kind === 'lab') return null;
  const found = tryFind(file, target.kind, target.ref);
  return found === null ? null : `${target.kind} ${found.name}`;
}

function agentsOf(file: OpenLabFile, node: string): readonly AgentKind[] {
  return file.analysis.built?.nodes.find(({ name }) => name === node)?.agents ?? [];
}

export interface Question {
  readonly message: string;
  readonly detail: string;
  /** The verb on the button. */
  readonly button: string;
}

/** Null where nobody has to be asked: nothing else is changed, and undo brings it back. */
export function questionOf({ rows, dependents, refusal }: Deletion): Question | null {
  const [first] = rows;
  if (dependents.length === 0 || first === undefined) return null;
  const what = rows.length === 1 ? `${kindWord(first.kind)} ${first.name}` : l10n.t('{0} things', rows.length);
  const button =
    dependents.length === 1
      ? l10n.t('Delete {0} and 1 Dependent', what)
      : l10n.t('Delete {0} and {1} Dependents', what, dependents.length);
  const list = dependents.map((dependent) => `• ${dependentText(dependent)}`);
  const shown = list.length > MOST ? [...list.slice(0, MOST), '• …'] : list;
  return {
    message: l10n.t('Delete {0} with what depends on it?', what),
    detail: [
      ...(refusal === null ? [] : [l10n.t('Neutron refuses it alone: {0}', refusal.message), '']),
      ...shown,
    ].join('\n'),
    button,
  };
}

/** More than a dialog can show. */
const MOST = 15;
