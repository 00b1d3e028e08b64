/**
 * What is declared of a lab, in the order in which a cloud can be told it, and without what a cloud chooses by itself:
 * the one value behind every format of `export`. References are to the values themselves.
 */
import type { AllocationPool, AllowedAddressPair, ExtraDhcpOpt, HostRoute, Ipv6Mode } from '../resources.js';
import type { RuleContent } from '../rules/security-rules.js';

/** Whose roles in Keystone the export needs: a member of a project may less than an administrator. */
export const ROLES = ['admin', 'member'] as const;
export type Role = (typeof ROLES)[number];

export interface ExportOptions {
  readonly role: Role;
  /** False: the ports of the instances, but no servers, for a cloud without Nova or for one's own tools. */
  readonly servers: boolean;
}

interface Declared {
  /** As the cloud will have it; never empty, since a person has to find it again. */
  readonly name: string;
  /** Letters, digits and underscores, unique among its kind: what a template or a script calls it. */
  readonly label: string;
  /** What differs from the lab, or had to be left out, each a sentence. */
  readonly remarks: readonly string[];
}

export interface DeclaredGroup extends Declared {
  readonly stateful: boolean;
  /** The group `default`, which every project has. */
  readonly existing: boolean;
  /** The rules that Neutron gives it by itself are not all in the lab. */
  readonly withoutDefaultRules: boolean;
  /** Without those that it has by itself, unless it is `withoutDefaultRules`. */
  readonly rules: readonly DeclaredRule[];
}

export interface DeclaredRule extends Omit<RuleContent, 'remote_group_id'> {
  readonly label: string;
  readonly remoteGroup: DeclaredGroup | null;
}

export interface DeclaredNetwork extends Declared {
  /** The cloud has it already: a member of a project cannot make an external network. */
  readonly existing: boolean;
  readonly external: boolean;
  readonly adminStateUp: boolean;
  readonly portSecurity: boolean;
  /** Bytes; null: what the cloud gives it. */
  readonly mtu: number | null;
  /** Null: the cloud chooses one. */
  readonly vni: number | null;
  /** None of an existing network. */
  readonly subnets: readonly DeclaredSubnet[];
}

export interface DeclaredSubnet extends Declared {
  readonly network: DeclaredNetwork;
  readonly ipVersion: 4 | 6;
  readonly cidr: string;
  /** Undefined: the one that Neutron takes by itself; null: none. */
  readonly gateway: string | null | undefined;
  readonly dhcp: boolean;
  /** Null: all that Neutron would give out by itself. */
  readonly pools: readonly AllocationPool[] | null;
  readonly dnsNameservers: readonly string[];
  readonly hostRoutes: readonly HostRoute[];
  readonly raMode: Ipv6Mode | null;
  readonly addressMode: Ipv6Mode | null;
}

export interface DeclaredAddress {
  readonly subnet: DeclaredSubnet;
  /** Null: any of the subnet, or the one that follows from the MAC. */
  readonly address: string | null;
}

export interface DeclaredPort extends Declared {
  readonly network: DeclaredNetwork;
  /** Without those that follow from its MAC, which a cloud adds by itself. */
  readonly addresses: readonly DeclaredAddress[];
  /** It has no address at all, by declaration. */
  readonly noAddress: boolean;
  /** Null: the cloud chooses one. */
  readonly mac: string | null;
  readonly adminStateUp: boolean;
  readonly groups: readonly DeclaredGroup[];
  /** Null: as its network has it. */
  readonly portSecurity: boolean | null;
  readonly pairs: readonly (Omit<AllowedAddressPair, 'mac_address'> & { readonly mac: string | null })[];
  readonly dhcpOptions: readonly ExtraDhcpOpt[];
}

export interface DeclaredGateway {
  readonly network: DeclaredNetwork;
  readonly addresses: readonly DeclaredAddress[];
  readonly snat: boolean;
}

export type DeclaredInterface =
  | { readonly label: string; readonly subnet: DeclaredSubnet; readonly port: null }
  | { readonly label: string; readonly subnet: null; readonly port: DeclaredPort };

export interface DeclaredRouter extends Declared {
  /** Null: what the cloud's `l3_ha` says. */
  readonly ha: boolean | null;
  readonly adminStateUp: boolean;
  readonly gateway: DeclaredGateway | null;
  readonly interfaces: readonly DeclaredInterface[];
  readonly routes: readonly HostRoute[];
}

export interface DeclaredFloatingIp extends Declared {
  readonly network: DeclaredNetwork;
  /** Null: the cloud chooses one. */
  readonly address: string | null;
  readonly port: DeclaredPort | null;
  /** Null: the only one that its port has. */
  readonly fixedAddress: string | null;
  /** The router that connects the two. */
  readonly router: DeclaredRouter | null;
}

export interface DeclaredServer extends Declared {
  /** The first one is its eth0. */
  readonly ports: readonly DeclaredPort[];
}

export interface Topology {
  readonly lab: string;
  readonly role: Role;
  /** What concerns the whole of it. */
  readonly remarks: readonly string[];
  readonly groups: readonly DeclaredGroup[];
  readonly networks: readonly DeclaredNetwork[];
  readonly ports: readonly DeclaredPort[];
  readonly routers: readonly DeclaredRouter[];
  readonly floatingIps: readonly DeclaredFloatingIp[];
  readonly servers: readonly DeclaredServer[];
}
