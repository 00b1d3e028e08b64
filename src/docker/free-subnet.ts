/** Which subnet a lab's underlay takes. */
import { type Cidr, formatCidr, overlaps, parseCidr, tryParseCidr } from '../model/addresses.js';
import { LabError } from '../model/errors.js';
import { hostSubnets } from './host-networks.js';

/**
 * In the order in which they are tried, 256 subnets of 254 addresses each:
 * 10.213: the middle of 10/8, which Docker's own pools (172.17 to 172.31, 192.168), Podman (10.88, 10.89), Kubernetes
 * (10.96, 10.244) and home routers leave alone. A VPN that takes all of 10/8 leaves 172.30, the end of Docker's pools;
 * one that takes that too often leaves 192.168. 198.18 is for tests of network devices (RFC 2544) and nobody routes it.
 */
const CANDIDATES: readonly string[] = ['10.213', '172.30', '192.168', '198.18'];

export class NoFreeSubnetError extends LabError {
  constructor() {
    super(
      'NoFreeUnderlaySubnet',
      `No subnet is free for the nodes' underlay: this machine or its container engine uses all of ${CANDIDATES.map((start) => `${start}.0.0/16`).join(', ')}.`,
      'Remove networks that are not needed ("docker network ls", "docker network prune"), or labs ("neutron-lab list").',
    );
  }
}

/**
 * The first candidate that overlaps with nothing. Pure.
 *
 * @param used CIDRs in any form; what is none, or is IPv6, is passed over. A default route (/0) does not count.
 * @throws NoFreeSubnetError
 */
export function freeSubnet(used: readonly string[]): string {
  const taken = used.map(tryParseCidr).filter((cidr): cidr is Cidr => cidr?.version === 4 && cidr.prefixLength > 0);
  for (const start of CANDIDATES) {
    for (let third = 0; third < 256; third++) {
      const subnet = parseCidr(`${start}.${third}.0/24`);
      if (!taken.some((cidr) => overlaps(cidr, subnet))) return formatCidr(subnet);
    }
  }
  throw new NoFreeSubnetError();
}

/**
 * A subnet for a new underlay. Between this choice and the network's creation another lab may take it: the engine then
 * says so, and the caller chooses again with the refused one among the used.
 *
 * @param usedByEngine As `Runtime.usedSubnets` tells.
 * @param local The engine runs on this machine, so that the machine's own networks count.
 * @throws NoFreeSubnetError
 */
export function chooseUnderlaySubnet(usedByEngine: readonly string[], local: boolean): string {
  return freeSubnet([...usedByEngine, ...(local ? hostSubnets() : [])]);
}
