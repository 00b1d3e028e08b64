/** Why theory says what it says of a fault, in a sentence. The arithmetic stands beside it. */
import * as l10n from '@vscode/l10n';
import type { MasterFault } from '../../src/experiment/theory.js';

export function reasonWord(fault: MasterFault): string {
  switch (fault) {
    case 'node-killed':
      return l10n.t('The node died without a word: the backups wait until their timer has run out.');
    case 'underlay-cut':
      return l10n.t('Neither its traffic nor its advertisements get through: the backups wait for their timer.');
    case 'underlay-mute':
      return l10n.t(
        'Nothing that it sends gets through, neither traffic nor advertisements: the backups wait for their timer.',
      );
    case 'ha-link-down':
      return l10n.t('keepalived drops the addresses at once, but can no longer tell the backups, which wait.');
    case 'keepalived-child-killed':
      return l10n.t('keepalived begins anew as BACKUP and drops the addresses; nobody told the backups, which wait.');
    case 'node-stopped':
    case 'keepalived-terminated':
    case 'keepalived-parent-killed':
      return l10n.t('keepalived takes its leave with priority 0: the backups wait for the skew time alone.');
    case 'node-frozen':
      return l10n.t('A frozen node runs no process, but its kernel forwards on until a backup has taken over.');
    case 'vrrp-partition':
      return l10n.t('Only advertisements are lost: a second MASTER comes up beside the first, and traffic flows.');
    case 'keepalived-killed':
      return l10n.t('Nobody takes the addresses away: the kernel forwards on until a backup has taken over.');
  }
}
