/** How a node is, in words. */
import * as l10n from '@vscode/l10n';
import type { BoxShape, NodeShape } from '../../src/picture/picture.js';
import { faultWord } from '../fault-words.js';

export function isTrouble({ state, cutOff, faults }: NodeShape): boolean {
  return cutOff || faults.length > 0 || (state !== 'running' && state !== 'declared');
}

export function stateWord({ state, cutOff, lost, faults, address }: NodeShape): string {
  switch (state) {
    case 'declared':
      return '';
    case 'paused':
      return l10n.t('frozen');
    case 'running':
      if (cutOff) return l10n.t('cut off');
      if (lost.length > 0) return l10n.t('does not hear {0}', lost.join(', '));
      return faults.length > 0 ? faults.map(faultWord).join(', ') : (address ?? l10n.t('up'));
    case 'missing':
      return l10n.t('not there');
    default:
      return l10n.t('down');
  }
}

/** How many of what live in it: `Routers 50 · MASTER 17`. */
export function countsOf({ boxes }: Pick<NodeShape, 'boxes'>): string {
  const number = (those: BoxShape['kind']): number => boxes.filter(({ kind }) => kind === those).length;
  const counts: readonly (readonly [string, number])[] = [
    [l10n.t('Routers'), number('qrouter')],
    ['MASTER', boxes.filter(({ role }) => role === 'MASTER').length],
    ['DHCP', number('qdhcp')],
    [l10n.t('Instances'), number('instance')],
  ];
  return counts
    .filter(([, many]) => many > 0)
    .map(([word, many]) => `${word} ${many}`)
    .join(' · ');
}
