/**
 * The node that stands for the world behind the external networks: it has their gateway addresses, and any address
 * that is in none of them answers there too, so that an instance finds an internet.
 */
import { containsAddress, ipVersion, overlaps, parseCidr } from '../model/addresses.js';
import type { LabIndex } from '../model/lab-queries.js';
import { bridgeName } from '../model/names.js';
import type { Network, ResourceRef, Subnet } from '../model/resources.js';
import { addressOn, withReason } from './interface-address.js';
import { networkRef, nodeRef, type NodeBuilder } from './node-builder.js';
import { ROOT, type ProcessItem, type RouteItem } from './node-state.js';
import { onLinkRoute } from './routes.js';

/** Private, shared and link-local ranges (RFC 1918, 6598, 3927, 4193): the internet has no way to them. */
const NOT_ROUTED = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
] as const;

/** What every name resolves to: an address of TEST-NET-2 that the outside answers like any other. */
const ANY_NAME = '198.51.100.80';

const WWW = '/var/lib/neutron-lab/outside/www';

export function buildOutside(builder: NodeBuilder, index: LabIndex): void {
  const resource = nodeRef(builder.node);
  const upstreams = upstreamNetworks(index);
  hostSettings(builder, resource);
  for (const network of upstreams) gateways(builder, network, index);
  const cidrs = upstreams.flatMap(({ id }) => index.subnetsOfNetwork(id).map(({ cidr }) => cidr));
  for (const route of internet(cidrs)) builder.add(withReason(route, resource, routeReason(route)));
  services(builder, resource);
}

/** External networks in the order of the lab. One that overlaps an earlier one has no upstream: its gateways are taken. */
export function upstreamNetworks(index: LabIndex): readonly Network[] {
  const taken: string[] = [];
  return index.lab.networks.filter((network) => {
    if (!network['router:external']) return false;
    const cidrs = index.subnetsOfNetwork(network.id).map(({ cidr }) => cidr);
    if (cidrs.some((cidr) => taken.some((other) => overlaps(cidr, other)))) return false;
    taken.push(...cidrs);
    return true;
  });
}

function hostSettings(builder: NodeBuilder, resource: ResourceRef): void {
  const set = (name: string, value: number, why: string) => {
    builder.sysctl(ROOT, name, value, resource, why);
  };
  set('net.ipv4.ip_forward', 1, 'The outside is a router between the external networks.');
  set('net.ipv4.conf.all.rp_filter', 0, 'The outside answers at addresses from anywhere.');
  set('net.ipv6.conf.all.disable_ipv6', 0, 'A container engine may have switched IPv6 off; the gateways need it.');
  set('net.ipv6.conf.all.forwarding', 1, 'The outside is a router for IPv6 as well.');
}

function gateways(builder: NodeBuilder, network: Network, index: LabIndex): void {
  const device = bridgeName(network.id);
  const resource = networkRef(network);
  builder.networks.add(network);
  builder.sysctl(
    ROOT,
    `net.ipv6.conf.${device}.disable_ipv6`,
    0,
    resource,
    'This bridge has gateway addresses, unlike those of other nodes.',
  );
  builder.noReversePathFilter(ROOT, device, resource);
  const ports = new Set(index.portsOfNetwork(network.id).flatMap((port) => port.fixed_ips.map((ip) => ip.ip_address)));
  for (const subnet of index.subnetsOfNetwork(network.id)) {
    const gateway = subnet.gateway_ip;
    // A port that has the gateway's address is the gateway itself.
    if (gateway !== null && !ports.has(gateway)) gatewayOf(builder, subnet, gateway, device);
  }
}

function gatewayOf(builder: NodeBuilder, subnet: Subnet, gateway: string, device: string): void {
  const resource: ResourceRef = { kind: 'subnet', id: subnet.id, name: subnet.name };
  const inside = containsAddress(subnet.cidr, gateway);
  const hostLength = ipVersion(gateway) === 4 ? 32 : 128;
  const length = inside ? parseCidr(subnet.cidr).prefixLength : hostLength;
  const why = `The provider's router has the gateway address of subnet ${subnet.name}.`;
  builder.add(withReason(addressOn(ROOT, device, gateway, length), resource, why));
  if (!inside)
    builder.add(
      withReason(
        onLinkRoute(ROOT, subnet.cidr, device),
        resource,
        'The gateway is outside its subnet, which is on the link all the same.',
      ),
    );
}

/** Any address is one of this node's own, but for those that no provider routes. */
function internet(cidrs: readonly string[]): readonly RouteItem[] {
  const common = { kind: 'route', namespace: ROOT, protocol: 'static' } as const;
  const local = ([4, 6] as const).map((family): RouteItem => ({
    ...common,
    family,
    type: 'local',
    destination: 'default',
    nexthops: [{ via: null, device: 'lo' }],
    scope: family === 4 ? 'host' : 'global',
  }));
  const unreachable = NOT_ROUTED.filter((range) => !cidrs.some((cidr) => covers(cidr, range))).map(
    (range): RouteItem => ({
      ...common,
      family: ipVersion(range),
      type: 'unreachable',
      destination: range,
      // As `ip route` tells it: IPv6 has the loopback device for what goes nowhere, IPv4 has none.
      nexthops: [{ via: null, device: ipVersion(range) === 6 ? 'lo' : null }],
      scope: 'global',
    }),
  );
  return [...local, ...unreachable];
}

function covers(cidr: string, range: string): boolean {
  return overlaps(cidr, range) && parseCidr(cidr).prefixLength <= parseCidr(range).prefixLength;
}

function routeReason({ type, destination }: RouteItem): string {
  return type === 'local'
    ? 'Any address of the internet answers here.'
    : `The internet has no way to ${destination}: without NAT a tenant's address gets no answer.`;
}

function services(builder: NodeBuilder, resource: ResourceRef): void {
  builder.file(
    `${WWW}/index.html`,
    'the outside\n',
    resource,
    'Whoever asks by HTTP learns that the outside answered.',
  );
  const process = (name: string, argv: readonly string[], daemonizes: boolean): ProcessItem => ({
    kind: 'process',
    namespace: ROOT,
    name,
    argv,
    pidFile: `/run/neutron-lab/outside-${name}.pid`,
    daemonizes,
    reloads: [],
  });
  const httpd = process('httpd', ['/usr/bin/busybox', 'httpd', '-f', '-p', '[::]:80', '-h', WWW], false);
  const dnsmasq = process(
    'dnsmasq',
    [
      'dnsmasq',
      '--no-hosts',
      '--no-resolv',
      '--pid-file=/run/neutron-lab/outside-dnsmasq.pid',
      '--conf-file=/dev/null',
      `--address=/#/${ANY_NAME}`,
      // Nothing is asked of anyone else: what is no IPv4 address does not exist, rather than being refused.
      '--local=/#/',
    ],
    true,
  );
  builder.add(
    withReason(httpd, resource, 'A web server that answers at every address of the internet.'),
    withReason(dnsmasq, resource, 'A name server that answers at every address, with one address for every name.'),
  );
}
