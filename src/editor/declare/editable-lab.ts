/** From what a command was given to a lab that has a file. */
import * as l10n from '@vscode/l10n';
import { LabError } from '../../model/errors.js';
import { type LabWord, chooseLab } from '../labs/choose-lab.js';
import type { Services } from '../services.js';
import type { EditableLab } from './file-edits.js';

/** @throws LabError where there is no lab file; CancellationError where nobody wants one */
export async function editableLab(services: Services, word: LabWord): Promise<EditableLab> {
  const entry = await chooseLab(services, word, { which: 'file', title: l10n.t('In which lab?') });
  const { uri } = entry;
  if (uri === null)
    throw new LabError(
      'LabFileNotFound',
      l10n.t('No lab file of this workspace declares {0}.', entry.name),
      l10n.t('Write one first: *Save as Lab File*.'),
    );
  return { ...entry, uri };
}
