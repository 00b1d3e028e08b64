/**
 * What iproute2 prints for people, as the JSON that it prints for programs (iproute2 6.1, ip/ipaddress.c and
 * ip/iproute.c): the recording of the larger cloud has texts where the others have JSON.
 */

type Entry = Record<string, unknown>;

/** `ip -d address` and `ip -d link`. */
export function linksFromText(text: string): readonly Entry[] {
  const links: Entry[] = [];
  for (const line of text.split('\n')) {
    const head = /^\d+: ([^:@]+)(?:@\S+)?: <(.*?)> (.*)$/.exec(line);
    const link = links.at(-1);
    if (head) {
      const [, ifname = '', flags = '', rest = ''] = head;
      links.push({ ifname, flags: flags.split(','), addr_info: [], ...pairs(rest, LINK_WORDS) });
    } else if (link !== undefined) addLine(link, line.trim());
  }
  return links;
}

const LINK_WORDS: Readonly<Record<string, string>> = {
  mtu: 'mtu',
  qdisc: 'qdisc',
  master: 'master',
  state: 'operstate',
  mode: 'linkmode',
  group: 'group',
  qlen: 'txqlen',
  promiscuity: 'promiscuity',
  allmulti: 'allmulti',
  addrgenmode: 'inet6_addr_gen_mode',
};

function addLine(link: Entry, line: string): void {
  const [first = '', second = ''] = line.split(/\s+/);
  if (first.startsWith('link/')) {
    const broadcast = /brd (\S+)/.exec(line)?.[1];
    Object.assign(link, { link_type: first.slice(5), address: second, broadcast }, pairs(line, LINK_WORDS));
  } else if (first === 'inet' || first === 'inet6') (link.addr_info as Entry[]).push(address(line, first));
  else if (first === 'bridge_slave')
    linkInfo(link).info_slave_data = switches(pairs(line, { mcast_router: 'multicast_router' }, true));
  else if (first !== 'valid_lft' && first !== '') {
    linkInfo(link).info_kind = first;
    if (first === 'bridge') linkInfo(link).info_data = pairs(line.slice(first.length), {}, true);
    if (first === 'vxlan') linkInfo(link).info_data = vxlan(line);
  }
  // The last line of a link ends with what belongs to the link itself.
  if (line.includes(' addrgenmode ')) Object.assign(link, pairs(line, { addrgenmode: 'inet6_addr_gen_mode' }));
}

function linkInfo(link: Entry): Entry {
  link.linkinfo ??= {};
  return link.linkinfo as Entry;
}

/** `inet 10.0.0.1/24 brd 10.0.0.255 scope global eth0`; what is neither a pair nor the label is a flag. */
function address(line: string, family: string): Entry {
  const [, local = '', length = '', rest = ''] = /^inet6? ([^/ ]+)\/(\d+) (.*)$/.exec(line) ?? [];
  const { brd, scope } = pairs(rest, { brd: 'brd', scope: 'scope' });
  const words = rest
    .replace(/brd \S+|scope \S+/g, '')
    .trim()
    .split(/\s+/);
  const label = family === 'inet' ? words.pop() : undefined;
  const flags = Object.fromEntries(words.filter((word) => word !== '').map((word) => [word, true]));
  return {
    family,
    local,
    prefixlen: Number(length),
    scope,
    ...flags,
    ...(brd === undefined ? {} : { broadcast: brd }),
    ...(label === undefined ? {} : { label }),
  };
}

/** The words for what is not as usual are left out of the text: learning, `df unset`. */
function vxlan(line: string): Entry {
  const { id, group, dev, dstport, ttl, ageing } = pairs(line, {}, true);
  const [, low, high] = /srcport (\d+) (\d+)/.exec(line) ?? [];
  const is = (word: string): boolean => line.split(/\s+/).includes(word);
  return {
    ...{ id, group, link: dev, port: dstport, ageing },
    port_range: { low: Number(low), high: Number(high) },
    learning: !is('nolearning'),
    ttl: ttl === 'auto' ? 0 : ttl,
    df: 'unset',
    udp_csum: is('udpcsum'),
    udp_zero_csum6_tx: is('udp6zerocsumtx'),
    udp_zero_csum6_rx: is('udp6zerocsumrx'),
  };
}

/** @param all Also words that have no other name in the JSON. */
function pairs(text: string, names: Readonly<Record<string, string>>, all = false): Entry {
  const words = text.trim().split(/\s+/);
  const found: Entry = {};
  for (const [index, word] of words.entries()) {
    const name = names[word] ?? (all ? word : undefined);
    const value = words[index + 1];
    if (name !== undefined && value !== undefined) found[name] ??= /^\d+$/.test(value) ? Number(value) : value;
  }
  return found;
}

function switches(entry: Entry): Entry {
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [key, value === 'on' ? true : value === 'off' ? false : value]),
  );
}

const TYPES: ReadonlySet<string> = new Set(['local', 'broadcast', 'anycast', 'multicast', 'unreachable', 'unicast']);
const ROUTE_WORDS: Readonly<Record<string, string>> = {
  ...{ via: 'gateway', dev: 'dev', table: 'table', proto: 'protocol', scope: 'scope', src: 'prefsrc' },
  ...{ metric: 'metric', pref: 'pref' },
};

/** `ip route`, of both families one after the other. */
export function routesFromText(text: string): Readonly<Record<4 | 6, readonly Entry[]>> {
  const routes: Record<4 | 6, Entry[]> = { 4: [], 6: [] };
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const words = line.trim().split(/\s+/);
    const type = TYPES.has(words[0] ?? '') ? words.shift() : undefined;
    const route = { ...(type && { type }), dst: words.shift(), ...pairs(words.join(' '), ROUTE_WORDS), flags: [] };
    routes[line.includes(':') ? 6 : 4].push(route);
  }
  return routes;
}

/** `ip rule; ip -6 rule`: both begin with the rule of priority 0. */
export function rulesFromText(text: string): Readonly<Record<4 | 6, readonly Entry[]>> {
  const rules: Record<4 | 6, Entry[]> = { 4: [], 6: [] };
  let family: 4 | 6 = 6;
  for (const [, priority, src, table] of text.matchAll(/^(\d+):\s+from (\S+) lookup (\S+)/gm)) {
    if (priority === '0') family = family === 4 ? 6 : 4;
    rules[family].push({ priority: Number(priority), src, table });
  }
  return rules;
}

/** `bridge fdb`. */
export function fdbFromText(text: string): readonly Entry[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [mac = '', ...words] = line.trim().split(/\s+/);
      const { dev, ...rest } = pairs(words.join(' '), { dev: 'dev', dst: 'dst', via: 'viaIf', master: 'master' });
      const state = words.includes('permanent') ? 'permanent' : '';
      return { mac, ifname: dev, ...rest, flags: words.includes('self') ? ['self'] : [], state };
    });
}
