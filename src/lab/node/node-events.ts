/** What a node says unasked, checked at the border. See containers/node/PROTOCOL.md. */
import { z } from 'zod';

const base = { t: z.number() };

export const nodeEvent = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('address'),
    namespace: z.string(),
    device: z.string(),
    address: z.string(),
    action: z.enum(['add', 'del']),
  }),
  z.object({
    ...base,
    type: z.literal('link'),
    namespace: z.string(),
    device: z.string(),
    action: z.enum(['up', 'down', 'add', 'del']),
  }),
  z.object({
    ...base,
    type: z.literal('process'),
    pidFile: z.string(),
    pid: z.number(),
    action: z.enum(['start', 'exit']),
  }),
  z.object({
    ...base,
    type: z.literal('advert'),
    namespace: z.string(),
    direction: z.enum(['in', 'out']),
    source: z.string(),
    vrid: z.number(),
    priority: z.number(),
    addresses: z.array(z.string()),
  }),
  z.object({
    ...base,
    type: z.literal('arp'),
    namespace: z.string(),
    device: z.string(),
    direction: z.enum(['in', 'out']),
    operation: z.number(),
    sender_ip: z.string(),
    sender_mac: z.string(),
    target_ip: z.string(),
  }),
  z.object({
    ...base,
    type: z.literal('na'),
    namespace: z.string(),
    device: z.string(),
    direction: z.enum(['in', 'out']),
    target_ip: z.string(),
    target_mac: z.string(),
  }),
  z.object({ ...base, type: z.literal('watching') }),
]);

/** `t` is CLOCK_MONOTONIC of the node's kernel, in seconds: one clock for all nodes of a machine. */
export type NodeEvent = z.infer<typeof nodeEvent>;

export const probeEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('reply'),
    seq: z.number(),
    sent: z.number(),
    t: z.number(),
    dup: z.boolean().optional(),
    late: z.boolean().optional(),
  }),
  z.object({ type: z.literal('lost'), seq: z.number(), sent: z.number(), error: z.string().optional() }),
  z.object({ type: z.literal('broken'), seq: z.number(), t: z.number(), error: z.string() }),
  z.object({ type: z.literal('done'), sent: z.number(), received: z.number() }),
]);

/** One request: answered, or unanswered a second after it was sent. `broken`: what it went over, a TCP connection. */
export type ProbeEvent = z.infer<typeof probeEvent>;

export const hello = z.object({
  type: z.literal('hello'),
  version: z.string(),
  t: z.number(),
  real: z.number(),
  boot: z.string(),
});

export type Hello = z.infer<typeof hello>;

export const stepResult = z.object({
  type: z.literal('step'),
  step: z.number(),
  code: z.number(),
  ms: z.number(),
  stderr: z.string().optional(),
});

export type StepResult = z.infer<typeof stepResult>;

export const applied = z.object({ type: z.literal('applied'), ran: z.number(), failed: z.number().nullable() });

export const exitResult = z.object({
  type: z.literal('exit'),
  code: z.number(),
  stdout: z.string(),
  stderr: z.string(),
});

export type ExitResult = z.infer<typeof exitResult>;
