/** What a replica remarks of itself (src/lab/replica.ts), in the language of the window. */
import * as l10n from '@vscode/l10n';

export function remarkWord(remark: string): string {
  switch (remark) {
    case 'the node is frozen; the kernel forwards on':
      return l10n.t('the node is frozen; the kernel forwards on');
    case 'the node is down':
      return l10n.t('the node is down');
    case 'keepalived is not running; the kernel forwards on':
      return l10n.t('keepalived is not running; the kernel forwards on');
    case 'keepalived is not running':
      return l10n.t('keepalived is not running');
    case 'its HA interface is down':
      return l10n.t('its HA interface is down');
    default:
      return remark;
  }
}
