/** What a fault is called, by the name of its mark on the node (src/lab/break/fault-mark.ts). */
import * as l10n from '@vscode/l10n';

export function faultWord(name: string): string {
  const [kind = '', ...rest] = name.split('-');
  const of = rest.join('-');
  switch (kind) {
    case 'node':
      return l10n.t('node down');
    case 'freeze':
      return l10n.t('frozen');
    case 'link':
      return of === '' ? l10n.t('interface down') : l10n.t('{0} is down', of);
    case 'partition':
      return of === 'underlay' ? l10n.t('frames lost') : l10n.t('advertisements lost');
    case 'keepalived':
      return l10n.t('keepalived ended');
    case 'l3':
      return l10n.t('agent ended');
    case 'dhcp':
      return l10n.t('dnsmasq ended');
    case 'impair':
      return l10n.t('impaired');
    case 'mtu':
      return of === '' ? l10n.t('MTU changed') : l10n.t('MTU of {0} changed', of);
    case 'config':
      return l10n.t('configuration changed');
    default:
      return name;
  }
}
