/**
 * One text for one meaning of an iptables-save, so that the ruleset that is desired and the one that a node prints can
 * be compared as text. Counters, comments, the order of tables and of chains, and built-in chains without a rule mean
 * nothing; the order of rules within a chain does.
 */

/** `*table`, chain lines and rules, table by table in alphabetical order; empty for a ruleset that does nothing. */
export function normaliseRuleset(text: string): string {
  return [...normaliseTables(text).values()].join('');
}

/** The same, each table by its name; those that do nothing are left out. */
export function normaliseTables(text: string): ReadonlyMap<string, string> {
  const tables = [...parseRuleset(text)].map(([name, table]) => [name, formatTable(name, table)] as const);
  return new Map(tables.filter(([, table]) => table !== '').sort(([one], [other]) => (one < other ? -1 : 1)));
}

export interface Chain {
  /** `ACCEPT` or `DROP` of a built-in chain, `-` of any other. */
  policy: string;
  readonly rules: string[];
}

/** The chains of a table, in the order of the text. */
export type Chains = Map<string, Chain>;

/** The tables of a ruleset by name. The format is also that of ebtables-save. */
export function parseRuleset(text: string): Map<string, Chains> {
  const tables = new Map<string, Chains>();
  let chains: Chains = new Map();
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line.startsWith('*')) {
      chains = tables.get(line.slice(1)) ?? new Map<string, Chain>();
      tables.set(line.slice(1), chains);
    } else if (line.startsWith(':')) {
      const [name = '', policy = '-'] = line.slice(1).split(' ');
      chainOf(chains, name).policy = policy;
    } else {
      // iptables-save -c puts counters in front of the rule.
      const rule = line.replace(/^\[\d+:\d+\] /, '');
      const name = /^-A (\S+)/.exec(rule)?.[1];
      if (name !== undefined) chainOf(chains, name).rules.push(rule);
    }
  }
  return tables;
}

function chainOf(chains: Chains, name: string): Chain {
  const chain = chains.get(name) ?? { policy: '-', rules: [] };
  chains.set(name, chain);
  return chain;
}

function formatTable(name: string, chains: Chains): string {
  const telling = [...chains]
    .filter(([, chain]) => chain.policy !== 'ACCEPT' || chain.rules.length > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  if (telling.length === 0) return '';
  return [
    `*${name}`,
    ...telling.map(([chain, { policy }]) => `:${chain} ${policy}`),
    ...telling.flatMap(([, { rules }]) => rules),
    'COMMIT',
    '',
  ].join('\n');
}
