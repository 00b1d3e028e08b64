/** The sections `scenario` and `expect` of a lab file. */
import { z } from 'zod';
import { FAULT_WORDS, PROBE_WORDS } from '../scenario.js';
import { documented } from './documented.js';
import { reference } from './reference.js';
import { givenName } from './schema-text.js';
import * as words from './words/scenario.js';

/** Seconds; an experiment of more than a day is a mistake. */
const moment = z.number().min(0).max(86_400);
const flag = z.boolean().optional();
const amount = z.number().min(0).max(1_000_000).optional();

const probe = z.strictObject(
  documented(words.PROBE, {
    kind: z.enum(PROBE_WORDS).optional(),
    from: z.string(),
    to: z.string().optional(),
    interval: z.int().min(5).max(10_000).optional(),
    // 20 bytes by which an answer is known; what fits into a packet of IPv4 (containers/node/PROTOCOL.md, `ping`).
    size: z.int().min(20).max(65_507).optional(),
  }),
);

export const faultSchema = z.strictObject(
  documented(words.FAULT, {
    fault: z.enum(FAULT_WORDS),
    at: moment.optional(),
    heal: moment.optional(),
    on: z.string().optional(),
    replica: z.enum(['MASTER', 'BACKUP', 'all']).optional(),
    how: z.enum(['kill', 'kill-parent', 'kill-child', 'terminate', 'reload']).optional(),
    respawn: flag,
    device: z.enum(['ha', 'qr', 'qg', 'underlay']).optional(),
    from: z.array(reference('node')).min(1).optional(),
    router: reference('router').optional(),
    one_way: flag,
    network: reference('network').optional(),
    delay: amount,
    jitter: amount,
    loss: z.number().min(0).max(100).optional(),
    rate: amount,
    mtu: z.int().min(68).max(65_535).optional(),
    priority: z.int().min(1).max(254).optional(),
    advert_int: z.int().min(1).max(255).optional(),
    vrid: z.int().min(1).max(254).optional(),
    damaged: flag,
  }),
);

export const scenarioSchema = z.strictObject(
  documented(words.SCENARIO, {
    title: givenName.optional(),
    story: z.string().max(20_000).optional(),
    probes: z.array(probe).max(50).optional(),
    faults: z.array(faultSchema).max(100).optional(),
    watch: moment.optional(),
  }),
);

/** `< 8 s` or `< 800 ms`. @returns seconds, null where it is neither */
export function limitSeconds(text: string): number | null {
  const [, number, unit] = /^< ?(\d+(?:\.\d+)?) ?(s|ms)$/.exec(text) ?? [];
  return number === undefined ? null : Number(number) / (unit === 'ms' ? 1000 : 1);
}

const limit = z
  .string()
  .refine((value) => limitSeconds(value) !== null, {
    error: (issue) => `${JSON.stringify(issue.input)} is not a limit.`,
    params: { code: 'InvalidInput', remedy: 'Write it as `< 8 s` or `< 800 ms`.' },
  })
  .meta({ description: 'The longest outage: `< 8 s`, `< 800 ms`.', examples: ['< 8 s'] });

export const expectSchema = z.strictObject(
  documented(words.EXPECT, { failover: z.partialRecord(z.enum(FAULT_WORDS), limit).optional() }),
);

export type ScenarioFile = z.infer<typeof scenarioSchema>;
export type ExpectFile = z.infer<typeof expectSchema>;
export type ProbeFile = z.infer<typeof probe>;
export type FaultFile = z.infer<typeof faultSchema>;
