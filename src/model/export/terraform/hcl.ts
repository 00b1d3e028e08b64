/** HCL 2 as `terraform fmt` writes it (https://developer.hashicorp.com/terraform/language/syntax). */
import { comment } from '../comment.js';

/** An expression of our own: a reference, never a text of a lab. */
export class Expression {
  constructor(readonly text: string) {}
}

export type HclValue = string | number | boolean | Expression | readonly HclValue[];

export interface HclBlock {
  readonly type: string;
  readonly labels?: readonly string[];
  readonly remarks?: readonly string[];
  /** What is undefined is left out. */
  readonly attributes: Readonly<Record<string, HclValue | undefined>>;
  readonly blocks?: readonly HclBlock[];
}

export function renderBlock(
  { type, labels = [], remarks = [], attributes, blocks = [] }: HclBlock,
  indent = 0,
): string[] {
  const margin = ' '.repeat(indent);
  const given = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const width = Math.max(0, ...given.map(([name]) => name.length));
  const head = [type, ...labels.map(quote)].join(' ');
  const told = remarks.map((remark) => `${margin}${comment(remark)}`);
  if (given.length === 0 && blocks.length === 0) return [...told, `${margin}${head} {}`];
  return [
    ...told,
    `${margin}${head} {`,
    ...given.map(([name, value]) => `${margin}  ${name.padEnd(width)} = ${renderValue(value)}`),
    ...blocks.flatMap((block, index) => [
      ...(index > 0 || given.length > 0 ? [''] : []),
      ...renderBlock(block, indent + 2),
    ]),
    `${margin}}`,
  ];
}

function renderValue(value: HclValue): string {
  if (value instanceof Expression) return value.text;
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'object') return `[${value.map(renderValue).join(', ')}]`;
  return String(value);
}

/** A text that is read as it is: `${` and `%{` would begin a template. */
function quote(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/[\p{Cc}\u2028\u2029]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[$%](?=\{)/g, '$&$&');
  return `"${escaped}"`;
}
