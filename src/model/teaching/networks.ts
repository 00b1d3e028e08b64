/** What a network, a subnet or a port is in this lab, and why: Markdown for hovers and tooltips. Null for an unknown id. */
import * as l10n from '@vscode/l10n';
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
    external ? l10n.t('**Network** {0}, external', code(network.name)) : l10n.t('**Network** {0}', code(network.name)),
    [
      subnets.length === 0 ? l10n.t('No subnets') : l10n.t('Subnets: {0}', shorten(subnets, 6).join(', ')),
      l10n.t('VNI {0}, MTU {1} bytes', String(vni), String(network.mtu)),
      routers.length === 0 ? null : l10n.t('Routers: {0}', codes(routers)),
      gateways.length === 0 ? null : l10n.t('Gateway of: {0}', codes(gateways.map((port) => routerName(index, port)))),
      instances.length === 0 ? null : l10n.t('Instances: {0}', codes(instances)),
      dhcpFact(index, id),
      l10n.t('On each node: the bridge {0} with {1}', code(bridgeName(id)), code(vxlanName(vni))),
    ],
    [
      l10n.t(
        'The VNI (VXLAN Network Identifier) stands in every frame between nodes, so that networks share one underlay and never mix. VXLAN takes 50 bytes of the MTU.',
      ),
      external
        ? l10n.t('Routers take an external network as their gateway, and floating IPs are addresses of it.')
        : null,
    ],
  );
}

function dhcpFact(index: LabIndex, id: string): string | null {
  const nodes = index.lab.network_dhcp_agents[id] ?? [];
  return nodes.length === 0 ? null : l10n.t('DHCP on {0}, in {1}', codes(nodes), code(qdhcpNamespace(id)));
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
  const pools = subnet.allocation_pools.map(({ start, end }) => l10n.t('{0} to {1}', start, end));
  return page(
    l10n.t('**Subnet** {0} {1}', code(subnet.name), subnet.cidr),
    [
      network === undefined ? null : l10n.t('Of the network {0}', code(network.name)),
      gatewayFact(index, subnet),
      pools.length === 0 ? l10n.t('No allocation pool') : l10n.t('Allocation pools: {0}', shorten(pools, 4).join(', ')),
      addressingFact(index, subnet),
      subnet.dns_nameservers.length === 0 ? null : l10n.t('Name servers: {0}', subnet.dns_nameservers.join(', ')),
      l10n.t('{0} ports have an address of it', index.portsOfSubnet(id).length),
    ],
    [
      subnet.ip_version === 6 && subnet.ipv6_address_mode === 'slaac'
        ? l10n.t(
            'With SLAAC, radvd in the router announces the prefix, and each host makes its address from the prefix and its MAC (EUI-64).',
          )
        : l10n.t(
            'Neutron gives ports addresses of the allocation pools; the gateway is the address that hosts send to what is not in the subnet.',
          ),
    ],
  );
}

function gatewayFact(index: LabIndex, subnet: Subnet): string {
  if (subnet.gateway_ip === null) return l10n.t('No gateway: hosts reach the subnet alone');
  const holder = index
    .portsOfSubnet(subnet.id)
    .find((port) => port.fixed_ips.some((ip) => ip.subnet_id === subnet.id && ip.ip_address === subnet.gateway_ip));
  const router = index.routers.get(holder?.device_id ?? '');
  const external = index.networks.get(subnet.network_id)?.['router:external'] === true;
  const answered = external ? l10n.t('the node `outside` answers there') : l10n.t('nobody answers there');
  const who = router === undefined ? answered : l10n.t('the router {0} has it', code(router.name));
  return l10n.t('Gateway {0}: {1}', subnet.gateway_ip, who);
}

function addressingFact(index: LabIndex, subnet: Subnet): string {
  if (subnet.ip_version === 6 && subnet.ipv6_address_mode !== null)
    return l10n.t('Addresses by {0}', subnet.ipv6_address_mode);
  if (!subnet.enable_dhcp) return l10n.t('DHCP off');
  const servers = index.dhcpPorts(subnet.network_id).flatMap(({ fixed_ips: ips }) => {
    const own = ips.find((ip) => ip.subnet_id === subnet.id);
    return own === undefined ? [] : [own.ip_address];
  });
  return servers.length === 0 ? l10n.t('DHCP on') : l10n.t('DHCP on, by dnsmasq at {0}', servers.join(', '));
}

export function describePort(index: LabIndex, id: string): string | null {
  const port = index.ports.get(id);
  if (port === undefined) return null;
  const network = index.networks.get(port.network_id);
  const user = index.instances.get(port.device_id)?.name ?? index.routers.get(port.device_id)?.name;
  return page(
    l10n.t('**Port** {0}', code(port.name === '' ? port.id : port.name)),
    [
      network === undefined ? null : l10n.t('On the network {0}', code(network.name)),
      l10n.t('Addresses: {0}', port.fixed_ips.map(({ ip_address: address }) => address).join(', ') || l10n.t('none')),
      l10n.t('MAC {0}, from which {1} follows', port.mac_address, linkLocal(port.mac_address)),
      user === undefined
        ? l10n.t('Nothing is plugged into it')
        : l10n.t('Used by {0} ({1})', code(user), code(port.device_owner)),
      l10n.t('Device {0}', code(portDevice('tap', port.id))),
      port.port_security_enabled ? l10n.t('Port security on') : l10n.t('Port security off: nothing is filtered'),
    ],
    [
      l10n.t(
        'A port is where something is plugged into a network. Its devices are named after the first 11 characters of its id.',
      ),
    ],
  );
}
