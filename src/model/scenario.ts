/** An experiment with a lab, as its file declares it: what is probed, what breaks when, and what must hold. Values only. */

export const FAULT_WORDS = [
  'node',
  'stop',
  'restart',
  'freeze',
  'keepalived',
  'agent',
  'dhcp',
  'link',
  'underlay',
  'partition',
  'impair',
  'mtu',
  'conntrack',
  'config',
] as const;

export type FaultWord = (typeof FAULT_WORDS)[number];

/** What each fault says beside its name, its place and its times; those of the nodes say nothing more. */
export const FAULT_ATTRIBUTES = {
  node: [],
  stop: [],
  restart: [],
  freeze: [],
  keepalived: ['router', 'how', 'respawn'],
  agent: ['how'],
  dhcp: ['network', 'respawn'],
  link: ['router', 'device'],
  underlay: ['one_way'],
  partition: ['from', 'router', 'one_way'],
  impair: ['delay', 'jitter', 'loss', 'rate'],
  mtu: ['router', 'device', 'mtu'],
  conntrack: ['router'],
  config: ['router', 'priority', 'advert_int', 'vrid', 'damaged'],
} as const satisfies Readonly<Record<FaultWord, readonly string[]>>;

export const PROBE_WORDS = ['ping', 'tcp', 'http', 'dhcp'] as const;
export type ProbeWord = (typeof PROBE_WORDS)[number];

export interface ScenarioProbe {
  readonly kind: ProbeWord;
  /** An instance, or `outside`. */
  readonly from: string;
  /** An instance, a router (its address on the network of `from`), `outside`, or an IPv4 address; null for `dhcp`. */
  readonly to: string | null;
  /** Milliseconds between two requests. */
  readonly interval: number;
  /** Bytes of a ping's payload, which then nobody may fragment; absent: 56 that fit anywhere. */
  readonly size?: number;
}

/** On which replica of a router: its MASTER, its first BACKUP, or each one at once. */
export type ReplicaWord = 'MASTER' | 'BACKUP' | 'all';

export interface ScenarioFault {
  readonly fault: FaultWord;
  /** Seconds after the beginning. */
  readonly at: number;
  /** Seconds after the beginning; null: when everything is over. */
  readonly heal: number | null;
  /** A node, or a router; null: the only HA router of the lab. */
  readonly on: string | null;
  readonly replica: ReplicaWord;
  /** What else the file says of it, as `fail` has it: `how`, `device`, `delay`, … */
  readonly more: Readonly<Record<string, unknown>>;
}

/** The outage that a fault may cause at most. */
export interface Expectation {
  readonly fault: FaultWord;
  /** Seconds. */
  readonly below: number;
}

export interface Scenario {
  readonly title: string | null;
  /** What happens and why, in paragraphs; null where nobody said. */
  readonly story: string | null;
  /** Empty: pings through the router that is broken. */
  readonly probes: readonly ScenarioProbe[];
  /** In the order of their times. */
  readonly faults: readonly ScenarioFault[];
  /** Seconds that are watched after the last fault or healing; null: until the traffic is back. */
  readonly watch: number | null;
  readonly expectations: readonly Expectation[];
}
