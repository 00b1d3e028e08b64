/** What Neutron refuses about a network (neutron/plugins/ml2/plugin.py, neutron/db/external_net_db.py). */
import type { Violation } from '../errors.js';
import { violation } from '../neutron-errors.js';
import type { Config } from '../resources.js';

/** Bytes that VXLAN over IPv4 takes: 20 IPv4, 8 UDP, 8 VXLAN, 14 Ethernet (`VXLAN_ENCAP_OVERHEAD`). */
const VXLAN_OVERHEAD = 50;
/** Every IPv6 link carries packets of this size (RFC 8200, section 5). */
const IPV6_MIN_MTU = 1280;
/** VNIs that are given out; a request may ask for any up to the highest that a VXLAN header holds. */
export const HIGHEST_GIVEN_VNI = 65535;
export const HIGHEST_VNI = 16777215;

/** Bytes. */
export function maxMtu(config: Config): number {
  return config.global_physnet_mtu - VXLAN_OVERHEAD;
}

export function* mtuViolations(
  mtu: number,
  config: Config,
  networkRef: string,
  hasIpv6: boolean,
): Generator<Violation> {
  const at = ['mtu'];
  if (mtu > maxMtu(config)) {
    const error_message = `Requested MTU is too big, maximum is ${maxMtu(config)}`;
    const remedy = `VXLAN takes ${VXLAN_OVERHEAD} bytes of the underlay's ${config.global_physnet_mtu} (global_physnet_mtu).`;
    yield violation('InvalidInput', { error_message }, { at, remedy });
  }
  if (hasIpv6 && mtu < IPV6_MIN_MTU) {
    yield violation('NetworkMTUSubnetConflict', { net_id: networkRef, mtu: IPV6_MIN_MTU }, { at });
  }
}

export function vniInUse(vni: number): Violation {
  return violation('TunnelIdInUse', { tunnel_id: vni }, { at: ['provider:segmentation_id'] });
}

/** Neutron looks at no more than whether it is a number, and its agents fail later: the kernel takes 24 bits. */
export function* vniViolations(vni: number): Generator<Violation> {
  if (vni >= 1 && vni <= HIGHEST_VNI) return;
  const error_message = `segmentation_id out of range (1 through ${HIGHEST_VNI})`;
  const remedy = 'Leave `provider:segmentation_id` out, or give another one.';
  yield violation('InvalidInput', { error_message }, { at: ['provider:segmentation_id'], remedy });
}
