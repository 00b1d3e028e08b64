/** What Neutron refuses about a subnet (neutron/db/db_base_plugin_v2.py, `_validate_subnet`), in its order. */
import { containsAddress, formatCidr, overlaps, parseAddress, parseCidr, type Cidr } from '../addresses.js';
import type { Violation } from '../errors.js';
import { violation } from '../neutron-errors.js';
import type { HostRoute, Ipv6Mode } from '../resources.js';
import { ipv6Violations } from './subnet-ipv6.js';

/** Neutron's options `max_dns_nameservers` and `max_subnet_host_routes`. */
const MAX_NAME_SERVERS = 5;
const MAX_HOST_ROUTES = 20;

export interface SubnetFacts {
  /** How the subnet is called in messages: its id, its name, or `new subnet`. */
  readonly ref: string;
  readonly cidr: Cidr;
  /** Only where the request says it. */
  readonly ipVersion?: number | undefined;
  /** Only where the request says it: Neutron does not look at the one that it chose. */
  readonly gateway?: string | null | undefined;
  readonly enableDhcp: boolean;
  /** False where an update leaves DHCP as it was. */
  readonly dhcpIsNew: boolean;
  readonly nameServers: readonly string[];
  /** With their places in the request's list. */
  readonly hostRoutes: readonly (readonly [index: number, route: HostRoute])[];
  readonly raMode: Ipv6Mode | null;
  readonly addressMode: Ipv6Mode | null;
}

export function* subnetViolations(facts: SubnetFacts): Generator<Violation> {
  const { cidr } = facts;
  if (facts.ipVersion !== undefined && facts.ipVersion !== cidr.version) {
    const remedy = `Write \`ip_version: ${cidr.version}\`.`;
    yield* versionViolation(facts.ipVersion, 'cidr', formatCidr(cidr), ['ip_version'], remedy);
  }
  if (facts.enableDhcp && facts.dhcpIsNew) yield* dhcpViolations(cidr);
  if (typeof facts.gateway === 'string') yield* gatewayViolations(facts.gateway, cidr);
  yield* listViolations(facts);
  yield* ipv6Violations(facts);
}

const UNUSABLE = [
  ['fe80::/10', 'link-local (RFC 4291): every interface has it already, and no router forwards it'],
  ['::ffff:0:0/96', 'IPv4-mapped (RFC 4291): it stands for IPv4 addresses within programs and is on no network'],
] as const;

/** "0 is not allowed as CIDR prefix length", and no overlap within a network (`_validate_subnet_cidr`). */
export function* cidrViolations(cidr: Cidr, networkRef: string, others: readonly Cidr[]): Generator<Violation> {
  const at = ['cidr'];
  if (cidr.prefixLength === 0) {
    yield violation('InvalidInput', { error_message: '0 is not allowed as CIDR prefix length' }, { at });
  }
  // Neutron's server takes these, and nothing of it works: no router forwards the one, no interface has the other.
  const meant = UNUSABLE.find(([range]) => within(cidr, range))?.[1];
  if (meant !== undefined) {
    const remedy = 'Take a unique local range, as fd00:10::/64.';
    yield violation('InvalidInput', { error_message: `${formatCidr(cidr)} is ${meant}` }, { at, remedy });
  }
  if (others.some((other) => overlaps(cidr, other))) yield overlapViolation(cidr, networkRef);
}

export function overlapViolation(cidr: Cidr, networkRef: string): Violation {
  const error_message = `Requested subnet with cidr: ${formatCidr(cidr)} for network: ${networkRef} overlaps with another subnet`;
  const remedy = 'Take a range of its own, or put the subnet into another network.';
  return violation('InvalidInput', { error_message }, { at: ['cidr'], remedy });
}

function* versionViolation(
  version: number,
  name: string,
  address: string,
  at: Violation['at'],
  remedy = `Write an IPv${version} one.`,
): Generator<Violation> {
  const error_message = `${name} '${address}' does not match the ip_version '${version}'`;
  yield violation('InvalidInput', { error_message }, { at, remedy });
}

function* dhcpViolations(cidr: Cidr): Generator<Violation> {
  const refuse = (error_message: string, remedy: string): Violation =>
    violation('InvalidInput', { error_message }, { at: ['cidr'], remedy });
  const range = 'Take a private range, as 192.168.10.0/24, or `enable_dhcp: false`.';
  const v4 = cidr.version === 4;
  if (cidr.prefixLength > (v4 ? 30 : 126)) {
    const remedy = 'Take a larger CIDR, or `enable_dhcp: false`.';
    yield refuse('Subnet has a prefix length that is incompatible with DHCP service enabled', remedy);
  } else if (within(cidr, v4 ? '224.0.0.0/4' : 'ff00::/8')) {
    yield refuse('Multicast IP subnet is not supported if enable_dhcp is True', range);
  } else if (within(cidr, v4 ? '127.0.0.0/8' : '::1/128')) {
    yield refuse('Loopback IP subnet is not supported if enable_dhcp is True', range);
  } else if (v4 && cidr.first === 0n) {
    yield refuse("First IP '0.0.0.0' of network is not supported if enable_dhcp is True.", range);
  }
}

function within(cidr: Cidr, range: string): boolean {
  const outer = parseCidr(range);
  return cidr.version === outer.version && cidr.first >= outer.first && cidr.last <= outer.last;
}

/** A gateway outside the CIDR is allowed. */
function* gatewayViolations(text: string, cidr: Cidr): Generator<Violation> {
  const at = ['gateway_ip'];
  const gateway = parseAddress(text);
  if (gateway.version !== cidr.version) {
    const remedy = `Give an IPv${cidr.version} address, or null for none.`;
    yield* versionViolation(cidr.version, 'gateway_ip', text, at, remedy);
    return;
  }
  const edge = gateway.value === cidr.first || gateway.value === cidr.last;
  if (cidr.version === 4 && cidr.prefixLength < 31 && containsAddress(cidr, gateway) && edge) {
    const remedy = 'It is the network or the broadcast address: take an address between the two.';
    yield violation('InvalidInput', { error_message: 'Gateway is not valid on subnet' }, { at, remedy });
  }
}

function* listViolations({ ref, cidr, nameServers, hostRoutes }: SubnetFacts): Generator<Violation> {
  if (nameServers.length > MAX_NAME_SERVERS) {
    const values = { subnet_id: ref, quota: MAX_NAME_SERVERS };
    yield violation('DNSNameServersExhausted', values, { at: ['dns_nameservers'] });
  }
  for (const [index, server] of nameServers.entries()) {
    if (parseAddress(server).version === cidr.version) continue;
    yield* versionViolation(cidr.version, 'dns_nameserver', server, ['dns_nameservers', index]);
  }
  if (hostRoutes.length > MAX_HOST_ROUTES) {
    yield violation('HostRoutesExhausted', { subnet_id: ref, quota: MAX_HOST_ROUTES }, { at: ['host_routes'] });
  }
  for (const [index, { destination, nexthop }] of hostRoutes) {
    const at = ['host_routes', index];
    if (parseAddress(nexthop).version !== cidr.version) {
      yield* versionViolation(cidr.version, 'nexthop', nexthop, at);
    } else if (parseCidr(destination).version !== cidr.version) {
      yield* versionViolation(cidr.version, 'destination', destination, at);
    }
  }
}
