/** The interfaces of a namespace with their addresses, one block an interface. Pure. */
import type { ObservedLink, ObservedNamespace } from '../../reconcile/observed-document.js';

export interface ShownInterface {
  readonly device: string;
  readonly up: boolean;
  /** Bytes. */
  readonly mtu: number;
  readonly mac: string;
  readonly addresses: readonly ShownAddress[];
}

export interface ShownAddress {
  /** With its prefix length. */
  readonly address: string;
  readonly scope: string;
}

export function interfaceLines(interfaces: readonly ShownInterface[]): string[] {
  return [...interfaces]
    .sort((one, other) => compare(one.device, other.device))
    .flatMap(({ device, up, mtu, mac, addresses }) => [
      `${device}  ${up ? 'UP' : 'DOWN'}  mtu ${String(mtu)}  ${mac}`,
      ...addresses.map(addressLine).sort(compare),
    ]);
}

function addressLine({ address, scope }: ShownAddress): string {
  const family = address.includes(':') ? 'inet6' : 'inet ';
  return `    ${family} ${address}${scope === 'global' ? '' : ` scope ${scope}`}`;
}

export function observedInterfaces({ addr }: ObservedNamespace): ShownInterface[] {
  return addr.filter(({ ifname }) => ifname !== undefined && ifname !== 'lo').map(observedInterface);
}

function observedInterface({ ifname, flags, mtu, address, addr_info: infos }: ObservedLink): ShownInterface {
  return {
    device: ifname ?? '',
    up: flags?.includes('UP') ?? false,
    mtu: mtu ?? 0,
    mac: address ?? '',
    addresses: (infos ?? []).flatMap(({ local, prefixlen, scope }) =>
      local === undefined || prefixlen === undefined
        ? []
        : [{ address: `${local}/${String(prefixlen)}`, scope: scope ?? 'global' }],
    ),
  };
}

export function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
