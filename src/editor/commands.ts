/** What the commands of the table do, and how one is run. */
import type { CommandId } from './manifest/commands.js';
import { demandRow } from './missing-row.js';
import { report } from './report.js';
import type { Services } from './services.js';
import { wordOf } from './topology/page-word.js';

/**
 * What a command does. Its first word is what was clicked on, if anything was; what it throws is told to the person.
 */
export type Handler = (...words: never[]) => unknown;

export type Handlers = Readonly<Partial<Record<CommandId, Handler>>>;

export async function runCommand(
  services: Services,
  id: CommandId,
  handler: Handler,
  words: readonly unknown[],
): Promise<unknown> {
  const run = handler as (...words: unknown[]) => unknown;
  try {
    demandRow(id, handler.length, words);
    return await run(...words.map((word) => wordOf(services.labs, word)));
  } catch (error) {
    await report(error, services.log);
    return undefined;
  }
}
