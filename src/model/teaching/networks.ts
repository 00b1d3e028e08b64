/** What a network, a subnet or a port is in this lab, and why: Markdown for hovers and tooltips. Null for an unknown id. */
import { linkLocal } from '../addresses.js';
import type { LabIndex } from '../lab-queries.js';
import { bridgeName, portDevice, qdhcpNamespace, vxlanName } from '../names.js';
import type { Port, Subnet } from '../resources.js';
import { code, codes, page, shorten } from './markdown.js';

export function describeNetwork(index: LabIndex, id: string): string | null {
  const network = index.networks.get(id);
  if (network === undefined) return null;
  const vni = network['provider:segmentation_id'];
  const instances = instancesOn(index, id);
  const routers = index.routersOfNetwork(id).map(({ name }) => name);
  const gateways = index.portsOfNetwork(id).filter(({ device_owner: owner }) => owner === 'network:router_gateway');
  const external = network['router:external'];
  const subnets = index.subnetsOfNetwork(id).map(({ name, cidr }) => `${code(name)} ${cidr}`);
  return page(
    `**Network** ${code(network.name)}${external ? ', external' : ''}`,
    [
      subnets.length === 0 ? 'No subnets' : `Subnets: ${shorten(subnets, 6).join(', ')}`,
      `VNI ${String(vni)}, MTU ${String(network.mtu)} bytes`,
      routers.length === 0 ? null : `Routers: ${codes(routers)}`,
      gateways.length === 0 ? null : `Gateway of: ${codes(gateways.map((port) => routerName(index, port)))}`,
      instances.length === 0 ? null : `Instances: ${codes(instances)}`,
      dhcpFact(index, id),
      `On each node: the bridge ${code(bridgeName(id))} with ${code(vxlanName(vni))}`,
    ],
    [
      'The VNI (VXLAN Network Identifier) stands in every frame between nodes, so that networks share one underlay and never mix. VXLAN takes 50 bytes of the MTU.',
      external ? 'Routers take an external network as their gateway, and floating IPs are addresses of it.' : null,
    ],
  );
}

function dhcpFact(index: LabIndex, id: string): string | null {
  const nodes = index.lab.network_dhcp_agents[id] ?? [];
  return nodes.length === 0 ? null : `DHCP on ${codes(nodes)}, in ${code(qdhcpNamespace(id))}`;
}

function instancesOn(index: LabIndex, networkId: string): string[] {
  return index.portsOfNetwork(networkId).flatMap(({ device_id: device }) => index.instances.get(device)?.name ?? []);
}

function routerName(index: LabIndex, port: Port): string {
  return index.routers.get(port.device_id)?.name ?? port.device_id;
}

export function describeSubnet(index: LabIndex, id: string): string | null {
  const subnet = index.subnets.get(id);
  if (subnet === undefined) return null;
  const network = index.networks.get(subnet.network_id);
  const pools = subnet.allocation_pools.map(({ start, end }) => `${start} to ${end}`);
  return page(
    `**Subnet** ${code(subnet.name)} ${subnet.cidr}`,
    [
      network === undefined ? null : `Of the network ${code(network.name)}`,
      gatewayFact(index, subnet),
      pools.length === 0 ? 'No allocation pool' : `Allocation pools: ${shorten(pools, 4).join(', ')}`,
      addressingFact(index, subnet),
      subnet.dns_nameservers.length === 0 ? null : `Name servers: ${subnet.dns_nameservers.join(', ')}`,
      `${String(index.portsOfSubnet(id).length)} ports have an address of it`,
    ],
    [
      subnet.ip_version === 6 && subnet.ipv6_address_mode === 'slaac'
        ? 'With SLAAC, radvd in the router announces the prefix, and each host makes its address from the prefix and its MAC (EUI-64).'
        : 'Neutron gives ports addresses of the allocation pools; the gateway is the address that hosts send to what is not in the subnet.',
    ],
  );
}

function gatewayFact(index: LabIndex, subnet: Subnet): string {
  if (subnet.gateway_ip === null) return 'No gateway: hosts reach the subnet alone';
  const holder = index
    .portsOfSubnet(subnet.id)
    .find((port) => port.fixed_ips.some((ip) => ip.subnet_id === subnet.id && ip.ip_address === subnet.gateway_ip));
  const router = index.routers.get(holder?.device_id ?? '');
  const external = index.networks.get(subnet.network_id)?.['router:external'] === true;
  const answered = external ? 'the node `outside` answers there' : 'nobody answers there';
  const who = router === undefined ? answered : `the router ${code(router.name)} has it`;
  return `Gateway ${subnet.gateway_ip}: ${who}`;
}

function addressingFact(index: LabIndex, subnet: Subnet): string {
  if (subnet.ip_version === 6 && subnet.ipv6_address_mode !== null) return `Addresses by ${subnet.ipv6_address_mode}`;
  if (!subnet.enable_dhcp) return 'DHCP off';
  const servers = index.dhcpPorts(subnet.network_id).flatMap(({ fixed_ips: ips }) => {
    const own = ips.find((ip) => ip.subnet_id === subnet.id);
    return own === undefined ? [] : [own.ip_address];
  });
  return servers.length === 0 ? 'DHCP on' : `DHCP on, by dnsmasq at ${servers.join(', ')}`;
}

export function describePort(index: LabIndex, id: string): string | null {
  const port = index.ports.get(id);
  if (port === undefined) return null;
  const network = index.networks.get(port.network_id);
  const user = index.instances.get(port.device_id)?.name ?? index.routers.get(port.device_id)?.name;
  return page(
    `**Port** ${code(port.name === '' ? port.id : port.name)}`,
    [
      network === undefined ? null : `On the network ${code(network.name)}`,
      `Addresses: ${port.fixed_ips.map(({ ip_address: address }) => address).join(', ') || 'none'}`,
      `MAC ${port.mac_address}, from which ${linkLocal(port.mac_address)} follows`,
      user === undefined ? 'Nothing is plugged into it' : `Used by ${code(user)} (${code(port.device_owner)})`,
      `Device ${code(portDevice('tap', port.id))}`,
      port.port_security_enabled ? 'Port security on' : 'Port security off: nothing is filtered',
    ],
    [
      'A port is where something is plugged into a network. Its devices are named after the first 11 characters of its id.',
    ],
  );
}
