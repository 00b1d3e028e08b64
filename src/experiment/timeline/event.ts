/**
 * One thing that happened in a lab, as it is recorded, saved and drawn.
 *
 * `t` is CLOCK_MONOTONIC of the nodes' kernel in milliseconds, with three decimals: one clock for all nodes of a machine.
 */
import { z } from 'zod';

const base = {
  t: z.number(),
  /** Where it happened; empty for what concerns the lab as a whole. */
  node: z.string(),
  /** Who saw it: netlink, a packet socket, the process table, the container engine, a probe, or the tool itself. */
  source: z.enum(['kernel', 'wire', 'process', 'engine', 'probe', 'tool']),
};

export const ROLES = ['MASTER', 'BACKUP', 'FAULT', 'UNKNOWN'] as const;

export const timelineEvent = z.discriminatedUnion('kind', [
  /** A replica of an HA router changed its role, or has it when the recording begins. */
  z.object({
    ...base,
    kind: z.literal('role'),
    /** Its id, as below. */
    router: z.string(),
    role: z.enum(ROLES),
    /** Null at the beginning of a recording. */
    before: z.enum(ROLES).nullable(),
    remark: z.string().nullable(),
  }),
  /** A VRRP advertisement left the node, or arrived there. Priority 0 takes leave (RFC 3768, RFC 5798). */
  z.object({
    ...base,
    kind: z.literal('advert'),
    router: z.string(),
    direction: z.enum(['out', 'in']),
    /** The address on the HA network that it comes from. */
    sender: z.string(),
    vrid: z.number(),
    priority: z.number(),
  }),
  /** A gratuitous ARP (IPv4), or an unsolicited neighbour advertisement (IPv6), left the node. */
  z.object({
    ...base,
    kind: z.literal('announcement'),
    how: z.enum(['garp', 'na']),
    router: z.string(),
    device: z.string(),
    address: z.string(),
    mac: z.string(),
  }),
  /** An address of the router came up on the node's qr- or qg- interface, or went: who holds the gateway. */
  z.object({
    ...base,
    kind: z.literal('holder'),
    router: z.string(),
    device: z.string(),
    /** With its prefix length. */
    address: z.string(),
    action: z.enum(['add', 'del']),
  }),
  /**
   * What became of one request of a probe. `t` is when that was known: of a lost one a second after `sent`. One that is
   * answered later than that is lost first, and then `late`. `failed`: what it went over broke, as a TCP connection that
   * was reset.
   */
  z.object({
    ...base,
    kind: z.literal('probe'),
    probe: z.string(),
    seq: z.number(),
    outcome: z.enum(['answered', 'lost', 'duplicate', 'late', 'failed']),
    /** On the clock of `t`. */
    sent: z.number(),
    /** Milliseconds; null where nothing came back. */
    rtt: z.number().nullable(),
    /** What the kernel said, where it did. */
    error: z.string().optional(),
  }),
  z.object({
    ...base,
    kind: z.literal('fault'),
    action: z.enum(['injected', 'healed']),
    /** The same for the injection and its healing. */
    id: z.string(),
    /** Which fault: `node`, `freeze`, `keepalived`, … */
    fault: z.string(),
    /** What was done, a sentence. */
    what: z.string(),
  }),
  z.object({
    ...base,
    kind: z.literal('link'),
    namespace: z.string(),
    device: z.string(),
    action: z.enum(['up', 'down', 'add', 'del']),
  }),
  z.object({
    ...base,
    kind: z.literal('process'),
    /** keepalived, dnsmasq, l3-agent, … */
    name: z.string(),
    /** The router, network or instance that it works for; empty where it is the node's. */
    of: z.string(),
    pid: z.number(),
    action: z.enum(['start', 'exit']),
  }),
  /** The container of a node. */
  z.object({ ...base, kind: z.literal('node'), state: z.enum(['running', 'paused', 'exited', 'dead']) }),
  /** Where an experiment stands. */
  z.object({
    ...base,
    kind: z.literal('mark'),
    /** 1, 2, …; 0 outside any run. */
    run: z.number(),
    phase: z.enum(['setup', 'waiting', 'probing', 'fault', 'takeover', 'watching', 'healing', 'done']),
    detail: z.string(),
  }),
]);

export type TimelineEvent = z.infer<typeof timelineEvent>;
export type EventKind = TimelineEvent['kind'];
export type EventOf<K extends EventKind> = Extract<TimelineEvent, { kind: K }>;
export type TimelineRole = (typeof ROLES)[number];
