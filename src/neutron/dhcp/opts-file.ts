/** The file behind `--dhcp-optsfile` (neutron/agent/linux/dhcp.py, `_output_opts_file`). */
import { ipVersion } from '../../model/addresses.js';
import type { Port, Subnet } from '../../model/resources.js';
import { isClientId, portTag, subnetTag, type ServedNetwork } from './served-network.js';

const METADATA = '169.254.169.254/32';
const ANY = '0.0.0.0/0';
/** Microsoft's number for the option that RFC 3442 calls 121. */
const CLASSLESS_ROUTES_MICROSOFT = '249';
const ROUTER_INTERFACES: ReadonlySet<string> = new Set([
  'network:router_interface',
  'network:ha_router_replicated_interface',
]);

/** No newline at the end, as in Neutron. */
export function optsFile(served: ServedNetwork): string {
  const routed = routedSubnets(served);
  const ofSubnets = served.subnets.flatMap((subnet) => subnetOptions(subnet, served, routed.has(subnet.id)));
  const ofPorts = served.ports.flatMap((port) => portOptions(port, served));
  return [...ofSubnets, ...ofPorts, ...severalServers(served)].join('\n');
}

/** Subnets whose gateway is a router of Neutron; the others are isolated (`get_isolated_subnets`). */
function routedSubnets({ ports, subnetsById }: ServedNetwork): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const port of ports) {
    if (!ROUTER_INTERFACES.has(port.device_owner)) continue;
    for (const ip of port.fixed_ips) {
      if (subnetsById.get(ip.subnet_id)?.gateway_ip === ip.ip_address) ids.add(ip.subnet_id);
    }
  }
  return ids;
}

function subnetOptions(subnet: Subnet, served: ServedNetwork, isRouted: boolean): readonly string[] {
  const version = subnet.ip_version;
  if (!subnet.enable_dhcp || (version === 6 && subnet.ipv6_address_mode === 'slaac')) return [];
  const tag = subnetTag(served, subnet.id);
  const options = [...dnsServer(subnet, tag)];
  if (version === 6) {
    const { dns_domain: domain } = served.config;
    return domain === '' ? options : [...options, option(6, tag, 'domain-search', domain)];
  }
  const viaRoute = subnet.host_routes.find(({ destination }) => destination === ANY)?.nexthop;
  const gateway = subnet.gateway_ip ?? viaRoute;
  const routes = classlessRoutes(subnet, served, gateway, isRouted);
  if (routes.length > 0) {
    options.push(option(4, tag, 'classless-static-route', routes.join(',')));
    options.push(option(4, tag, CLASSLESS_ROUTES_MICROSOFT, routes.join(',')));
  }
  // Without a value the option is kept back: the clients get no router.
  options.push(gateway === undefined ? option(4, tag, 'router') : option(4, tag, 'router', gateway));
  return options;
}

/** 0.0.0.0 or :: as the only name server: announce none. */
function dnsServer({ ip_version: version, dns_nameservers: servers }: Subnet, tag: string): readonly string[] {
  if (servers.length === 0) return [];
  const none = servers.length === 1 && servers[0] === (version === 4 ? '0.0.0.0' : '::');
  return [none ? option(version, tag, 'dns-server') : option(version, tag, 'dns-server', literal(servers))];
}

/** RFC 3442: who gets option 121 ignores option 3, so that the default route is told in it once more. */
function classlessRoutes(
  subnet: Subnet,
  { subnets, habits }: ServedNetwork,
  gateway: string | undefined,
  isRouted: boolean,
): readonly string[] {
  const onLink = subnets
    .filter(({ ip_version: version, cidr }) => version === 4 && cidr !== subnet.cidr)
    .map(({ cidr }) => `${cidr},0.0.0.0`);
  const hostRoutes = subnet.host_routes
    .filter(({ destination }) => destination !== ANY)
    .map(({ destination, nexthop }) => `${destination},${nexthop}`);
  const metadata = isRouted && gateway !== undefined ? [`${METADATA},${gateway}`] : [];
  const others = [...hostRoutes, ...metadata];
  // Each subnet is put in front of all that is there already.
  const routes = habits.onLinkRoutesFirst ? [...onLink.reverse(), ...others] : [...others, ...onLink];
  return routes.length > 0 && gateway !== undefined ? [...routes, `${ANY},${gateway}`] : routes;
}

/** Options of a family that the port has no address of are left out. */
function portOptions(port: Port, served: ServedNetwork): readonly string[] {
  const tag = portTag(served, port.id);
  const versions = new Set(port.fixed_ips.map((ip) => ipVersion(ip.ip_address)));
  return port.extra_dhcp_opts
    .filter(({ opt_name: name, ip_version: version }) => !isClientId(name) && versions.has(version))
    .map(({ opt_name: name, opt_value: value, ip_version: version }) =>
      formatOption(version, tag, name, [value], version === 4 || !served.habits.option6ForNumbers),
    );
}

/** dnsmasq announces itself; where several serve a subnet without name servers, all of them are announced. */
function severalServers(served: ServedNetwork): readonly string[] {
  const { subnetsById, ports } = served;
  const servers = new Map<string, string[]>();
  for (const port of ports) {
    if (port.device_owner !== 'network:dhcp') continue;
    for (const ip of port.fixed_ips) {
      servers.set(ip.subnet_id, [...(servers.get(ip.subnet_id) ?? []), ip.ip_address]);
    }
  }
  // In the order in which the servers name the subnets.
  return [...servers].flatMap(([id, addresses]) => {
    const subnet = subnetsById.get(id);
    if (subnet === undefined || addresses.length < 2) return [];
    const { ip_version: version, dns_nameservers: own } = subnet;
    const announced = subnet.enable_dhcp && subnet.ipv6_address_mode !== 'slaac' && own.length === 0;
    return announced ? [option(version, subnetTag(served, id), 'dns-server', literal(addresses))] : [];
  });
}

function literal(addresses: readonly string[]): string {
  return addresses.map((address) => (ipVersion(address) === 6 ? `[${address}]` : address)).join(',');
}

function option(version: 4 | 6, tag: string, name: string, ...values: readonly string[]): string {
  return formatOption(version, tag, name, values, version === 4);
}

/** `_format_option`: a tag may stand in front of the name. */
function formatOption(
  version: 4 | 6,
  tag: string,
  name: string,
  values: readonly string[],
  bareNumbers: boolean,
): string {
  const [, extra, plain = name] = /^(?:(tag:.*),)?(.*)$/.exec(name) ?? [];
  const numbered = bareNumbers && /^\d+$/.test(plain);
  const full = numbered ? plain : `${version === 4 ? 'option' : 'option6'}:${plain}`;
  return [`tag:${tag}`, ...(extra === undefined ? [] : [extra]), full, ...values].join(',');
}
