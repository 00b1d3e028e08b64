/** Lines of what iproute2 prints as JSON: all that it says but what a kernel counts, numbers or times. */

type Json = Readonly<Record<string, unknown>>;

function parse(text: string): readonly Json[] {
  return text.trim() === '' ? [] : (JSON.parse(text) as Json[]);
}

/** Indexes, lifetimes, timers, and limits that a device driver of this kernel states. */
const VOLATILE =
  /^(ifindex|link_index|link_netnsid|.*_life_time|num_[rt]x_queues|(gso|tso|gro)_.*|m(in|ax)_mtu|gc_timer|.*_timer|expires|parentbus|parentdev|cache|flags_raw)$/;

function words(entry: Json, without: readonly string[] = []): string {
  return Object.entries(entry)
    .filter(([key, value]) => !VOLATILE.test(key) && !without.includes(key) && value !== '' && !isEmpty(value))
    .map(([key, value]) => `${key}=${Array.isArray(value) ? [...(value as string[])].sort().join(',') : scalar(value)}`)
    .sort()
    .join(' ');
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function name(entry: Json): string {
  return typeof entry.ifname === 'string' ? entry.ifname : '';
}

export function linkLines(text: string): readonly string[] {
  return parse(text)
    .map((entry) => `${name(entry)}: ${words(entry, ['ifname', 'addr_info', 'linkinfo'])} ${kind(entry)}`)
    .sort();
}

function kind({ linkinfo }: Json): string {
  return `kind=${scalar((linkinfo as Json | undefined)?.info_kind ?? 'none')}`;
}

export function addressLines(text: string): readonly string[] {
  return parse(text)
    .flatMap((entry) => (entry.addr_info as Json[]).map((address) => `${name(entry)}: ${words(address)}`))
    .sort();
}

export function routeLines(text: string): readonly string[] {
  return parse(text)
    .map((route) => `${scalar(route.dst)}: ${words({ ...route, nexthops: hops(route) }, ['dst'])}`)
    .sort();
}

function hops({ nexthops }: Json): readonly string[] {
  return Array.isArray(nexthops) ? (nexthops as Json[]).map((hop) => `(${words(hop)})`) : [];
}

export function ruleLines(text: string): readonly string[] {
  return parse(text).map((rule) => words(rule));
}

const OURS_IN_ROOT = /^(brq|tap|vxlan-)/;
const BRIDGE = [
  'forward_delay',
  'ageing_time',
  'stp_state',
  'priority',
  'vlan_filtering',
  'group_fwd_mask',
  'mcast_snooping',
  'mcast_router',
];
const SLAVE = [
  'state',
  'priority',
  'hairpin',
  'learning',
  'flood',
  'mcast_flood',
  'bcast_flood',
  'multicast_router',
  'isolated',
  'neigh_suppress',
];

/** The MACs of bridges, VXLANs and taps are the kernel's, drawn at random. */
export function bridgeLines(text: string): readonly string[] {
  return parse(text)
    .filter((entry) => OURS_IN_ROOT.test(name(entry)))
    .map((entry) => {
      const {
        info_kind: is,
        info_data: data = {},
        info_slave_data: slave = {},
      } = entry.linkinfo as {
        info_kind?: string;
        info_data?: Json;
        info_slave_data?: Json;
      };
      const own = is === 'bridge' ? pick(data, BRIDGE) : data;
      return `${name(entry)}: ${words(entry, ['ifname', 'address', 'linkinfo'])} kind=${is ?? 'none'} ${words(own)} port(${words(pick(slave, SLAVE))})`;
    })
    .sort();
}

function pick(data: Json, keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(data).filter(([key]) => keys.includes(key)));
}

/** Where a VXLAN sends what it does not know the place of. */
export function floodLines(text: string): readonly string[] {
  return parse(text)
    .filter((entry) => entry.mac === '00:00:00:00:00:00')
    .map((entry) => `${name(entry)}: ${words(entry, ['ifname'])}`)
    .sort();
}
