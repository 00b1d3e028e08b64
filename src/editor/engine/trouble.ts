/** What keeps every lab from being run: untrusted folder, no engine, no permission, no node image. Pure. */
import * as l10n from '@vscode/l10n';
import type { LabError } from '../../model/errors.js';
import type { Row } from '../tree/row.js';

export type Trouble =
  | { readonly kind: 'untrusted' }
  | { readonly kind: 'engine'; readonly error: LabError; readonly forbidden: boolean }
  | { readonly kind: 'image' };

/** The row above the labs: seen at once, gone by itself when it is over. */
export function troubleRow(trouble: Trouble): Row {
  const shown = words(trouble);
  return {
    id: 'trouble',
    label: shown.label,
    description: shown.description,
    icon: {
      codicon: trouble.kind === 'untrusted' ? 'workspace-untrusted' : 'warning',
      colour: 'list.warningForeground',
    },
    flags: [trouble.kind],
    about: { lab: '', kind: 'trouble', id: trouble.kind, name: shown.label },
    tooltip: () => [`**${shown.label}**`, ...shown.tip.map((text) => text.replace(/[<>]/g, ''))].join('\n\n'),
  };
}

function words(trouble: Trouble): {
  readonly label: string;
  readonly description: string;
  readonly tip: readonly string[];
} {
  switch (trouble.kind) {
    case 'untrusted':
      return {
        label: l10n.t('Restricted Mode'),
        description: l10n.t('labs can be read, not run'),
        tip: [l10n.t('A lab of a folder that you trust can be run.')],
      };
    case 'engine': {
      const { message, remedy } = trouble.error;
      return trouble.forbidden
        ? { label: l10n.t('No permission'), description: l10n.t('to use the container engine'), tip: [message, remedy] }
        : { label: l10n.t('No container engine'), description: l10n.t('none answers yet'), tip: [message, remedy] };
    }
    case 'image':
      return {
        label: l10n.t('No node image yet'),
        description: l10n.t('Up makes it, once'),
        tip: [l10n.t('The image that the nodes of a lab run is made in about a minute, or loaded from a file.')],
      };
  }
}
