/** Values as text, in the style of a file. */
import { doubleQuoted, isCollection, isEmpty, isList, isPlain, WIDTH, type YamlValue } from '../yaml-value.js';
import type { Style } from './style.js';

/** Where a value is going to stand. */
export interface Room {
  /** Columns of the key or dash before it. */
  readonly column: number;
  /** Columns that the line has before the value. */
  readonly used: number;
}

/** Which attributes stand one on each line, also where one line would do. */
export interface Layout {
  /** The value itself is written as a block; otherwise only when it does not fit on its line. */
  readonly block: boolean;
  /** Of its attributes, by name, `*` for the others. */
  readonly inside?: Readonly<Record<string, Layout>>;
}

export const ON_ONE_LINE: Layout = { block: false };

/** @param quote The quotes that the text had so far. */
export function scalarText(value: string | number | boolean | null, style: Style, quote?: "'" | '"'): string {
  if (typeof value !== 'string') return String(value);
  if (quote === undefined && isPlain(value) && !value.includes('::')) return value;
  const chosen = quote ?? style.quote;
  // Single quotes have no escapes, and what they hold is folded at line breaks.
  return chosen === "'" && /^[\p{L}\p{N}\p{P}\p{S}\p{M} ]*$/u.test(value)
    ? `'${value.replaceAll("'", "''")}'`
    : doubleQuoted(value);
}

export function flowText(value: YamlValue, style: Style): string {
  if (!isCollection(value)) return scalarText(value, style);
  if (isEmpty(value)) return isList(value) ? '[]' : '{}';
  if (isList(value)) {
    return `[${style.listPad}${value.map((item) => flowText(item, style)).join(', ')}${style.listPad}]`;
  }
  const entries = Object.entries(value).map(([key, inner]) => `${scalarText(key, style)}: ${flowText(inner, style)}`);
  return `{${style.mapPad}${entries.join(', ')}${style.mapPad}}`;
}

/** The text behind a colon or dash: with a blank before it, or as lines of their own. */
export function valueText(value: YamlValue, layout: Layout, room: Room, style: Style): string {
  const line = flowText(value, style);
  const asLine = !isCollection(value) || isEmpty(value) || (!layout.block && room.used + 1 + line.length <= WIDTH);
  return asLine ? ` ${line}` : blockText(value, layout, room.column, style);
}

/** Lines, each with its line break before it. @param column Of the key that they belong to. */
export function blockText(value: YamlValue, layout: Layout, column: number, style: Style): string {
  if (!isCollection(value)) return ` ${flowText(value, style)}`;
  if (isList(value)) {
    const margin = style.lineBreak + ' '.repeat(column + style.dash);
    return value.map((item) => `${margin}${itemText(item, column + style.dash, style)}`).join('');
  }
  const margin = style.lineBreak + ' '.repeat(column + style.step);
  return Object.entries(value)
    .map(([key, inner]) => margin + entryText(key, inner, insideOf(layout, key), column + style.step, style))
    .join('');
}

/** An entry of a block map. @param column Where its key starts. */
export function entryText(key: string, value: YamlValue, layout: Layout, column: number, style: Style): string {
  const head = `${scalarText(key, style)}:`;
  return head + valueText(value, layout, { column, used: column + head.length }, style);
}

/** An item of a block list. @param column Where its dash stands. */
export function itemText(value: YamlValue, column: number, style: Style, layout: Layout = ON_ONE_LINE): string {
  const line = flowText(value, style);
  const fits = column + 2 + line.length <= WIDTH && !layout.block;
  if (!isCollection(value) || isList(value) || isEmpty(value) || fits) return `- ${line}`;
  // The first attribute stands behind the dash, the others below it.
  const lines = Object.entries(value).map(([key, inner]) =>
    entryText(key, inner, insideOf(layout, key), column + 2, style),
  );
  return `- ${lines.join(style.lineBreak + ' '.repeat(column + 2))}`;
}

function insideOf(layout: Layout, key: string): Layout {
  return layout.inside?.[key] ?? layout.inside?.['*'] ?? ON_ONE_LINE;
}
