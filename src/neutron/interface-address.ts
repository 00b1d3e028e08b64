/** Addresses on devices, as neutron/agent/linux/ip_lib.py adds them. */
import { broadcastAddress, parseAddress, parseCidr } from '../model/addresses.js';
import type { ResourceRef } from '../model/resources.js';
import type { AddressItem, DesiredItem, NamespaceName } from './node-state.js';

/** `address/prefix` with the broadcast address that Neutron gives it: its own in a /31 and a /32. */
export function addressOn(
  namespace: NamespaceName,
  device: string,
  address: string,
  prefixLength: number,
): AddressItem {
  return {
    kind: 'address',
    namespace,
    device,
    address: `${address}/${prefixLength}`,
    scope: 'global',
    broadcast: broadcastOf(address, prefixLength),
  };
}

function broadcastOf(address: string, prefixLength: number): string | null {
  if (parseAddress(address).version === 6) return null;
  return prefixLength >= 31 ? address : broadcastAddress(parseCidr(`${address}/${prefixLength}`));
}

export function withReason<I extends object>(
  item: I,
  resource: ResourceRef,
  why: string,
): I & Pick<DesiredItem, 'resource' | 'why'> {
  return { ...item, resource, why };
}
