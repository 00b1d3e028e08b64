/** Registers every command of the table; the compiler sees to it that each has its handler. */
import * as vscode from 'vscode';
import type { CommandId } from './manifest/commands.js';
import { report } from './report.js';
import type { Services } from './services.js';
import { wordOf } from './topology/page-word.js';

/**
 * What a command does. Its first word is what was clicked on, if anything was; what it throws is told to the person.
 */
export type Handler = (...words: never[]) => unknown;

export type Handlers = Readonly<Partial<Record<CommandId, Handler>>>;

export function registerCommands(services: Services, handlers: Readonly<Record<CommandId, Handler>>): void {
  for (const [id, handler] of Object.entries(handlers)) {
    const run = handler as (...words: unknown[]) => unknown;
    services.context.subscriptions.push(
      vscode.commands.registerCommand(id, async (...words: unknown[]) => {
        try {
          return await run(...words.map((word) => wordOf(services.labs, word)));
        } catch (error) {
          await report(error, services.log);
          return undefined;
        }
      }),
    );
  }
}
