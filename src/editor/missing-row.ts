/** A command of a row whose row VS Code could not give: it draws its tree anew now and then, and forgets for a moment which rows it shows. */
import * as l10n from '@vscode/l10n';
import { LabError } from '../model/errors.js';
import { COMMANDS, type CommandEntry, type CommandId } from './manifest/commands.js';

/**
 * @param takes How many words the command takes.
 * @param words What it was given.
 * @throws LabError where a menu has chosen it and has not said of what
 */
export function demandRow(id: CommandId, takes: number, words: readonly unknown[]): void {
  const { palette }: CommandEntry = COMMANDS[id];
  if (palette !== false || takes === 0 || words.length === 0 || words[0] !== undefined) return;
  throw new LabError(
    'RowGone',
    l10n.t('The row was drawn anew in the moment in which it was chosen, so nothing was done.'),
    l10n.t('Choose it again.'),
  );
}
