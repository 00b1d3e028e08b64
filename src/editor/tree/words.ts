/** Words that several rows have. Pure. */
import * as l10n from '@vscode/l10n';
import type { Role } from '../../lab/replica.js';
import type { RowIcon } from './row.js';

export function notApplied(): string {
  return l10n.t('not applied yet');
}

/** VRRP's states by their letters and shapes as well as colours: a disc, a square, a triangle, a ring. */
const ROLE_ICONS: Readonly<Record<Role, RowIcon>> = {
  MASTER: { media: 'role-master' },
  BACKUP: { media: 'role-backup' },
  FAULT: { media: 'role-fault' },
  UNKNOWN: { media: 'role-unknown' },
};

export function roleIcon(role: Role): RowIcon {
  return ROLE_ICONS[role];
}
