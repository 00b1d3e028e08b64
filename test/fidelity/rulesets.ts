/** Lines of iptables-save, ipset save and ebtables-save, without times and counters. The order of rules stays. */

/** Tables and chains by their names; the rules as they stand. */
export function rulesetLines(text: string): readonly string[] {
  const tables = new Map<string, { chains: string[]; rules: string[] }>();
  let table = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) {
      table = line;
      tables.set(table, { chains: [], rules: [] });
    } else if (line.startsWith(':')) tables.get(table)?.chains.push(line.replace(/ \[\d+:\d+\]$/, ''));
    else if (line.startsWith('-A')) tables.get(table)?.rules.push(line);
  }
  return [...tables]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([title, { chains, rules }]) => [title, ...chains.sort(), ...rules]);
}

/** The size of its hash, and where it begins to count, are the kernel's; members have no order. */
export function ipsetLines(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/ (hashsize|maxelem|bucketsize|initval) \S+/g, ''))
    .sort();
}

/** A table that only lets everything pass is there as soon as somebody looked into it. */
export function ebtablesLines(text: string): readonly string[] {
  const lines = rulesetLines(text);
  return lines.every((line) => line.startsWith('*') || /^:[A-Z]+ ACCEPT$/.test(line)) ? [] : lines;
}
