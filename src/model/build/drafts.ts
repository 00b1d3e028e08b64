/** Resources on their way from the file to the lab: resolved, not yet allocated. */
import type { AddressBook } from '../allocation/pools.js';
import type { Cidr } from '../addresses.js';
import type { FloatingIpFile, InstanceFile, NetworkFile, RouterFile } from '../lab-file/schema.js';
import type { Path } from '../lab-file/problems.js';
import type { FixedIp, Port, Subnet } from '../resources.js';

export interface NetworkDraft {
  readonly id: string;
  /** How messages call it. */
  readonly ref: string;
  readonly name: string;
  readonly path: Path;
  readonly projectId: string;
  readonly file: NetworkFile;
  readonly subnets: SubnetDraft[];
}

export interface SubnetDraft {
  readonly id: string;
  /** How messages call it: its name, or its CIDR where it has none. */
  readonly ref: string;
  /** By which the file refers to it; most often its name. */
  readonly label: string;
  readonly path: Path;
  readonly network: NetworkDraft;
  readonly resource: Subnet;
  readonly cidr: Cidr;
  /** Hosts give themselves an address in it from their MAC (SLAAC, stateless DHCPv6). */
  readonly auto: boolean;
  readonly book: AddressBook;
}

export interface WantedIp {
  readonly subnet: SubnetDraft;
  /** Null: any free one, or the EUI-64 one in a SLAAC subnet. */
  readonly address: bigint | null;
  readonly path: Path;
}

export interface PortDraft {
  readonly id: string;
  readonly path: Path;
  readonly network: NetworkDraft;
  readonly attributes: Omit<Port, 'id' | 'network_id' | 'mac_address' | 'fixed_ips'>;
  readonly mac: string | null;
  /** Null: one of each family, as Neutron does it. */
  readonly wanted: readonly WantedIp[] | null;
  /** Whether SLAAC subnets add their address. Not for router interfaces. */
  readonly slaac: boolean;
  /** How a free address is chosen. */
  readonly choice: 'lowest' | 'any';
  /** Where the file says when the port was made: agents learn of ports in that order. */
  readonly createdAt?: string | undefined;
  /** Set by the allocation. */
  ips: FixedIp[];
}

/** A port of the section `ports`; what it is plugged into decides about its owner. */
export interface ExplicitPort {
  readonly id: string;
  readonly name: string;
  readonly network: NetworkDraft;
  readonly path: Path;
  draft: PortDraft;
  attachedTo: string | null;
}

export interface RouterDraft {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly path: Path;
  readonly file: RouterFile;
  /** Something of it was wrong and left out. */
  readonly partial: boolean;
  readonly hosts: readonly string[];
  readonly gatewayNetwork: NetworkDraft | null;
  gatewayPort: PortDraft | null;
  readonly interfaces: PortDraft[];
  readonly haPorts: PortDraft[];
}

export interface InstanceDraft {
  readonly id: string;
  readonly name: string;
  readonly path: Path;
  readonly file: InstanceFile;
  readonly node: string;
  readonly ports: PortDraft[];
}

export interface FloatingIpDraft {
  readonly id: string;
  readonly path: Path;
  readonly file: FloatingIpFile;
  readonly network: NetworkDraft;
  readonly port: PortDraft;
  readonly target: PortDraft | null;
}
