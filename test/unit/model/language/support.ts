/** A lab file with a cursor: `|` marks it, and is not part of the text. */
import assert from 'node:assert/strict';
import type { TextEdit } from '../../../../src/model/lab-file/edit/text-edit.js';
import { labText, type LabText } from '../../../../src/model/language/lab-text.js';
import { completionsAt, type Completion } from '../../../../src/model/language/completion.js';

export interface Marked {
  readonly lab: LabText;
  readonly offset: number;
}

/** What all examples may refer to. */
export const LAB = `lab: example
nodes:
  network1: { agents: [l3, dhcp] }
  compute1: {}
networks:
  public:
    router:external: true
    subnets:
      public-v4: { cidr: 203.0.113.0/24, enable_dhcp: false }
  blue:
    subnets:
      blue-v4: { cidr: 192.168.10.0/24 }
  green:
    subnets:
      green-v4: { cidr: 192.168.20.0/24 }
`;

export function marked(text: string): Marked {
  const offset = text.indexOf('|');
  assert.ok(offset >= 0 && !text.includes('|', offset + 1), 'The text has one cursor.');
  return { lab: labText(text.replace('|', ''), 'example.neutron.yaml'), offset };
}

export function completions(text: string): Completion[] {
  const { lab, offset } = marked(text);
  return completionsAt(lab, offset);
}

export function labels(text: string): string[] {
  return completions(text)
    .sort((one, other) => one.rank - other.rank)
    .map(({ label }) => label);
}

/** The text after the completion with this label was taken, the places to fill in left empty or with their proposal. */
export function taken(text: string, label: string): string {
  const { lab, offset } = marked(text);
  const found = completionsAt(lab, offset).find((one) => one.label === label);
  assert.ok(found, `${label} is proposed.`);
  const lineStart = lab.text.lastIndexOf('\n', found.span.start - 1) + 1;
  const margin = /^\s*/.exec(lab.text.slice(lineStart, found.span.start))?.[0] ?? '';
  const insert = plain(found.insert).replaceAll('\n', `\n${margin}`);
  return lab.text.slice(0, found.span.start) + insert + lab.text.slice(found.span.end);
}

/** A snippet as an editor inserts it, before anybody types. */
export function plain(snippet: string): string {
  const values = new Map<string, string>();
  const first = snippet.replace(/\$\{(\d+)\|((?:\\.|[^|\\,])*)(?:,(?:\\.|[^|\\])*)?\|\}/g, '$${$1:$2}');
  const filled = first.replace(/\$\{(\d+):((?:\\.|[^}\\])*)\}/g, (_, place: string, value: string) => {
    values.set(place, value);
    return value;
  });
  return filled
    .replace(/\$(?:\{(\d+)\}|(\d+))/g, (_, one?: string, other?: string) => values.get(one ?? other ?? '') ?? '')
    .replace(/\\([\\$},|])/g, '$1');
}

/** @param edits In the order of the text. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .reverse()
    .reduce((sum, { start, end, text: put }) => sum.slice(0, start) + put + sum.slice(end), text);
}
