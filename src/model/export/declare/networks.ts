/** Networks and subnets, without the HA networks, which the first HA router of a project brings along. */
import type { LabIndex } from '../../lab-queries.js';
import { HA_CIDR } from '../../names.js';
import type { Network, Subnet } from '../../resources.js';
import { declaredGateway, declaredPools, declaredVni } from './defaults.js';
import { LabelMaker, NameMaker } from './labels.js';
import type { DeclaredNetwork, DeclaredSubnet, ExportOptions } from '../topology.js';

/** Bytes that VXLAN takes of the underlay's (neutron/plugins/ml2/drivers/type_tunnel.py). */
const VXLAN_OVERHEAD = 50;

export interface DeclaredNetworks {
  readonly networks: ReadonlyMap<string, DeclaredNetwork>;
  readonly subnets: ReadonlyMap<string, DeclaredSubnet>;
}

/** By the ids of the lab. */
export function declareNetworks(index: LabIndex, { role }: ExportOptions): DeclaredNetworks {
  const [labels, subnetLabels] = [new LabelMaker('network'), new LabelMaker('subnet')];
  const names = new NameMaker(index.lab.networks.map(({ name }) => name));
  const subnetNames = new NameMaker(index.lab.subnets.map(({ name }) => name));
  const networks = new Map<string, DeclaredNetwork>();
  const subnets = new Map<string, DeclaredSubnet>();
  const usualMtu = index.lab.config.global_physnet_mtu - VXLAN_OVERHEAD;
  for (const network of index.lab.networks) {
    if (isHaNetwork(network, index)) continue;
    const external = network['router:external'];
    const existing = external && role === 'member';
    const vni = declaredVni(network);
    const name = network.name === '' ? names.invent('network') : network.name;
    const own: DeclaredSubnet[] = [];
    const declared: DeclaredNetwork = {
      name,
      label: labels.make(name),
      existing,
      external,
      adminStateUp: network.admin_state_up,
      portSecurity: network.port_security_enabled,
      mtu: network.mtu === usualMtu ? null : network.mtu,
      vni: role === 'admin' ? vni : null,
      subnets: own,
      remarks: [
        ...(external ? [externalRemark(existing)] : []),
        ...(role === 'member' && !external && vni !== null
          ? [`Its VNI in the lab is ${String(vni)}; only an administrator chooses one.`]
          : []),
      ],
    };
    networks.set(network.id, declared);
    if (existing) continue;
    for (const subnet of index.subnetsOfNetwork(network.id)) {
      const subnetName = subnet.name === '' ? subnetNames.invent(`${name}-subnet`) : subnet.name;
      const one = declareSubnet(subnet, declared, subnetName, subnetLabels.make(subnetName));
      own.push(one);
      subnets.set(subnet.id, one);
    }
  }
  return { networks, subnets };
}

/** It is hidden from its project, whose HA routers share it (neutron/db/l3_hamode_db.py). */
function isHaNetwork(network: Network, index: LabIndex): boolean {
  return (
    network.project_id === '' &&
    (index.portsOfNetwork(network.id).some((port) => port.device_owner === 'network:router_ha_interface') ||
      index.subnetsOfNetwork(network.id).some(({ cidr }) => cidr === HA_CIDR))
  );
}

function externalRemark(existing: boolean): string {
  return existing
    ? 'An external network is the business of an administrator: it is there already, under this name.'
    : 'In a data centre it is a flat or VLAN network: give its `provider` attributes and the addresses that you own.';
}

function declareSubnet(subnet: Subnet, network: DeclaredNetwork, name: string, label: string): DeclaredSubnet {
  return {
    name,
    label,
    remarks: [],
    network,
    ipVersion: subnet.ip_version,
    cidr: subnet.cidr,
    gateway: declaredGateway(subnet),
    dhcp: subnet.enable_dhcp,
    pools: declaredPools(subnet),
    dnsNameservers: subnet.dns_nameservers,
    hostRoutes: subnet.host_routes,
    raMode: subnet.ipv6_ra_mode,
    addressMode: subnet.ipv6_address_mode,
  };
}
