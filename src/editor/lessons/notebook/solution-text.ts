/** A solution as Markdown. Pure. */
import * as l10n from '@vscode/l10n';
import { stringify } from 'yaml';
import type { Move } from '../../../lesson/format/lesson.js';

export function solutionText(moves: readonly Move[]): string {
  const steps = moves.map(moveText);
  if (steps.length === 0) return l10n.t('There is nothing to do but what the step says.');
  return [`**${l10n.t('Solution')}**`, ...steps].join('\n\n');
}

function moveText(move: Move): string {
  switch (move.kind) {
    case 'declare':
      return `${l10n.t('In the lab file, then Up:')}\n\n${fenced('yaml', stringify(move.patch))}`;
    case 'run':
      return `${l10n.t('On {0}:', `\`${move.on}\``)}\n\n${fenced('bash', move.script)}`;
    case 'up':
      return l10n.t('Repair the lab: it becomes what its file says.');
    case 'fault':
      return `${l10n.t('Break:')}\n\n${fenced('yaml', stringify(move.fault))}`;
  }
}

/** In fences that nothing in it ends. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}
