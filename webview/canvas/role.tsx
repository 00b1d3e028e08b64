/** A VRRP role by its letter, its shape and its colour. */
import * as l10n from '@vscode/l10n';
import type { Role } from '../../src/lab/replica.js';

const LETTERS: Readonly<Record<Role, string>> = { MASTER: 'M', BACKUP: 'B', FAULT: 'F', UNKNOWN: '?' };

export function RoleBadge({ role, node }: { readonly role: Role; readonly node?: string }) {
  const name = node === undefined ? role : l10n.t('{0} on {1}', role, node);
  return (
    <svg className={`role role-${role.toLowerCase()}`} viewBox="0 0 22 18" role="img" aria-label={name}>
      <title>{name}</title>
      {shape(role)}
      <text x="11" y={role === 'FAULT' ? 15 : 13} textAnchor="middle">
        {LETTERS[role]}
      </text>
    </svg>
  );
}

function shape(role: Role) {
  switch (role) {
    case 'MASTER':
      return <rect x="1" y="1" width="20" height="16" rx="3" />;
    case 'BACKUP':
      return <rect x="1" y="1.5" width="20" height="15" rx="7.5" />;
    case 'FAULT':
      return <path d="M 11 1 L 21 17 H 1 Z" />;
    case 'UNKNOWN':
      return <circle cx="11" cy="9" r="7.5" strokeDasharray="3 2.5" />;
  }
}
