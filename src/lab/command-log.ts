/** The log that every node keeps of the commands that were run there. See containers/node/PROTOCOL.md. */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Runtime } from '../docker/runtime.js';
import type { Lab } from '../model/resources.js';
import { commandLine } from '../reconcile/plan.js';
import { HIDDEN } from './break/inject-and-heal-steps.js';
import { type Subject, namespaceOf } from './subject.js';

const LOG = '/var/log/neutron-lab/commands.jsonl';

const record = z.object({
  /** Unix time, seconds. */
  time: z.number(),
  namespace: z.string(),
  change: z.enum(['create', 'update', 'remove']),
  resource: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  why: z.string(),
  command: z.array(z.string()).optional(),
  file: z.string().optional(),
  code: z.number(),
});

export type CommandRecord = z.infer<typeof record>;

/** @returns null for a line that was cut by a crash, or is not of ours */
export function parseRecord(line: string): CommandRecord | null {
  try {
    const value: unknown = JSON.parse(line);
    const parsed = record.safeParse(value);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** All but what somebody is, or was, to find by looking. */
export async function readCommandLog(runtime: Runtime, container: string): Promise<CommandRecord[]> {
  const session = await runtime.exec(container, { argv: ['cat', LOG] });
  session.stdin.end();
  session.stderr.resume();
  const records: CommandRecord[] = [];
  for await (const line of createInterface({ input: session.stdout, crlfDelay: Infinity })) {
    const parsed = parseRecord(line);
    if (parsed?.why.startsWith(`${HIDDEN}:`) === false) records.push(parsed);
  }
  await session.exit;
  return records;
}

/** As a person would type it. */
export function recordLine({ namespace, command, file, change }: CommandRecord): string {
  if (command) return commandLine({ namespace, action: { type: 'run', argv: command } });
  const path = file ?? '';
  if (change === 'remove') return commandLine({ namespace, action: { type: 'remove', path } });
  return commandLine({ namespace, action: { type: 'write', path, content: '', mode: 0 } });
}

/** Whether a command was run for a thing: for itself, for one of its ports, or in its namespace. */
export function concerns(entry: CommandRecord, subject: Subject, lab: Lab): boolean {
  const { resource, namespace, command = [], file = '' } = entry;
  const own = namespaceOf(subject);
  if (resource.id === subject.id || namespace === own) return true;
  // A router's id is in its paths; an instance's namespace carries its name, which may be part of another one's.
  const marks = subject.kind === 'instance' ? [] : [subject.id];
  if (marks.some((mark) => file.includes(mark) || command.some((word) => word.includes(mark)))) return true;
  if (command.includes(own)) return true;
  const of = subject.kind === 'network' ? 'network_id' : 'device_id';
  return lab.ports.some((port) => port.id === resource.id && port[of] === subject.id);
}
