/** The mark that a fault leaves on its node, so that whoever comes later can see and heal it. */
import { z } from 'zod';
import { qrouterNamespace } from '../../model/names.js';

export const FAULT_DIRECTORY = '/run/neutron-lab/faults';

const device = z.string().regex(/^[\w.-]{1,15}$/);
const amount = z.number().min(0);

const mark = z.discriminatedUnion('fault', [
  z.object({ fault: z.literal('link'), namespace: z.string(), device }),
  z.object({
    fault: z.literal('partition'),
    namespace: z.string(),
    peers: z.array(z.ipv4()).min(1),
    protocol: z.enum(['vxlan', 'vrrp']),
  }),
  z.object({
    fault: z.literal('keepalived'),
    router: z.string(),
    how: z.enum(['kill', 'kill-parent', 'kill-child', 'terminate']),
  }),
  z.object({ fault: z.literal('agent'), how: z.enum(['kill', 'terminate']) }),
  z.object({ fault: z.literal('dhcp'), network: z.string() }),
  z.object({
    fault: z.literal('impair'),
    device,
    delay: amount,
    jitter: amount,
    loss: amount.max(100),
    rate: amount,
    /** `netem`, the kernel's own; `parts`: what this kernel has in its place. */
    means: z.enum(['netem', 'parts']),
  }),
  z.object({
    fault: z.literal('mtu'),
    namespace: z.string(),
    device,
    before: z.int().min(68).max(65535),
    /** Below 1280 bytes the kernel takes IPv6 from the device, and with it what was set there (RFC 8200, 5). */
    sysctls: z.record(z.string().regex(/^net\.[\w./-]+$/), z.string().regex(/^-?\d+$/)),
  }),
  z.object({ fault: z.literal('config'), router: z.string(), change: z.string() }),
]);

/** A fault inside a node. A node that is down or frozen needs no mark: its container says so. */
export type FaultMark = z.infer<typeof mark>;
export type MarkOf<K extends FaultMark['fault']> = Extract<FaultMark, { fault: K }>;

export interface ReadMark {
  /** Of its file. */
  readonly name: string;
  readonly mark: FaultMark;
  /** Somebody is to find it: whoever shows the lab says that there is a fault, and neither what nor where. */
  readonly hidden: boolean;
  /** What it was hidden for, the number of a lesson's step; null where nobody is to find it, or nobody said for what. */
  readonly riddle: number | null;
}

/** Reads the marks of a node; one that cannot be read is left out, since nothing can be done about it. */
export function readMarks(files: readonly { name: string; content: string }[]): ReadMark[] {
  return files.flatMap(({ name, content }) => {
    try {
      const value: unknown = JSON.parse(content);
      const parsed = mark.safeParse(value);
      return parsed.success ? [{ name, mark: parsed.data, ...hiding(value) }] : [];
    } catch {
      return [];
    }
  });
}

/** Whether a fault is of one router alone: what is of a node strikes everything on it. */
export function isOfRouter(fault: FaultMark, router: string): boolean {
  switch (fault.fault) {
    case 'keepalived':
    case 'config':
      return fault.router === router;
    case 'link':
    case 'partition':
    case 'mtu':
      return fault.namespace === qrouterNamespace(router);
    case 'agent':
    case 'dhcp':
    case 'impair':
      return false;
  }
}

/** The content of its file. */
export function writtenMark(fault: FaultMark, riddle: number | null): string {
  return JSON.stringify(riddle === null ? fault : { ...fault, hidden: true, riddle });
}

const hidingSchema = z.object({ hidden: z.literal(true), riddle: z.int().nullable().catch(null) });

function hiding(value: unknown): Pick<ReadMark, 'hidden' | 'riddle'> {
  const { data } = hidingSchema.safeParse(value);
  return { hidden: data !== undefined, riddle: data?.riddle ?? null };
}

export function markPath(name: string): string {
  return `${FAULT_DIRECTORY}/${name}`;
}
