/** What can be written into a lab file, and how a text is written so that any YAML reader takes it for that text. */

export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlMap;

export interface YamlMap {
  readonly [key: string]: YamlValue;
}

/** As wide as a line may become. */
export const WIDTH = 120;

/** Words and numbers of YAML 1.1 and 1.2 that would not be read as text. */
const NO_TEXT =
  /^(~|null|true|false|yes|no|on|off|y|n|[-+]?(\.inf|\.nan)|[-+]?(0x[\da-f_]*|0o?[0-7_]+|0b[01_]*|(?=[\d._e])[\d_]*\.?[\d_]*(e[-+]?\d*)?))$/i;
/** Sixty-based numbers and times of YAML 1.1. */
const SEXAGESIMAL = /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.\d*)?$/;
const PLAIN = /^[\p{L}\d_./][\p{L}\d_./:@+-]*$/u;

/** Whether a text needs no quotes, in block and flow style alike. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text) && !text.endsWith(':') && !NO_TEXT.test(text) && !SEXAGESIMAL.test(text);
}

/** The escapes of JSON are those of YAML's double quotes; what JSON leaves and YAML forbids is escaped too. */
export function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

export function isCollection(value: YamlValue): value is Exclude<YamlValue, string | number | boolean | null> {
  return typeof value === 'object' && value !== null;
}

export function isEmpty(value: YamlValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
