/** A lab file as text: short maps and lists on one line, the others one entry a line; any YAML reader takes it. */

export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlMap;

export interface YamlMap {
  readonly [key: string]: YamlValue;
}

/** As wide as a line may become. */
const WIDTH = 120;
/** Words and numbers of YAML 1.1 and 1.2 that would not be read as text. */
const NO_TEXT =
  /^(~|null|true|false|yes|no|on|off|y|n|[-+]?(\.inf|\.nan)|[-+]?(0x[\da-f_]*|0o?[0-7_]+|0b[01_]*|(?=[\d._e])[\d_]*\.?[\d_]*(e[-+]?\d*)?))$/i;
/** Sixty-based numbers and times of YAML 1.1. */
const SEXAGESIMAL = /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.\d*)?$/;
const PLAIN = /^[\p{L}\d_./][\p{L}\d_./:@+-]*$/u;

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

function isEmpty(value: YamlValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** @param head What stands before the colon. @param indent Columns. */
function entryLines(head: string, value: YamlValue, indent: number): string[] {
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
  const plain = PLAIN.test(value) && !value.endsWith(':') && !NO_TEXT.test(value) && !SEXAGESIMAL.test(value);
  // The escapes of JSON are those of YAML's double quotes; what JSON leaves and YAML forbids is escaped too.
  return plain
    ? value
    : JSON.stringify(value).replace(
        /[\u007f-\u009f\u2028\u2029\ufeff]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function isCollection(value: YamlValue): value is Exclude<YamlValue, string | number | boolean | null> {
  return typeof value === 'object' && value !== null;
}
