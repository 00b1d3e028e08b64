/**
 * A table of iptables in the form of iptables-save, as neutron/agent/linux/iptables_manager.py fills it: the chains
 * of an agent carry its name, and the built-in ones only jump to them, so that agents do not disturb one another.
 */

/** The built-in chains of each table, in the order in which iptables-save lists them. */
const BUILT_IN = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  raw: ['PREROUTING', 'OUTPUT'],
} as const;

export type TableName = keyof typeof BUILT_IN;

export class Table {
  readonly #rules = new Map<string, string[]>();

  /** @param prefix The agent's name in front of its chains, e.g. `neutron-l3-agent`. */
  constructor(
    readonly name: TableName,
    private readonly prefix: string,
  ) {}

  /** The full name of a chain of the agent. */
  chain(name: string): string {
    return `${this.prefix}-${name}`;
  }

  /** Declare a chain, by its full name. */
  declare(...chains: readonly string[]): this {
    for (const chain of chains) if (!this.#rules.has(chain)) this.#rules.set(chain, []);
    return this;
  }

  /** Append rules to a chain, both by full name; the chain is declared if need be. */
  append(chain: string, ...specs: readonly string[]): this {
    this.declare(chain);
    this.#rules.get(chain)?.push(...specs);
    return this;
  }

  /** Chains of the agent that the built-in chains of the same name jump to. */
  wrap(...builtIn: readonly string[]): this {
    for (const chain of builtIn) this.declare(this.chain(chain)).append(chain, `-j ${this.chain(chain)}`);
    return this;
  }

  toString(): string {
    const builtIn: readonly string[] = BUILT_IN[this.name];
    const own = [...this.#rules.keys()].filter((chain) => !builtIn.includes(chain)).sort();
    return [
      `*${this.name}`,
      ...builtIn.map((chain) => `:${chain} ACCEPT`),
      ...own.map((chain) => `:${chain} -`),
      ...[...builtIn, ...own].flatMap((chain) => (this.#rules.get(chain) ?? []).map((spec) => `-A ${chain} ${spec}`)),
      'COMMIT',
      '',
    ].join('\n');
  }
}

/** Filter table: besides the agent's chains one chain on top that all agents of a node share. */
export function filterTable(prefix: string): Table {
  const table = new Table('filter', prefix);
  const top = 'neutron-filter-top';
  table.wrap('INPUT');
  table.append('FORWARD', `-j ${top}`).wrap('FORWARD');
  table.append('OUTPUT', `-j ${top}`).wrap('OUTPUT');
  table.declare(table.chain('local')).append(top, `-j ${table.chain('local')}`);
  return table;
}

export function mangleTable(prefix: string): Table {
  return new Table('mangle', prefix).wrap('PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING');
}

export function rawTable(prefix: string): Table {
  return new Table('raw', prefix).wrap('PREROUTING', 'OUTPUT');
}
