/** Values as Neutron's messages show them: its server is written in Python, and `%s` of a value is its text there. */

/** `str(value)`: a text as it is, everything else as `repr` writes it. */
export function pythonText(value: unknown): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** `repr(value)`: `'text'`, `None`, `True`, `[1, 2]`, `{'destination': '10.5.0.0/16'}`. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([key, one]) => `${quoted(key)}: ${pythonRepr(one)}`);
    return `{${entries.join(', ')}}`;
  }
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** A set of names. */
export function pythonSet(names: readonly string[]): string {
  return names.length === 0 ? 'set()' : `{${names.map(quoted).join(', ')}}`;
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}
