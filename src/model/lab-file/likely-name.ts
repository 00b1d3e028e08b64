/** The name of a lab without reading the whole file. Pure. */
import { isHostLabel } from './text.js';

/** The name that a text gives its lab by a plain `lab: NAME`; null where only the parser can tell. */
export function writtenName(text: string): string | null {
  return /^lab:\s*["']?([a-z0-9][a-z0-9-]{0,62})["']?\s*(?:#.*)?$/m.exec(text)?.[1] ?? null;
}

/** The name that a lab takes from its file where the text gives it none; empty where the file has no fit name. */
export function nameOfFile(file: string): string {
  const name = file.replace(/^.*[/\\]/, '').replace(/(\.neutron)?\.ya?ml$/, '');
  return isHostLabel(name) ? name : '';
}
