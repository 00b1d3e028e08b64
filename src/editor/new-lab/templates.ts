/** What a new lab can begin with. Pure. */
import * as l10n from '@vscode/l10n';
import { LabError } from '../../model/errors.js';
import { applyEdit } from '../../model/lab-file/edit/apply.js';
import { rename } from '../../model/lab-file/edit/verbs.js';
import type { Choice } from '../declare/step.js';

/** The bundled lab that is copied, null: nothing but a name. */
export type Template = 'ha-router' | 'legacy-router' | 'dual-stack' | null;

const BUNDLED: readonly Exclude<Template, null>[] = ['ha-router', 'legacy-router', 'dual-stack'];

export function templateChoices(): Choice[] {
  return [
    {
      value: 'ha-router',
      label: l10n.t('HA router'),
      detail: l10n.t('Two networks behind an HA router on three network nodes, a gateway, a floating IP.'),
    },
    {
      value: 'legacy-router',
      label: l10n.t('Legacy router'),
      detail: l10n.t('Two networks behind a router on one node: what happens when nothing takes over.'),
    },
    {
      value: 'dual-stack',
      label: l10n.t('Dual stack'),
      detail: l10n.t('IPv4 and IPv6 on one network, SLAAC announced by the active router.'),
    },
    {
      value: 'empty',
      label: l10n.t('Empty'),
      detail: l10n.t(
        'Three network nodes and a compute node, as a lab has them by itself. Declare the rest in the tree.',
      ),
    },
  ];
}

export function templateOf(value: string | undefined): Template {
  return BUNDLED.find((name) => name === value) ?? null;
}

export function emptyLab(name: string): string {
  return `# ${l10n.t("A lab in Neutron's own vocabulary.")}\nlab: ${name}\n`;
}

/** The text of a bundled lab under another name. @throws LabError when it cannot be renamed */
export function renamedLab(text: string, name: string): string {
  const outcome = applyEdit(text, rename({ kind: 'lab', ref: '' }, name));
  if (outcome.refusal !== null) throw outcome.refusal;
  return outcome.text;
}

/** Null where the name is good. @param taken Names of labs that there are. */
export function wrongName(name: string, taken: ReadonlySet<string>): LabError | null {
  const outcome = applyEdit('lab: x\n', rename({ kind: 'lab', ref: '' }, name));
  if (outcome.refusal !== null) return outcome.refusal;
  if (!taken.has(name)) return null;
  return new LabError('DuplicateName', l10n.t('There is a lab {0} already.', name), l10n.t('Take another name.'));
}

/** `my-lab`, `my-lab-2`, … */
export function proposedName(taken: ReadonlySet<string>): string {
  for (let nth = 1; ; nth++) {
    const name = nth === 1 ? 'my-lab' : `my-lab-${String(nth)}`;
    if (!taken.has(name)) return name;
  }
}
