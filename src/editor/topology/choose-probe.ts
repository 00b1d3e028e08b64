/** Which probe a person wants where he pointed. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import type { Picture } from '../../picture/picture.js';
import { PROBE_KINDS, type ProbeChoice, probesAt } from '../../picture/probe-ends.js';

/** @returns Null when nobody chose one. @throws LabError where nothing can be probed from or to there */
export async function chooseProbe(picture: Picture, name: string): Promise<ProbeChoice | null> {
  const kinds = new Map(PROBE_KINDS);
  const items = probesAt(picture, name).map((probe) => ({
    label: `${kinds.get(probe.kind) ?? probe.kind} ${probe.from}${probe.to === null ? '' : ` → ${probe.to}`}`,
    description: probe.kind === 'dhcp' ? l10n.t('renews its lease') : '',
    probe,
  }));
  if (items.length === 0)
    throw new LabError(
      'NothingToProbe',
      l10n.t('No instance is there from which {0} could be probed.', name),
      l10n.t('Add an instance.'),
    );
  const title = l10n.t('Which probe?');
  const placeHolder = l10n.t('It runs until it is stopped in the clock of the picture');
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder });
  return chosen?.probe ?? null;
}
