/** One interface of an instance, and how it comes to its addresses. */
import { parseCidr } from '../../model/addresses.js';
import { instanceNamespace } from '../../model/names.js';
import type { Instance, ResourceRef } from '../../model/resources.js';
import { addressOn, withReason } from '../interface-address.js';
import { portRef, type NodeBuilder } from '../node-builder.js';
import type { ProcessItem } from '../node-state.js';
import { asPrinted, gatewayRoutes, unicastRoute } from '../routes.js';
import type { FixedAddress, InstanceInterface } from './interface-plan.js';

/** Seconds between two questions, and how many of them until a pause of `PAUSE` seconds; then it begins again. */
const [RETRY, QUESTIONS, PAUSE] = ['1', '3', '3'] as const;

/** What is asked for; the number is option 121 (RFC 3442), classless static routes. */
const REQUESTED = ['subnet', 'router', 'dns', 'domain', 'mtu', '121'] as const;

export function buildInterface(builder: NodeBuilder, instance: Instance, each: InstanceInterface): void {
  const { device, port, network, leased, fixed, defaultGateways } = each;
  const namespace = instanceNamespace(instance.name);
  const resource = portRef(port);
  const why = `${device} of instance ${instance.name} is in network ${network.name}, with the MAC of its port.`;
  builder.plug({ port, network, namespace, device, why });
  builder.noReversePathFilter(namespace, device, resource);
  const six = (name: string, value: number, reason: string) => {
    builder.sysctl(namespace, `net.ipv6.conf.${device}.${name}`, value, resource, reason);
  };
  six(
    'accept_ra',
    1,
    'The instance takes its IPv6 default route, and with SLAAC its address, from router advertisements.',
  );
  six(
    'addr_gen_mode',
    0,
    'The instance makes its IPv6 addresses of its MAC (EUI-64): these are the ones that Neutron expects.',
  );

  for (const one of fixed) {
    const { prefixLength } = parseCidr(one.subnet.cidr);
    builder.add(withReason(addressOn(namespace, device, one.address, prefixLength), resource, addressReason(one)));
    hostRoutes(builder, namespace, resource, one, device);
  }
  for (const { subnet } of defaultGateways) {
    for (const route of gatewayRoutes(namespace, subnet.gateway_ip ?? '', subnet.cidr, device)) {
      const reason = `Nobody tells the instance its default route, so it is set: the gateway of subnet ${subnet.name}.`;
      builder.add(withReason(route, resource, reason));
    }
  }
  if (leased.length > 0) builder.add(dhcpClient(instance, each));
}

function addressReason({ subnet }: FixedAddress): string {
  if (subnet.ip_version === 6 && subnet.enable_dhcp)
    return `The address that DHCPv6 of subnet ${subnet.name} would lease; it is set here as cloud-init would from a config drive.`;
  return `No DHCP server tells this address of subnet ${subnet.name}, so it is set as cloud-init does from a config drive.`;
}

function hostRoutes(
  builder: NodeBuilder,
  namespace: string,
  resource: ResourceRef,
  { subnet }: FixedAddress,
  device: string,
): void {
  for (const { destination, nexthop } of subnet.host_routes) {
    // The gateway comes before a default route among the host routes, as in what DHCP tells.
    if (asPrinted(destination) === 'default' && subnet.gateway_ip !== null) continue;
    const route = unicastRoute(namespace, subnet.ip_version, destination, [{ via: nexthop, device }]);
    builder.add(withReason(route, resource, `A host route of subnet ${subnet.name}, which DHCP would tell.`));
  }
}

function dhcpClient({ name }: Instance, { device, port, leased }: InstanceInterface) {
  const process: ProcessItem = {
    kind: 'process',
    namespace: instanceNamespace(name),
    name: 'udhcpc',
    argv: [
      '/usr/bin/busybox',
      'udhcpc',
      '-f',
      // Give the lease back when it ends.
      '-R',
      '-i',
      device,
      '-s',
      '/usr/libexec/neutron-lab/udhcpc-script',
      ...['-T', RETRY, '-t', QUESTIONS, '-A', PAUSE],
      ...REQUESTED.flatMap((option) => ['-O', option]),
      '-x',
      `hostname:${name}`,
    ],
    pidFile: `/run/neutron-lab/instances/${name}/udhcpc-${device}.pid`,
    daemonizes: false,
    reloads: [],
    hostname: name,
  };
  const why = `The DHCP client asks for ${leased.map(({ address }) => address).join(' or ')}, the MTU, routes and name servers, and renews them.`;
  return withReason(process, portRef(port), why);
}
