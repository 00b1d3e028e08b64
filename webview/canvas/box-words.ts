/** What a box says of itself, in words. */
import * as l10n from '@vscode/l10n';
import type { BoxLine, BoxShape } from '../../src/picture/picture.js';
import { remarkWord } from '../../src/picture/remark-words.js';

export function titleOf({ kind, namespace, name }: BoxShape): string {
  // As long as it takes to tell it from others; the whole of it is in the table.
  return kind === 'instance' ? name : namespace.slice(0, kind.length + 9);
}

export function tone(line: BoxLine): string {
  switch (line.say) {
    case 'remark':
      return line.trouble ? 'trouble' : 'warning';
    case 'dnsmasq':
      return line.running ? '' : 'trouble';
    case 'device':
      return line.up ? 'mono' : 'mono trouble';
    case 'takeover':
      return 'theory';
    case 'route':
      return 'mono';
  }
}

export function said(line: BoxLine): string {
  switch (line.say) {
    case 'remark':
      return remarkWord(line.text);
    case 'dnsmasq':
      if (!line.running) return l10n.t('dnsmasq does not run');
      return line.leases === null ? 'dnsmasq' : l10n.t('dnsmasq, leases: {0}', line.leases);
    case 'device':
      return line.up ? `${line.device} ${line.address}` : l10n.t('{0} is down', line.device);
    case 'takeover':
      return l10n.t('theory: takes over in ≤ {0} s', line.seconds.toFixed(2));
    case 'route':
      return l10n.t('via {0}', line.gateway);
  }
}
