/** What stands in a cell that is more than it shows. Pure. */
import * as l10n from '@vscode/l10n';
import type { DeclareCell, ExperimentCell, InjectCell, ShowCell } from '../../../lesson/format/lesson.js';

export function showWord(cell: DeclareCell | ExperimentCell | InjectCell | ShowCell): string {
  switch (cell.kind) {
    case 'declare':
      return l10n.t('Declare this in the lab file');
    case 'experiment':
      return cell.scenario.title ?? l10n.t('Experiment');
    case 'inject':
      return l10n.t('Break something, and do not say what');
    case 'show':
      return cell.what === 'topology' ? l10n.t('Show the lab as it is now') : l10n.t('Show what has happened just now');
  }
}
