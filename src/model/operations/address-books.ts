/** Which addresses of a network are taken, and the choice of a free one. */
import { formatAddress, parseAddress } from '../addresses.js';
import { AddressBook } from '../allocation/pools.js';
import type { AttributePath } from '../errors.js';
import { refuse } from '../neutron-errors.js';
import type { FixedIp, Lab, Network, Subnet } from '../resources.js';
import { addressInUse, noMoreAddresses } from '../rules/ports.js';
import { isAutoAddress } from '../rules/subnet-ipv6.js';
import { subnetOf } from './find.js';

export interface FixedIpRequest {
  readonly subnet_id?: string;
  readonly ip_address?: string;
}

/** A port that is to get addresses. */
export interface Asking {
  readonly id: string;
  readonly network: Network;
  readonly mac: string;
  readonly owner: string;
  /** Null: one address of each IP version, as Neutron does it. */
  readonly wanted: readonly FixedIpRequest[] | null;
  /** What the port has already. */
  readonly held?: readonly FixedIp[];
}

export function isAuto(subnet: Subnet): boolean {
  return isAutoAddress(subnet.ipv6_address_mode, subnet.ipv6_ra_mode);
}

export function fixedIp(subnet: Subnet, address: string): FixedIp {
  return { subnet_id: subnet.id, ip_address: formatAddress(parseAddress(address)) };
}

/** Which addresses are taken, subnet by subnet; read from the lab when first asked. */
export class Books {
  private readonly books = new Map<string, AddressBook>();

  constructor(
    private readonly lab: Lab,
    private readonly port: Asking,
  ) {}

  take(subnet: Subnet, address: string, at: AttributePath): FixedIp {
    const ip = fixedIp(subnet, address);
    const taken = !this.of(subnet).take(parseAddress(address).value, this.port.id);
    return taken ? refuse(addressInUse(subnet.id, ip.ip_address, at)) : ip;
  }

  free(subnets: readonly Subnet[]): FixedIp {
    for (const subnet of subnets) {
      const book = this.of(subnet);
      const { id, owner } = this.port;
      const value = owner === 'network:dhcp' ? book.takeLowest(id) : book.takeAny(id);
      if (value !== null) return fixedIp(subnet, formatAddress({ version: subnet.ip_version, value }));
    }
    return refuse(noMoreAddresses(this.port.network.id));
  }

  private of(subnet: Subnet): AddressBook {
    const known = this.books.get(subnet.id);
    if (known !== undefined) return known;
    const pools = subnet.allocation_pools.map(({ start, end }) => ({
      start: parseAddress(start).value,
      end: parseAddress(end).value,
    }));
    const book = new AddressBook(pools);
    for (const { id, fixed_ips } of this.lab.ports) {
      if (id === this.port.id) continue;
      for (const ip of fixed_ips) if (ip.subnet_id === subnet.id) book.take(parseAddress(ip.ip_address).value, id);
    }
    // A subnet-only request may not take the address that the port has already and keeps.
    for (const ip of this.port.held ?? []) {
      if (ip.subnet_id === subnet.id && !this.wants(ip)) book.take(parseAddress(ip.ip_address).value, 'held');
    }
    this.books.set(subnet.id, book);
    return book;
  }

  private wants(ip: FixedIp): boolean {
    return (
      isAuto(subnetOf(this.lab, ip.subnet_id)) ||
      (this.port.wanted ?? []).some((one) => one.ip_address === ip.ip_address)
    );
  }
}
