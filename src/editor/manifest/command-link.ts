import type { CommandId } from './commands.js';

/** The address of a link that runs a command, for welcome texts and trusted Markdown. Pure. */
export function command(id: CommandId, ...args: readonly unknown[]): string {
  return args.length === 0 ? `command:${id}` : `command:${id}?${encodeURIComponent(JSON.stringify(args))}`;
}
