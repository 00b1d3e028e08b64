/** keepalived.conf as somebody left it who changed it by hand. Pure. */
import type { ConfigChange } from './fault.js';

/** @returns null where the file has no such line */
export function changedConfig(text: string, change: ConfigChange): string | null {
  // Cut off in the middle of a block, as a full disk leaves it.
  if (change.what === 'damaged') return `${text.slice(0, text.indexOf('track_interface') + 7)}\n`;
  const line = new RegExp(`^( +${change.what} )\\d+$`, 'm');
  return line.test(text) ? text.replace(line, `$1${String(change.value)}`) : null;
}

export function changeWords(change: ConfigChange): string {
  return change.what === 'damaged' ? 'damaged' : `${change.what} ${String(change.value)}`;
}
