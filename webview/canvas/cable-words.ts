/** What a cable is called by who does not see where it goes. */
import * as l10n from '@vscode/l10n';
import type { Picture, Plug } from '../../src/picture/picture.js';

/** @param plug Null: of a network to the outside */
export function cableName(picture: Picture, device: string, network: string, plug: Plug | null): string {
  const ends = l10n.t('Cable from {0} to {1}', nameOf(picture, device), nameOf(picture, network));
  if (plug === null) return ends;
  return [ends, plug.device, ...plug.addresses, plug.up ? '' : l10n.t('down')].filter((part) => part !== '').join(', ');
}

export function stubName(node: string, state: 'up' | 'cut' | 'off'): string {
  const ends = l10n.t('Cable from {0} to the underlay', node);
  return state === 'up' ? ends : `${ends}, ${l10n.t('cut off')}`;
}

function nameOf(picture: Picture, key: string): string {
  const id = key.slice(key.indexOf(' ') + 1);
  if (key.startsWith('outside ')) return l10n.t('outside');
  return [...picture.networks, ...picture.routers, ...picture.instances].find((one) => one.id === id)?.name ?? id;
}
