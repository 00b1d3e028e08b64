/**
 * Connections that were allowed by what is allowed no more: a rule lets what is established pass, so they would live on
 * until the kernel forgets them by itself (neutron/agent/linux/ip_conntrack.py).
 */
import { ownPart } from '../neutron/iptables/own-part.js';
import type { Chains } from '../neutron/iptables/normalise.js';
import { type IpsetItem, type Item, ROOT } from '../neutron/node-state.js';
import { memberChanges } from './commands/firewall.js';
import { type Draft, run } from './phases.js';

/** A chain of a filtered port: `i` what goes to it, `o` what it sends. */
const PORT_CHAIN = /^neutron-linuxbri-([io])(\S+)$/;

interface PortChain {
  readonly ethertype: 'ipv4' | 'ipv6';
  readonly direction: 'i' | 'o';
  readonly addresses: readonly string[];
  readonly zone: string;
  readonly rules: readonly string[];
  /** Null where the port is filtered no more. */
  readonly wanted: readonly string[] | null;
}

/** At most one step; it has nothing to do where no rule and no member of a set goes. */
export function forgetConnections(desired: readonly Item[], observed: readonly Item[]): Draft[] {
  const chains = ([4, 6] as const).flatMap((family) => portChains(family, desired, observed));
  const lines = [...new Set([...chains.flatMap(ofRules), ...ofMembers(chains, desired, observed)])];
  const input = lines.map((line) => `${line}\n`).join('');
  // One by one each would fail where there is no such connection.
  return lines.length === 0 ? [] : [run('forget', 'update', ROOT, ['conntrack', '--load-file', '-'], input)];
}

function portChains(family: 4 | 6, desired: readonly Item[], observed: readonly Item[]): PortChain[] {
  const [wanted, present] = [rootTables(desired, family), rootTables(observed, family)];
  const filter: Chains = present.get('filter') ?? new Map<string, never>();
  const raw = present.get('raw')?.get('neutron-linuxbri-PREROUTING')?.rules ?? [];
  return [...filter].flatMap(([name, { rules }]) => {
    const [, direction, port = ''] = PORT_CHAIN.exec(name) ?? [];
    const zone = raw.map((rule) => zoneOf(rule, port)).find((found) => found !== undefined);
    if ((direction !== 'i' && direction !== 'o') || zone === undefined) return [];
    const sources = filter.get(`neutron-linuxbri-s${port}`)?.rules ?? [];
    return [
      {
        ethertype: family === 4 ? 'ipv4' : 'ipv6',
        direction,
        addresses: sources.flatMap((rule) => /-s ([^/ ]+)\/(?:32|128) /.exec(rule)?.[1] ?? []),
        zone,
        rules,
        wanted: wanted.get('filter')?.get(name)?.rules ?? null,
      },
    ];
  });
}

function rootTables(items: readonly Item[], family: 4 | 6): ReadonlyMap<string, Chains> {
  const found = items.find((item) => item.kind === 'ruleset' && item.namespace === ROOT && item.family === family);
  return ownPart(found?.kind === 'ruleset' ? found.text : '');
}

/** The zone of a port, by the rule of the raw table for its tap, whose name begins with that of the chain. */
function zoneOf(rule: string, port: string): string | undefined {
  return rule.includes(` --physdev-in tap${port}`) ? /-j CT --zone (\d+)/.exec(rule)?.[1] : undefined;
}

function ofRules(chain: PortChain): string[] {
  const { rules, wanted } = chain;
  if (wanted === null) return deletions(chain, '');
  // Neutron's own rules have comments; those of groups have none.
  const gone = rules.filter((rule) => !wanted.includes(rule) && !rule.includes('--comment'));
  return gone.flatMap((rule) => deletions(chain, /-p \S+ /.exec(rule)?.[0] ?? ''));
}

function deletions({ ethertype, direction, addresses, zone }: PortChain, protocol: string, remote?: string): string[] {
  const [own, other] = direction === 'i' ? ['-d', '-s'] : ['-s', '-d'];
  const from = remote === undefined ? '' : ` ${other} ${remote}`;
  return addresses.map((address) => `-D ${protocol}-f ${ethertype} ${own} ${address} -w ${zone}${from}`);
}

function ofMembers(chains: readonly PortChain[], desired: readonly Item[], observed: readonly Item[]): string[] {
  const present = new Map(setsOf(observed).map((set) => [set.name, set]));
  return setsOf(desired).flatMap((set) => {
    const [, gone] = memberChanges(set, present.get(set.name) ?? set);
    const using = chains.filter(({ rules }) => rules.some((rule) => rule.includes(`--match-set ${set.name} `)));
    return gone.flatMap((member) => using.flatMap((chain) => deletions(chain, '', member.replace(/\/\d+$/, ''))));
  });
}

function setsOf(items: readonly Item[]): IpsetItem[] {
  return items.filter((item) => item.kind === 'ipset');
}
