/** Another name. Pure. */
import * as l10n from '@vscode/l10n';
import type { Target } from '../../../model/lab-file/edit/edits.js';
import { findTarget } from '../../../model/lab-file/edit/targets.js';
import { rename } from '../../../model/lab-file/edit/verbs.js';
import type { About } from '../../tree/row.js';
import type { FlowMaker } from '../flow.js';
import { kindWord } from '../resource-words.js';
import { one } from '../step.js';

/** Every reference in the file follows. */
export function renameRow({ kind, name }: About, target: Target): FlowMaker {
  return (file) => {
    const now = target.kind === 'lab' ? name : findTarget(file, target).name;
    return {
      title: l10n.t('Rename {0} {1}', kindWord(kind), now),
      steps: () => [
        {
          ask: 'text',
          key: 'name',
          prompt: l10n.t('The new name. Whatever refers to it follows.'),
          proposal: now,
        },
      ],
      edit: (answers) => rename(target, one(answers, 'name') ?? now),
      made: (answers) => ({ kind, name: one(answers, 'name') ?? now }),
    };
  };
}
