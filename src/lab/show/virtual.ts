/** What keepalived puts into the namespace of the MASTER, read from its own configuration. Pure. */

export interface VirtualAddress {
  /** With its prefix length. */
  readonly address: string;
  readonly device: string;
  readonly scope: 'global' | 'link';
}

export interface VirtualRoute {
  /** `default` for everything. */
  readonly destination: string;
  readonly via: string | null;
  /** Null where the kernel finds the device by the next hop. */
  readonly device: string | null;
  readonly scope: 'global' | 'link';
  readonly protocol: string;
}

export interface Virtual {
  readonly addresses: readonly VirtualAddress[];
  readonly routes: readonly VirtualRoute[];
}

export const NOTHING_VIRTUAL: Virtual = { addresses: [], routes: [] };

/** The lines of all blocks of that name. */
function block(conf: string, name: string): readonly string[][] {
  const lines: string[][] = [];
  let inside = false;
  for (const line of conf.split('\n').map((one) => one.trim())) {
    if (line === `${name} {`) inside = true;
    else if (line === '}') inside = false;
    else if (inside && line !== '') lines.push(line.split(/\s+/));
  }
  return lines;
}

/** The word after this one; null where it does not stand there. */
function after(words: readonly string[], name: string): string | null {
  const at = words.indexOf(name);
  return at < 0 ? null : (words[at + 1] ?? null);
}

/** keepalived.conf(5): virtual_ipaddress, virtual_ipaddress_excluded and virtual_routes. */
export function virtualOf(conf: string): Virtual {
  const addresses = [...block(conf, 'virtual_ipaddress'), ...block(conf, 'virtual_ipaddress_excluded')];
  return {
    addresses: addresses.map((words) => ({
      address: words[0] ?? '',
      device: after(words, 'dev') ?? '',
      scope: after(words, 'scope') === 'link' ? 'link' : 'global',
    })),
    routes: block(conf, 'virtual_routes').map((words) => ({
      destination: words[0] === '0.0.0.0/0' || words[0] === '::/0' ? 'default' : (words[0] ?? ''),
      via: after(words, 'via'),
      device: after(words, 'dev'),
      scope: after(words, 'scope') === 'link' ? 'link' : 'global',
      protocol: after(words, 'protocol') ?? 'keepalived',
    })),
  };
}
