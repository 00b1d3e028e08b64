/** Texts with places to fill in, in the notation of snippets that editors share (TextMate's, as VS Code writes it). */
import { doubleQuoted, isPlain } from '../lab-file/yaml-value.js';

/** A text that stands for itself within a snippet. */
export function literal(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

export function placeholder(place: number, proposal = ''): string {
  return proposal === '' ? `$${String(place)}` : `\${${String(place)}:${literal(proposal)}}`;
}

/** One of several values; a plain place where there is none to choose from. */
export function choice(place: number, values: readonly string[], otherwise = ''): string {
  if (values.length === 0) return placeholder(place, otherwise);
  if (values.length === 1) return placeholder(place, values[0]);
  return `\${${String(place)}|${values.map((value) => value.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`;
}

/** Names as the file writes them: in quotes where YAML would take them for something else. */
export function nameText(name: string): string {
  return isPlain(name) ? name : doubleQuoted(name);
}

/** The value of a snippet: text in snippet notation, a map or a list of them. */
export type Body = string | readonly Body[] | { readonly [key: string]: Body };

/** On one line. */
export function flowText(body: Body): string {
  if (typeof body === 'string') return body;
  if (isList(body)) return `[${body.map(flowText).join(', ')}]`;
  const entries = Object.entries(body).map(([key, value]) => `${key}: ${flowText(value)}`);
  return entries.length === 0 ? '{\\}' : `{ ${entries.join(', ')} \\}`;
}

/** An entry over several lines, where it holds more than one level of maps. */
export function blockText(key: string, body: Body): string {
  return blockLines(key, body).join('\n');
}

function blockLines(key: string, body: Body): string[] {
  if (levelsOf(body) < 2) return [`${key}: ${flowText(body)}`];
  if (isList(body)) return [`${key}:`, ...body.map((item) => `  - ${flowText(item)}`)];
  const inner = Object.entries(body as Readonly<Record<string, Body>>);
  return [`${key}:`, ...inner.flatMap(([name, value]) => blockLines(name, value).map((line) => `  ${line}`))];
}

function levelsOf(body: Body): number {
  if (typeof body === 'string') return 0;
  const inner = isList(body) ? body : Object.values(body);
  return 1 + Math.max(0, ...inner.map(levelsOf));
}

function isList(body: Body): body is readonly Body[] {
  return Array.isArray(body);
}
