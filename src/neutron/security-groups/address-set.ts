/** The sets of addresses behind rules about a remote group (neutron/agent/linux/ipset_manager.py). */
import { type Cidr, formatCidr, ipVersion } from '../../model/addresses.js';
import type { Lab, Port, SecurityGroup } from '../../model/resources.js';
import { asCidr } from './cidr.js';

/** A set's name has at most 31 characters; two are kept for the `-n` of the one that it is swapped with. */
const NAME_LENGTH = 29;

export interface AddressSet {
  readonly group: SecurityGroup;
  readonly name: string;
  readonly family: 4 | 6;
  /** As `ipset save` writes them, sorted. */
  readonly members: readonly string[];
}

export function setName(groupId: string, family: 4 | 6): string {
  return `NIPv${family}${groupId}`.slice(0, NAME_LENGTH);
}

/** Which ports are in which group, so that the sets of all nodes come out of one pass over the lab's ports. */
export class GroupMembers {
  readonly #ports = new Map<string, Port[]>();

  constructor(lab: Lab) {
    for (const { id } of lab.security_groups) this.#ports.set(id, []);
    for (const port of lab.ports) for (const id of port.security_groups) this.#ports.get(id)?.push(port);
  }

  /** Of every port of the group, wherever it is: its addresses and those of its allowed address pairs. */
  addresses(groupId: string, family: 4 | 6): readonly string[] {
    const ports = this.#ports.get(groupId) ?? [];
    const all = ports.flatMap(({ fixed_ips: fixed, allowed_address_pairs: pairs }) =>
      [...fixed, ...pairs].map(({ ip_address: address }) => address).filter((text) => ipVersion(text) === family),
    );
    return [...new Set(all.flatMap((text) => entries(asCidr(text))))].sort();
  }
}

/** A set of networks cannot hold one with a prefix of 0; its two halves say the same. */
function entries(cidr: Cidr): readonly string[] {
  if (cidr.prefixLength === 0) return cidr.version === 4 ? ['0.0.0.0/1', '128.0.0.0/1'] : ['::/1', '8000::/1'];
  const single = cidr.prefixLength === (cidr.version === 4 ? 32 : 128);
  return [single ? formatCidr(cidr).replace(/\/\d+$/, '') : formatCidr(cidr)];
}
