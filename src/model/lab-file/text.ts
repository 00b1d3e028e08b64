/** How text of a stranger is shown in a message, and which texts may be names. */

/** Control, format (bidirectional overrides among them), surrogate, private and unassigned characters. */
const UNPRINTABLE = /\p{C}/u;
const SHOWN_CHARACTERS = 60;
export const MAX_NAME_LENGTH = 255;

/** In quotes, on one line, shortened. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  const clean = text.slice(0, SHOWN_CHARACTERS).replace(/\p{C}/gu, '?');
  return `'${clean}${text.length > SHOWN_CHARACTERS ? '…' : ''}'`;
}

/** A list of names for a sentence: "a, b and c". */
export function enumerate(names: readonly string[]): string {
  const shown = names.slice(0, 12);
  const rest = names.length > shown.length ? ', …' : '';
  const last = shown.at(-1) ?? '';
  return rest !== '' || shown.length < 2 ? shown.join(', ') + rest : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** A label of a host name (RFC 1123, section 2.1): it becomes a host name and part of a container's name. */
export function isHostLabel(text: string): boolean {
  return text.length <= 63 && /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/.test(text);
}

export function isDomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every(isHostLabel);
}

export function isPrintable(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

/**
 * Why a text cannot be the name of a resource, null when it can. Neutron takes any name of up to 255 characters.
 * A shell's command substitution in a name has no honest use, so it is refused, although names never reach a shell unquoted.
 */
export function nameProblem(name: string): string | null {
  if (name === '') return 'is empty';
  if (name.length > MAX_NAME_LENGTH)
    return `has ${String(name.length)} characters, ${String(MAX_NAME_LENGTH)} are allowed`;
  if (!isPrintable(name)) return 'contains characters that cannot be printed';
  if (/\$[({]|`/.test(name)) return 'contains a command substitution of a shell';
  return null;
}
