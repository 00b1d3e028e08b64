/** Files, rules, settings and processes as lines that can be put side by side. Pure. */
import { normaliseRuleset } from '../../neutron/iptables/normalise.js';

/** Null for a file that is not there. */
export function fileLines(content: string | undefined): string[] | null {
  if (content === undefined) return null;
  const lines = content.split('\n');
  // A newline ends a line; there is none after the last of keepalived.conf.
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The rules in one order of tables and chains, without counters and without what does nothing. */
export function rulesetLines(text: string | undefined): string[] {
  return normaliseRuleset(text ?? '')
    .split('\n')
    .filter((line) => line !== '');
}

/** Those of a ruleset that are about a port: its tap, its chains, its conntrack zone. */
export function rulesOfPort(text: string | undefined, portId: string): string[] {
  const tap = `tap${portId.slice(0, 11)}`;
  const chain = new RegExp(`-[ios]${portId.slice(0, 10)}( |$)`);
  return rulesetLines(text).filter((line) => line.includes(tap) || chain.test(line));
}

/** The program, and then each option with its values on a line of its own. */
export function processLines(argv: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of argv) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (word.startsWith('-') || lines.length === 1) lines.push(`    ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
