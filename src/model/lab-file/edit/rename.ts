/** Another name for a resource, at its entry and wherever the file refers to it. */
import type { Path } from '../problems.js';
import { isMap } from '../sections.js';
import { nameProblem, show } from '../text.js';
import { NeutronError } from '../../errors.js';
import { violation } from '../../neutron-errors.js';
import type { DeclaredKind } from './edits.js';
import { valueOf, type OpenLabFile } from './open.js';
import { EditRefused } from './refusals.js';
import { subnetPaths, word, type Found } from './targets.js';
import { keyWord, referenceWords, valueWord, type Word } from './words.js';

/** @throws EditRefused when the name cannot be. */
export function renameWords(file: OpenLabFile, found: Found, name: string): Word[] {
  const { kind, path, id } = found;
  if (kind === 'lab') return valueWord(file, ['lab'], name);
  if (kind === 'security_group' && (found.name === 'default' || name === 'default')) {
    throw new NeutronError(violation('SecurityGroupCannotUpdateDefault', {}));
  }
  const own = valueOf(file, path);
  const inList = typeof path.at(-1) === 'number';
  if (isMap(own) && typeof own.name === 'string' && !inList) {
    // The key is only what the rest of the file calls it.
    checkName(kind, name);
    return valueWord(file, [...path, 'name'], name);
  }
  checkFree(file, kind, path, name);
  if (kind === 'floatingip' && inList) throw nameless();
  const at = inList ? valueWord(file, [...path, 'name'], name) : keyWord(file, path, name);
  if (inList && at.length === 0) throw nameless();
  const references = id === null ? [] : referencesTo(file, { ...found, kind, id }, name);
  return unique([...at, ...references]);
}

function referencesTo(file: OpenLabFile, found: Found & { kind: DeclaredKind; id: string }, name: string): Word[] {
  const { kind, id } = found;
  if (kind === 'subnet') return subnetReferences(file, found, name);
  const own = referenceWords(file, kind, id, (text) => (text === explicitId(file, found.path) ? null : name));
  if (kind !== 'network') return own;
  const before = `${found.name}/`;
  const subnets = subnetPaths(file).filter(({ network }) => network === found.name);
  const long = subnets.flatMap(({ path }) => {
    const subnetId = file.analysis.places.idAt('subnet', path);
    const renamed = (text: string): string | null =>
      text.startsWith(before) ? `${name}/${text.slice(before.length)}` : null;
    return subnetId === null ? [] : referenceWords(file, 'subnet', subnetId, renamed);
  });
  return [...own, ...long];
}

function subnetReferences(file: OpenLabFile, { path, id, name: old }: Found & { id: string }, name: string): Word[] {
  const network = String(path[1]);
  const others = subnetPaths(file).filter(({ network: other, label }) => other !== network && label === name);
  const explicit = explicitId(file, path);
  const own = referenceWords(file, 'subnet', id, (text) => {
    if (text === explicit) return null;
    return text === `${network}/${old}` || others.length > 0 ? `${network}/${name}` : name;
  });
  return [...own, ...qualified(file, name, network)];
}

/** References to subnets of a name that another network is going to have too. @param except That other network. */
export function qualified(file: OpenLabFile, name: string, except: string): Word[] {
  return subnetPaths(file)
    .filter(({ network, label }) => network !== except && label === name)
    .flatMap(({ network, path }) => {
      const id = file.analysis.places.idAt('subnet', path);
      if (id === null) return [];
      return referenceWords(file, 'subnet', id, (text) => (text === name ? `${network}/${name}` : null));
    });
}

function explicitId(file: OpenLabFile, path: Path): string | null {
  const id = valueOf(file, [...path, 'id']);
  return typeof id === 'string' ? id : null;
}

/** @throws EditRefused when nothing may have the name, or another one of the section has it. */
export function checkFree(file: OpenLabFile, kind: DeclaredKind, path: Path, name: string): void {
  checkName(kind, name);
  const taken =
    kind === 'subnet'
      ? subnetPaths(file).some(
          ({ network, label, path: at }) => network === path[1] && label === name && at.join() !== path.join(),
        )
      : path.at(-1) !== name &&
        isMap(valueOf(file, path.slice(0, -1))) &&
        valueOf(file, [...path.slice(0, -1), name]) !== undefined;
  if (!taken) return;
  const where = kind === 'subnet' ? ` in the network ${show(path[1])}` : '';
  throw new EditRefused(
    'DuplicateName',
    `There is a ${word(kind)} ${show(name)}${where} already.`,
    'Take another name.',
  );
}

function checkName(kind: DeclaredKind, name: string): void {
  const problem = nameProblem(name);
  if (problem === null && name !== '__proto__') return;
  throw new EditRefused(
    'InvalidName',
    `The name of the ${word(kind)} ${problem ?? 'cannot be that'}.`,
    'Take up to 255 printable characters without $( ${ and backquotes.',
  );
}

function nameless(): EditRefused {
  return new EditRefused(
    'NoName',
    'What stands in a list without a name cannot be renamed.',
    'Give it a `name` in the file.',
  );
}

/** An alias and its anchor are one text. */
function unique(words: readonly Word[]): Word[] {
  return [...new Map(words.map((one) => [`${String(one.start)} ${one.path.join('\n')}`, one])).values()];
}
