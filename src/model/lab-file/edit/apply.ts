/**
 * Declaring by edits of a lab file's text. What an edit does not name keeps its bytes: comments, order, blank lines, quotes,
 * indentation, line breaks. The new text is read as any lab file is; an edit that would bring an error that the old text
 * has not is refused with it.
 */
import { LabError } from '../../errors.js';
import type { Lab } from '../../resources.js';
import type { PlacedKind } from '../places.js';
import type { Problem } from '../problems.js';
import type { ReadOptions } from '../read.js';
import type { LabFileEdit } from './edits.js';
import { openLabFile, valueOf, type OpenLabFile } from './open.js';
import type { EditOutcome } from './outcome.js';
import { perform } from './perform.js';
import { EditRefused, wouldBreak } from './refusals.js';
import { Work } from './work.js';

export interface EditOptions extends ReadOptions {
  /**
   * Ids follow from names, so another name makes another resource of what is running. True writes the id that a resource
   * had into its entry, as Neutron's rename keeps it; false lets it follow the name. Unless given, ids are kept of what
   * `held`, the running lab, has: where nothing runs, the file stays free of ids that nobody needs.
   */
  readonly keepId?: boolean | undefined;
}

/**
 * Never throws; what cannot be done is a refusal in the outcome.
 * @param file The text, or the file as it was opened: then it is not read again, and `held` and `file` are those that it
 *   was opened with.
 */
export function applyEdit(file: string | OpenLabFile, edit: LabFileEdit, options: EditOptions = {}): EditOutcome {
  try {
    const old = typeof file === 'string' ? openLabFile(file, options) : file;
    return applied(old, edit, options.keepId);
  } catch (error) {
    return { refusal: error instanceof LabError ? error : unforeseen(error), problems: [] };
  }
}

/** What speaks against the edit first, null when nothing does: for an answer while somebody types. */
export function validateEdit(
  file: string | OpenLabFile,
  edit: LabFileEdit,
  options: EditOptions = {},
): LabError | null {
  return applyEdit(file, edit, options).refusal;
}

function applied(old: OpenLabFile, edit: LabFileEdit, keepId: boolean | undefined): EditOutcome {
  const { held } = old.options;
  const running = keepId === undefined && held !== undefined ? idsOf(held) : null;
  const work = new Work(old, (id) => keepId ?? running?.has(id) ?? false);
  perform(work, edit);
  if (keepId ?? running !== null) keepIds(work);
  const { problems } = work.file.analysis;
  const added = newErrors(old.analysis.problems, problems, edit);
  const [first] = added;
  if (first !== undefined) return { refusal: wouldBreak(first), problems: added };
  return { refusal: null, edits: work.edits(), text: work.text, problems };
}

const KEPT: readonly PlacedKind[] = ['network', 'subnet', 'router', 'port', 'instance', 'floatingip', 'security_group'];

/** Resources that would become other ones get the id that they had. */
function keepIds(work: Work): void {
  const { analysis } = work.old;
  if (work.text === work.old.text) return;
  // Another name of the lab makes another lab.
  if (work.file.analysis.built?.name !== analysis.built?.name) return;
  const moved = [...analysis.places.all()].flatMap(([kind, id, path]) => {
    if (!KEPT.includes(kind) || (kind === 'port' && path[0] !== 'ports') || path[0] === 'ha_networks') return [];
    const now = work.keeps(id) ? work.moved(path) : null;
    return now === null ? [] : [{ kind, id, now }];
  });
  // Those of networks come first: ids of subnets follow from them.
  for (const { kind, id, now } of moved) {
    const { places } = work.file.analysis;
    const other = places.idAt(kind, now);
    if (other === null || other === id || valueOf(work.file, [...now, 'id']) !== undefined) continue;
    work.change({ op: 'set', path: [...now, 'id'], value: id });
  }
}

function idsOf(lab: Lab): ReadonlySet<string> {
  const { networks, subnets, routers, ports, instances, floatingips, security_groups: groups } = lab;
  return new Set(
    [networks, subnets, routers, ports, instances, floatingips, groups].flatMap((list) => list.map(({ id }) => id)),
  );
}

/** Errors of the new text less those of the old one, wherever they stand by now. */
function newErrors(old: readonly Problem[], now: readonly Problem[], edit: LabFileEdit): Problem[] {
  const renamed = edit.do === 'rename' ? edit : null;
  const keyOf = ({ code, message }: Problem): string => {
    // A mistake that was there before may name what has another name now.
    const same = renamed === null ? message : message.replaceAll(`'${renamed.name}'`, `'${renamed.target.ref}'`);
    return `${code} ${same}`;
  };
  const counts = new Map<string, number>();
  for (const problem of old) {
    if (problem.severity === 'error') counts.set(keyOf(problem), (counts.get(keyOf(problem)) ?? 0) + 1);
  }
  return now.filter((problem) => {
    if (problem.severity !== 'error') return false;
    const left = counts.get(keyOf(problem)) ?? 0;
    counts.set(keyOf(problem), left - 1);
    return left <= 0;
  });
}

function unforeseen(error: unknown): EditRefused {
  const reason = error instanceof Error ? error.message : String(error);
  return new EditRefused(
    'EditFailed',
    `The edit could not be written: ${reason}.`,
    'Edit the file by hand, and report this.',
  );
}
