/** What is compared, each with the lines that its files come down to. What is left out of them is in `docs/fidelity.md`. */
import { linkLines, addressLines, bridgeLines, floodLines, routeLines, ruleLines } from './iproute.js';
import { type Files, ROOT_PLACE } from './recording.js';
import { ebtablesLines, ipsetLines, rulesetLines } from './rulesets.js';

export interface Thing {
  readonly title: string;
  /** As a person finds it on a network node. */
  readonly where: string;
  readonly place: 'qrouter' | 'qdhcp' | 'namespace' | 'root';
  /** Null where there is no such thing. In this order they are compared, and byte for byte where they are whole lines. */
  lines(files: Files): readonly string[] | null;
}

function file(name: string, read: (text: string) => readonly string[]): (files: Files) => readonly string[] | null {
  return (files) => {
    const text = files.get(name);
    return text === undefined ? null : read(text);
  };
}

/** Every byte counts: a newline at the end that is not there is seen. */
function bytes(text: string): readonly string[] {
  return text.split('\n');
}

function sorted(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .sort();
}

/** The pid files that the arguments of the processes name, each with the process whose pid is in it. */
function pidFiles(files: Files): readonly string[] | null {
  const found = files.get('pid-files');
  if (found !== undefined) return sorted(found).filter((line) => !line.endsWith(' state-change'));
  const lines = new Set<string>();
  for (const line of (files.get('processes.txt') ?? '').split('\n')) {
    const name = /^(keepalived|radvd) /.exec(line)?.[1];
    if (name === undefined) continue;
    for (const [, path = ''] of line.matchAll(/ -[pr] (\S+)/g)) lines.add(`${path} ${name}`);
  }
  const dnsmasq = /^--pid-file=(.*)$/m.exec(files.get('dnsmasq-args.txt') ?? '')?.[1];
  if (dnsmasq !== undefined) lines.add(`${dnsmasq} dnsmasq`);
  return [...lines].sort();
}

export const THINGS: readonly Thing[] = [
  {
    title: 'keepalived.conf',
    where: 'ha_confs/ID/keepalived.conf',
    place: 'qrouter',
    lines: file('keepalived.conf', bytes),
  },
  { title: 'state file', where: 'ha_confs/ID/state', place: 'qrouter', lines: file('state', bytes) },
  { title: 'radvd.conf', where: 'ra/ID.radvd.conf', place: 'qrouter', lines: file('radvd.conf', bytes) },
  { title: 'processes', where: 'command lines in the router', place: 'qrouter', lines: file('processes.txt', sorted) },
  { title: 'pid files', where: '-p, -r and --pid-file', place: 'namespace', lines: pidFiles },
  { title: 'dnsmasq arguments', where: 'its command line', place: 'qdhcp', lines: file('dnsmasq-args.txt', bytes) },
  { title: 'dnsmasq host', where: 'dhcp/ID/host', place: 'qdhcp', lines: file('dnsmasq-host', bytes) },
  {
    title: 'dnsmasq addn_hosts',
    where: 'dhcp/ID/addn_hosts',
    place: 'qdhcp',
    lines: file('dnsmasq-addn_hosts', bytes),
  },
  { title: 'dnsmasq opts', where: 'dhcp/ID/opts', place: 'qdhcp', lines: file('dnsmasq-opts', bytes) },
  { title: 'interfaces', where: 'ip -d addr', place: 'namespace', lines: file('addr.json', linkLines) },
  { title: 'addresses', where: 'ip -d addr', place: 'namespace', lines: file('addr.json', addressLines) },
  {
    title: 'IPv4 routes',
    where: 'ip route show table all',
    place: 'namespace',
    lines: file('route4.json', routeLines),
  },
  {
    title: 'IPv6 routes',
    where: 'ip -6 route show table all',
    place: 'namespace',
    lines: file('route6.json', routeLines),
  },
  { title: 'IPv4 policy', where: 'ip rule', place: 'namespace', lines: file('rule4.json', ruleLines) },
  { title: 'IPv6 policy', where: 'ip -6 rule', place: 'namespace', lines: file('rule6.json', ruleLines) },
  {
    title: 'sysctls',
    where: 'sysctl -a',
    place: 'namespace',
    lines: file('sysctls.txt', (text) => sorted(text.replace(/(fastopen_key = ).*/, '$1(random)'))),
  },
  { title: 'iptables', where: 'iptables-save', place: 'namespace', lines: file('iptables-save.txt', rulesetLines) },
  { title: 'ip6tables', where: 'ip6tables-save', place: 'namespace', lines: file('ip6tables-save.txt', rulesetLines) },
  { title: 'bridges, VXLANs, taps', where: 'ip -d link', place: 'root', lines: file('links.json', bridgeLines) },
  { title: 'flood lists', where: 'bridge fdb', place: 'root', lines: file('fdb.json', floodLines) },
  { title: 'node iptables', where: 'iptables-save', place: 'root', lines: file('iptables-save.txt', rulesetLines) },
  { title: 'node ip6tables', where: 'ip6tables-save', place: 'root', lines: file('ip6tables-save.txt', rulesetLines) },
  { title: 'node ipset', where: 'ipset save', place: 'root', lines: file('ipset-save.txt', ipsetLines) },
  { title: 'node ebtables', where: 'ebtables-save', place: 'root', lines: file('ebtables-save.txt', ebtablesLines) },
];

export function isIn(thing: Thing, place: string): boolean {
  switch (thing.place) {
    case 'root':
      return place === ROOT_PLACE;
    case 'namespace':
      return place !== ROOT_PLACE;
    case 'qrouter':
    case 'qdhcp':
      return place.startsWith(`${thing.place}-`);
  }
}
