/**
 * The resources of a lab, with the attribute names of Neutron's API.
 *
 * A `Lab` is what the API of a real cloud would answer at that moment, plus the nodes that stand for its
 * hosts. Everything below `model` works from this value alone, so a lab that was written by hand and one
 * that was imported from a cloud take the same way.
 */

import type { Release } from './release.js';

/** A resource that a command, an error or a step belongs to. */
export interface ResourceRef {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly name: string;
}

export type ResourceKind =
  'lab' | 'node' | 'network' | 'subnet' | 'port' | 'router' | 'instance' | 'floatingip' | 'security_group';

export interface Network {
  readonly id: string;
  readonly name: string;
  readonly project_id: string;
  readonly admin_state_up: boolean;
  /** Bytes. 1450 on a VXLAN over an underlay of 1500. */
  readonly mtu: number;
  readonly 'router:external': boolean;
  readonly port_security_enabled: boolean;
  readonly 'provider:network_type': 'vxlan';
  /** The VXLAN Network Identifier, 1 to 16777215. */
  readonly 'provider:segmentation_id': number;
}

export interface AllocationPool {
  readonly start: string;
  readonly end: string;
}

export interface HostRoute {
  readonly destination: string;
  readonly nexthop: string;
}

export type Ipv6Mode = 'slaac' | 'dhcpv6-stateful' | 'dhcpv6-stateless';

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly project_id: string;
  readonly network_id: string;
  readonly ip_version: 4 | 6;
  readonly cidr: string;
  readonly gateway_ip: string | null;
  readonly enable_dhcp: boolean;
  readonly allocation_pools: readonly AllocationPool[];
  readonly dns_nameservers: readonly string[];
  readonly host_routes: readonly HostRoute[];
  readonly ipv6_ra_mode: Ipv6Mode | null;
  readonly ipv6_address_mode: Ipv6Mode | null;
}

export interface FixedIp {
  readonly subnet_id: string;
  readonly ip_address: string;
}

export type DeviceOwner =
  | 'network:router_interface'
  | 'network:ha_router_replicated_interface'
  | 'network:router_gateway'
  | 'network:router_ha_interface'
  | 'network:floatingip'
  | 'network:dhcp'
  | 'compute:nova'
  | '';

export interface ExtraDhcpOpt {
  readonly opt_name: string;
  readonly opt_value: string;
  readonly ip_version: 4 | 6;
}

export interface AllowedAddressPair {
  readonly ip_address: string;
  readonly mac_address: string;
}

export interface Port {
  readonly id: string;
  readonly name: string;
  readonly project_id: string;
  readonly network_id: string;
  readonly mac_address: string;
  readonly admin_state_up: boolean;
  readonly device_id: string;
  readonly device_owner: DeviceOwner;
  readonly fixed_ips: readonly FixedIp[];
  readonly allowed_address_pairs: readonly AllowedAddressPair[];
  readonly extra_dhcp_opts: readonly ExtraDhcpOpt[];
  readonly security_groups: readonly string[];
  readonly port_security_enabled: boolean;
  /**
   * The node where the port is plugged. Empty for a floating IP's port, and for the gateway and the
   * replicated interfaces of an HA router, which are plugged on every node that hosts the router.
   */
  readonly 'binding:host_id': string;
}

export interface ExternalGatewayInfo {
  readonly network_id: string;
  readonly enable_snat: boolean;
  readonly external_fixed_ips: readonly FixedIp[];
}

export interface Router {
  readonly id: string;
  readonly name: string;
  readonly project_id: string;
  readonly admin_state_up: boolean;
  readonly ha: boolean;
  readonly external_gateway_info: ExternalGatewayInfo | null;
  readonly routes: readonly HostRoute[];
}

export interface FloatingIp {
  readonly id: string;
  readonly project_id: string;
  readonly floating_network_id: string;
  readonly floating_ip_address: string;
  readonly fixed_ip_address: string | null;
  readonly port_id: string | null;
  readonly router_id: string | null;
}

export interface SecurityGroupRule {
  readonly id: string;
  readonly direction: 'ingress' | 'egress';
  readonly ethertype: 'IPv4' | 'IPv6';
  readonly protocol: string | null;
  readonly port_range_min: number | null;
  readonly port_range_max: number | null;
  readonly remote_ip_prefix: string | null;
  readonly remote_group_id: string | null;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly project_id: string;
  readonly stateful: boolean;
  readonly security_group_rules: readonly SecurityGroupRule[];
}

/** An agent of Neutron that a node runs. Every node runs the Linux bridge agent. */
export type AgentKind = 'l3' | 'dhcp';

/** A host of the cloud; in a running lab, a container. */
export interface Node {
  readonly name: string;
  readonly agents: readonly AgentKind[];
}

/** What Nova would call a server: a host of its own, plugged into networks by its ports. */
export interface Instance {
  /** The `device_id` of its ports. */
  readonly id: string;
  readonly name: string;
  readonly node: string;
  /** Ids of its ports, the first one is its eth0. */
  readonly ports: readonly string[];
}

/** Options with the names and defaults of neutron.conf, l3_agent.ini and dhcp_agent.ini. */
export interface Config {
  /** The release of Neutron whose files, names and habits the nodes have. */
  readonly release: Release;
  /** Seconds between two VRRP advertisements. */
  readonly ha_vrrp_advert_int: number;
  readonly ha_vrrp_auth_type: 'PASS' | 'AH';
  readonly ha_vrrp_auth_password: string | null;
  /** conntrackd carries the connections of HA routers over to who takes over. */
  readonly ha_conntrackd_enabled: boolean;
  /** Most L3 agents that host an HA router, 0 means all. */
  readonly max_l3_agents_per_router: number;
  readonly dhcp_agents_per_network: number;
  /** Seconds, a multiple of what dnsmasq accepts; -1 means for ever. */
  readonly dhcp_lease_duration: number;
  readonly dns_domain: string;
  /** Bytes of the underlay. */
  readonly global_physnet_mtu: number;
  /** Seconds between two looks of the agent's process monitor. */
  readonly check_child_processes_interval: number;
  /** What is done with a child process that died. */
  readonly check_child_processes_action: 'respawn' | 'exit';
}

export interface Lab {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly networks: readonly Network[];
  readonly subnets: readonly Subnet[];
  readonly ports: readonly Port[];
  readonly routers: readonly Router[];
  readonly floatingips: readonly FloatingIp[];
  readonly security_groups: readonly SecurityGroup[];
  readonly instances: readonly Instance[];
  /** Router id to the nodes whose L3 agent hosts it. */
  readonly router_l3_agents: Readonly<Record<string, readonly string[]>>;
  /** Network id to the nodes whose DHCP agent serves it. */
  readonly network_dhcp_agents: Readonly<Record<string, readonly string[]>>;
  /** Router id to its VRID on the HA network, 1 to 254. */
  readonly ha_vr_ids: Readonly<Record<string, number>>;
  readonly config: Config;
}
