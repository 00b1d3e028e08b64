/** A fix as edits of the text; null where the text is not as the fix expects it. */
import type { Fix, FixValue } from '../lab-file/fix.js';
import type { Path } from '../lab-file/problems.js';
import type { TextEdit } from '../lab-file/edit/text-edit.js';
import { doubleQuoted, isPlain } from '../lab-file/yaml-value.js';
import { freeCidr } from './free.js';
import type { LabText } from './lab-text.js';
import { renameDeclared } from './rename.js';
import type { ListNode, MapEntry, MapNode, Span, SyntaxNode } from './syntax.js';

export function fixEdits(lab: LabText, fix: Fix): readonly TextEdit[] | null {
  switch (fix.change) {
    case 'replace':
      return replaceValue(lab, fix.path, fix.value);
    case 'renumber': {
      const old = nodeAt(lab.syntax(), fix.path);
      const version = old?.kind === 'text' && old.text.includes(':') ? 6 : 4;
      return replaceValue(lab, fix.path, freeCidr(lab.names(), version));
    }
    case 'rename':
      return renameEntry(lab, fix.path, fix.name);
    case 'remove':
      return removeAt(lab, fix.path);
    case 'add':
      return addTo(lab, fix.path, fix.name, fix.value);
  }
}

function valueText(value: FixValue): string {
  if (typeof value !== 'string') return String(value);
  return isPlain(value) ? value : doubleQuoted(value);
}

function replaceValue(lab: LabText, path: Path, value: FixValue): TextEdit[] | null {
  const node = nodeAt(lab.syntax(), path);
  return node?.kind === 'text' ? [{ start: node.start, end: node.end, text: valueText(value) }] : null;
}

function renameEntry(lab: LabText, path: Path, name: string): readonly TextEdit[] | null {
  const declaration = lab.names().declarations.find((one) => one.path.join('\n') === path.join('\n'));
  if (declaration !== undefined) {
    const outcome = renameDeclared(lab, declaration, name);
    if (outcome.refusal === null) return outcome.edits;
  }
  const entry = entryAt(lab.syntax(), path)?.entry;
  return entry === undefined ? null : [{ start: entry.key.start, end: entry.key.end, text: valueText(name) }];
}

function removeAt(lab: LabText, path: Path): TextEdit[] | null {
  const last = path.at(-1);
  if (typeof last === 'number') {
    const list = nodeAt(lab.syntax(), path.slice(0, -1));
    const item = list?.kind === 'list' ? list.items[last] : undefined;
    return list?.kind === 'list' && item !== undefined ? removePart(lab.text, list, list.items, item) : null;
  }
  const found = entryAt(lab.syntax(), path);
  return found === null ? null : removePart(lab.text, found.map, found.map.entries, found.entry);
}

/** An entry or item, with the comma or the line that belongs to it. */
export function removePart(
  text: string,
  { flow }: MapNode | ListNode,
  parts: readonly Span[],
  part: Span,
): TextEdit[] | null {
  const index = parts.indexOf(part);
  const [before, after] = [parts[index - 1], parts[index + 1]];
  if (flow) {
    if (after !== undefined) return [{ start: part.start, end: after.start, text: '' }];
    return [{ start: before?.end ?? part.start, end: part.end, text: '' }];
  }
  const lineStart = text.lastIndexOf('\n', part.start - 1) + 1;
  const newline = text.indexOf('\n', part.end);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  if (/^\s*(- )?\s*$/.test(text.slice(lineStart, part.start)) && (after === undefined || after.start >= lineEnd)) {
    const dashed = text.slice(lineStart, part.start).includes('-');
    // The first attribute of an item leaves its dash to the next one.
    if (dashed && after !== undefined && parts.every((one) => 'key' in one))
      return [{ start: part.start, end: after.start, text: '' }];
    return [{ start: lineStart, end: lineEnd, text: '' }];
  }
  return null;
}

function addTo(lab: LabText, path: Path, name: string, value: FixValue | null): TextEdit[] | null {
  const proposal = value ?? goodValue(lab, path, name);
  if (proposal === null) return null;
  const text = `${valueText(name)}: ${valueText(proposal)}`;
  const node = nodeAt(lab.syntax(), path);
  if (node === null) {
    const entry = entryAt(lab.syntax(), path)?.entry;
    return entry?.colon === true ? [{ start: entry.end, end: entry.end, text: ` { ${text} }` }] : null;
  }
  if (node.kind !== 'map') return null;
  const [first] = node.entries;
  if (!node.flow && first !== undefined) {
    const lineStart = lab.text.lastIndexOf('\n', first.start - 1) + 1;
    const margin = ' '.repeat(first.start - lineStart);
    return [{ start: first.start, end: first.start, text: `${text}\n${margin}` }];
  }
  const last = node.entries.at(-1);
  if (last === undefined) return [{ start: node.start, end: node.end, text: `{ ${text} }` }];
  return [{ start: last.end, end: last.end, text: `, ${text}` }];
}

/** For what the file cannot do without. */
function goodValue(lab: LabText, path: Path, name: string): string | null {
  if (name === 'cidr') return freeCidr(lab.names(), 4);
  if (name === 'direction') return 'ingress';
  if (name !== 'network') return null;
  const networks = lab.names().ofKind('network');
  const external = networks.find(({ value }) => nodeText(value, 'router:external') === 'true');
  return (path[0] === 'floating_ips' ? external : networks.find((one) => one !== external))?.name ?? null;
}

function nodeText(node: SyntaxNode | null, name: string): string | null {
  const value = node?.kind === 'map' ? node.entries.find(({ key }) => key.text === name)?.value : null;
  return value?.kind === 'text' ? value.text : null;
}

export function nodeAt(root: SyntaxNode | null, path: Path): SyntaxNode | null {
  let node = root;
  for (const step of path) {
    if (node?.kind === 'map') node = node.entries.find(({ key }) => key.text === String(step))?.value ?? null;
    else node = node?.kind === 'list' && typeof step === 'number' ? (node.items[step] ?? null) : null;
  }
  return node;
}

function entryAt(root: SyntaxNode | null, path: Path): { map: MapNode; entry: MapEntry } | null {
  const map = nodeAt(root, path.slice(0, -1));
  if (map?.kind !== 'map') return null;
  const entry = map.entries.find(({ key }) => key.text === String(path.at(-1)));
  return entry === undefined ? null : { map, entry };
}
