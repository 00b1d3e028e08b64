/**
 * From one ruleset of a namespace that is wholly ours to another, table by table, as input of iptables-restore without
 * `--noflush`: a table that is named is replaced as a whole, one that is not named stays as it is.
 */
import { normaliseTables, parseRuleset } from '../../neutron/iptables/normalise.js';

/** The names of the tables that say something else, in alphabetical order. Both texts in the form of iptables-save. */
export function changedTables(desired: string, observed: string): string[] {
  const [wanted, present] = [normaliseTables(desired), normaliseTables(observed)];
  return [...new Set([...wanted.keys(), ...present.keys()])]
    .filter((name) => wanted.get(name) !== present.get(name))
    .sort();
}

/** Empty where all tables are right. */
export function tablesUpdate(desired: string, observed: string): string {
  const changed = changedTables(desired, observed);
  const wanted = [...desired.matchAll(/^\*(\S+)$[^]*?^COMMIT$/gm)].map(([text, name = '']) => [name, text] as const);
  const names = new Set(wanted.map(([name]) => name));
  return [
    ...wanted.filter(([name]) => changed.includes(name)).map(([, text]) => `${text}\n`),
    ...changed.filter((name) => !names.has(name)).map((name) => emptyTable(name, observed)),
  ].join('');
}

/** What nobody asks for: its built-in chains let everything through again, and there is no other chain. */
function emptyTable(name: string, observed: string): string {
  const builtIn = [...(parseRuleset(observed).get(name) ?? [])].filter(([, { policy }]) => policy !== '-');
  return [`*${name}`, ...builtIn.map(([chain]) => `:${chain} ACCEPT`), 'COMMIT', ''].join('\n');
}
