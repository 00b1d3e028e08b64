/** A lab file as text: short maps and lists on one line, the others one entry a line; any YAML reader takes it. */

import { doubleQuoted, isCollection, isEmpty, isList, isPlain, WIDTH, type YamlValue } from '../lab-file/yaml-value.js';

/** Sections are parted by an empty line where one of the two is long. */
export function writeYaml(sections: Readonly<Record<string, YamlValue | undefined>>): string {
  const blocks = Object.entries(sections).flatMap(([name, value]) =>
    value === undefined || isEmpty(value) ? [] : [entryLines(scalar(name), value, 0)],
  );
  return blocks
    .map((lines, index) => {
      const parted = index > 0 && (lines.length > 1 || (blocks[index - 1]?.length ?? 0) > 1);
      return `${parted ? '\n' : ''}${lines.join('\n')}\n`;
    })
    .join('');
}

/** An entry of a map. @param head What stands before the colon. @param indent Columns. */
export function entryLines(head: string, value: YamlValue, indent: number): string[] {
  const margin = ' '.repeat(indent);
  const line = `${margin}${head}: ${flow(value)}`;
  // A section is always a block: a file is read by its sections.
  if (!isCollection(value) || isEmpty(value) || (line.length <= WIDTH && indent > 0)) return [line];
  return [`${margin}${head}:`, ...blockLines(value, indent + 2)];
}

function blockLines(value: YamlValue, indent: number): string[] {
  const margin = ' '.repeat(indent);
  if (isList(value)) {
    return value.flatMap((item) => {
      const line = `${margin}- ${flow(item)}`;
      if (!isCollection(item) || isEmpty(item) || line.length <= WIDTH) return [line];
      const [first = '', ...rest] = blockLines(item, indent + 2);
      return [`${margin}- ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value as Record<string, YamlValue>).flatMap(([key, inner]) =>
    entryLines(scalar(key), inner, indent),
  );
}

function flow(value: YamlValue): string {
  if (!isCollection(value)) return scalar(value);
  if (isList(value)) return `[${value.map(flow).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${scalar(key)}: ${flow(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function scalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  return isPlain(value) ? value : doubleQuoted(value);
}
