/** The qdhcp namespace of a network on a node whose DHCP agent serves it (neutron/agent/linux/dhcp.py, `DeviceManager`). */
import { parseCidr } from '../../model/addresses.js';
import { portDevice, qdhcpNamespace } from '../../model/names.js';
import type { Port } from '../../model/resources.js';
import { addressOn, withReason } from '../interface-address.js';
import { dhcpRuleset } from '../iptables/dhcp-rules.js';
import { networkRef, portRef, type NodeBuilder } from '../node-builder.js';
import type { ProcessItem, RouteItem } from '../node-state.js';
import { gatewayRoutes } from '../routes.js';
import { dhcpDirectory, dnsmasqArguments } from './dnsmasq-arguments.js';
import { addnHostsFile, hostFile } from './host-file.js';
import { optsFile } from './opts-file.js';
import type { ServedNetwork } from './served-network.js';

/** The texts are the same for every agent of the network. */
export interface DhcpTexts {
  readonly host: string;
  readonly addnHosts: string;
  readonly opts: string;
  readonly argv: readonly string[];
}

export function dhcpTexts(served: ServedNetwork): DhcpTexts {
  return {
    host: hostFile(served),
    addnHosts: addnHostsFile(served),
    opts: optsFile(served),
    argv: dnsmasqArguments(served),
  };
}

/** @returns the dnsmasq that the agent keeps alive */
export function buildDhcpNamespace(
  builder: NodeBuilder,
  served: ServedNetwork,
  port: Port,
  texts: DhcpTexts,
): ProcessItem {
  const { network } = served;
  const namespace = qdhcpNamespace(network.id);
  const device = portDevice('ns-', port.id);
  const resource = networkRef(network);

  builder.add({
    kind: 'namespace',
    namespace,
    resource,
    why: `The DHCP server of network ${network.name} has a namespace of its own, since other networks may use the same addresses.`,
  });
  namespaceSysctls(builder, namespace, resource);
  builder.plug({
    port,
    network,
    namespace,
    device,
    why: `By this interface the DHCP server is a host of network ${network.name}.`,
  });
  builder.sysctl(
    namespace,
    `net.ipv6.conf.${device}.accept_ra`,
    0,
    resource,
    'The DHCP port has the addresses that Neutron allocated, and takes none from router advertisements.',
  );
  builder.noReversePathFilter(namespace, device, resource);
  addresses(builder, served, port, namespace, device);
  for (const route of defaultRoutes(served, namespace, device)) {
    const why = 'Its default route lets the DHCP server answer hosts that are behind a router.';
    builder.add(withReason(route, resource, why));
  }
  for (const family of [4, 6] as const) {
    const why = `A veth leaves checksums undone, so DHCP${family === 6 ? 'v6' : ''} answers get theirs filled in here.`;
    builder.add({ kind: 'ruleset', namespace, family, text: dhcpRuleset(family), resource, why });
  }
  return dnsmasq(builder, served, namespace, device, texts);
}

function namespaceSysctls(builder: NodeBuilder, namespace: string, resource: ReturnType<typeof networkRef>): void {
  const set = (name: string, value: number, why: string) => {
    builder.sysctl(namespace, name, value, resource, why);
  };
  set('net.ipv4.ip_forward', 1, 'A namespace inherits this from its host, and network nodes of OpenStack forward.');
  set(
    'net.ipv4.conf.all.rp_filter',
    0,
    'The filter by reverse path of the host would be inherited; a DHCP server needs none.',
  );
  set('net.ipv4.conf.all.promote_secondaries', 1, 'When an address goes, the others of its subnet stay.');
  set('net.ipv4.ip_nonlocal_bind', 1, 'dnsmasq may bind to an address before it is there.');
  set(
    'net.ipv6.conf.default.accept_ra',
    0,
    'No interface that comes into this namespace configures itself by router advertisements.',
  );
}

function addresses(builder: NodeBuilder, served: ServedNetwork, port: Port, namespace: string, device: string): void {
  for (const ip of port.fixed_ips) {
    const subnet = served.subnetsById.get(ip.subnet_id);
    if (subnet === undefined) continue;
    const { prefixLength } = parseCidr(subnet.cidr);
    const why = `The DHCP server's address in subnet ${subnet.name}, from which dnsmasq answers.`;
    builder.add(withReason(addressOn(namespace, device, ip.ip_address, prefixLength), portRef(port), why));
  }
}

/** By the gateway of the first DHCP subnet of each family that has one (`_set_default_route_ip_version`). */
function defaultRoutes({ subnets }: ServedNetwork, namespace: string, device: string): readonly RouteItem[] {
  return ([4, 6] as const).flatMap((family) => {
    for (const { ip_version: version, enable_dhcp: dhcp, gateway_ip: gateway, cidr } of subnets) {
      if (version === family && dhcp && gateway !== null) return gatewayRoutes(namespace, gateway, cidr, device);
    }
    return [];
  });
}

function dnsmasq(
  builder: NodeBuilder,
  { network }: ServedNetwork,
  namespace: string,
  device: string,
  texts: DhcpTexts,
): ProcessItem {
  const resource = networkRef(network);
  const path = (name: string) => `${dhcpDirectory(network.id)}/${name}`;
  builder.file(path('interface'), device, resource, 'The DHCP agent notes which interface its dnsmasq serves.');
  builder.file(
    path('host'),
    texts.host,
    resource,
    'Which MAC gets which address and name: dnsmasq leases to nobody else.',
  );
  builder.file(
    path('addn_hosts'),
    texts.addnHosts,
    resource,
    'Names for all addresses of the network, for dnsmasq as a name server.',
  );
  builder.file(
    path('opts'),
    texts.opts,
    resource,
    'Routes, routers and name servers that go with a lease, by subnet and port.',
  );
  builder.file(path('leases'), '', resource, 'dnsmasq keeps its leases here; there are none when a network is new.', {
    seed: true,
  });
  const process: ProcessItem = {
    kind: 'process',
    namespace,
    name: 'dnsmasq',
    argv: texts.argv,
    pidFile: path('pid'),
    daemonizes: true,
    reloads: [path('host'), path('addn_hosts'), path('opts')],
  };
  builder.add(withReason(process, resource, `dnsmasq is the DHCP and name server of network ${network.name}.`));
  return process;
}
