/** Sections, attributes that a map lacks, options, and whole resources to start from. */
import type { Cursor, Proposal } from './completion.js';
import { attributeHelp, valueWords } from './describe.js';
import {
  attributesOf,
  choicesOf,
  entriesOf,
  exampleOf,
  expectedAt,
  isNamed,
  itemsOf,
  referenceKinds,
  type Expected,
} from './expected.js';
import { freeCidr } from './free.js';
import type { Names } from './names.js';
import type { Place } from './place.js';
import { blockText, flowText, literal, placeholder, type Body } from './snippet-text.js';
import { snippetsOf, type ResourceSnippet } from './snippets.js';

/** At a word that is, or is going to be, the key of a map. */
export function completeKeys(expected: Expected, place: Place, cursor: Cursor, names: Names): Proposal[] {
  const colon = place.role === 'key' && place.entry?.colon === true;
  const taken = new Set(
    place.role === 'key' ? place.map?.entries.flatMap((one) => (one === place.entry ? [] : one.key.text)) : [],
  );
  const missing = attributesOf(expected).filter(([name]) => !taken.has(name));
  const top = place.path.length === 0;
  return [
    ...missing.map(([name, inner]) => keyProposal(name, inner, { top, colon, cursor, names })),
    ...(colon ? [] : newEntries(expected, place, cursor, names)),
    ...(top && !colon ? missing.flatMap(([section]) => newSections(section, cursor, names)) : []),
  ];
}

/** At a value that is a map or a list of which nothing stands yet. */
export function completeContainer(expected: Expected, place: Place, cursor: Cursor, names: Names): Proposal[] {
  if (cursor.quoted) return [];
  // On a line of its own it is the first key of the map, or, in a list, that of an item.
  if (cursor.first && !cursor.flow)
    return [...completeKeys(expected, place, cursor, names), ...newItems(expected, place, names)];
  const items = itemsOf(expected);
  const proposals: Proposal[] = [];
  if (items !== null) proposals.push(container('[ … ]', `[${bodyOf(items) === '' ? '$1' : flowText(bodyOf(items))}]`));
  if (isNamed(expected) || attributesOf(expected).length > 0)
    proposals.push(container('{ … }', flowText(mapBody(expected))));
  return proposals;
}

function container(label: string, insert: string): Proposal {
  return { label, kind: 'value', detail: '', insert, rank: 2, goesOn: true };
}

/** What every resource may have and hardly any needs in a lab file: ids follow from names, which are the keys. */
const SELDOM: ReadonlySet<string> = new Set(['id', 'name', 'project_id', 'tenant_id', 'description']);

interface KeyContext {
  readonly top: boolean;
  readonly colon: boolean;
  readonly cursor: Cursor;
  readonly names: Names;
}

function keyProposal(name: string, expected: Expected, { top, colon, cursor, names }: KeyContext): Proposal {
  const block = top && (isNamed(expected) || attributesOf(expected).length > 0);
  const value = block && !cursor.flow ? '\n  $0' : ` ${valueSnippet(name, expected, names)}`;
  return {
    label: name,
    kind: top ? 'section' : 'attribute',
    detail: expected.optional ? valueWords(expected) : `${valueWords(expected)}, required`,
    documentation: attributeHelp(name, expected),
    insert: colon || cursor.quoted ? literal(name) : `${literal(name)}:${value}`,
    rank: expected.optional ? (SELDOM.has(name) ? 3 : 1) : 0,
    goesOn: !colon,
  };
}

/** What stands after the colon of a new attribute. */
function valueSnippet(name: string, expected: Expected, names: Names): string {
  if (name === 'cidr') return placeholder(1, freeCidr(names, 4));
  const items = itemsOf(expected);
  if (isNamed(expected)) return flowText(mapBody(expected));
  if (items !== null)
    return `[${attributesOf(items).length > 0 && referenceKinds(items).length === 0 ? flowText(bodyOf(items)) : '$1'}]`;
  if (attributesOf(expected).length > 0) return flowText(mapBody(expected));
  const choices = choicesOf(expected).map(String);
  const [preset] = /(?<=^`)[^`]+(?=`$)/.exec(expected.words?.default ?? '') ?? [];
  // Whoever writes a switch wants it other than it is.
  if (choices.length === 2 && choices.includes('true')) return placeholder(1, preset === 'true' ? 'false' : 'true');
  if (choices.length > 0) return '$1';
  return placeholder(1, preset ?? exampleOf(expected) ?? '');
}

function bodyOf(expected: Expected): Body {
  return attributesOf(expected).length > 0 && referenceKinds(expected).length === 0 ? mapBody(expected) : '';
}

/** The attributes that a map cannot do without, or the one that a person writes first. */
function mapBody(expected: Expected): Body {
  const entries = entriesOf(expected);
  if (entries !== null) return { [placeholder(1, 'name')]: flowFirst(entries) };
  const attributes = attributesOf(expected);
  const required = attributes.filter(([, inner]) => !inner.optional);
  const first = attributes.find(([name, inner]) => name !== 'id' && referenceKinds(inner).length > 0);
  const shown = required.length > 0 ? required : first === undefined ? [] : [first];
  return Object.fromEntries(shown.map(([name], index) => [name, placeholder(index + 1)]));
}

function flowFirst(expected: Expected): Body {
  const required = attributesOf(expected).filter(([, inner]) => !inner.optional);
  return Object.fromEntries(required.map(([name], index) => [name, placeholder(index + 2)]));
}

/** Whole resources, where the key is a name of the user's own. */
function newEntries(expected: Expected, { path }: Place, cursor: Cursor, names: Names): Proposal[] {
  if (!isNamed(expected)) return [];
  const section = String(path.at(-1));
  return snippetsOf(section, names).map((snippet) => snippetProposal(snippet, entryText(snippet, cursor.flow)));
}

/** The section with its first resource. */
function newSections(section: string, { flow }: Cursor, names: Names): Proposal[] {
  if (flow || section === 'ports') return [];
  const list = itemsOf(expectedAt([section])) !== null;
  return snippetsOf(section, names).map((snippet) => {
    const text = list ? `- ${flowText(snippet.body)}` : entryText(snippet, false);
    return snippetProposal(snippet, `${section}:\n${text.replace(/^/gm, '  ')}`);
  });
}

/** Items of a list that is written line by line. */
function newItems(expected: Expected, { path }: Place, names: Names): Proposal[] {
  const items = itemsOf(expected);
  if (items === null) return [];
  const snippets = snippetsOf(String(path.at(-1)), names);
  if (path.length === 1 && snippets.length > 0)
    return snippets.map((snippet) => snippetProposal(snippet, `- ${flowText(snippet.body)}`));
  const body = bodyOf(items);
  return [
    {
      label: '- …',
      kind: 'value',
      detail: valueWords(items),
      insert: `- ${body === '' ? '$1' : flowText(body)}`,
      goesOn: true,
    },
  ];
}

function entryText({ key, body }: ResourceSnippet, flow: boolean): string {
  return flow ? `${key}: ${flowText(body)}` : blockText(key, body);
}

function snippetProposal({ label, documentation }: ResourceSnippet, insert: string): Proposal {
  return { label, kind: 'snippet', detail: '', documentation, insert, rank: 2 };
}
