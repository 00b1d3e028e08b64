/** What Neutron's server refuses about a subnet (`_validate_subnet`), and what it lets pass to a person's surprise. */
import { containsAddress, formatCidr, overlaps, parseAddress, parseCidr, tryParseCidr } from '../addresses.js';
import type { Complaint, ProblemList } from '../lab-file/problems.js';
import { present } from '../lab-file/present.js';
import type { SubnetFile } from '../lab-file/schema.js';
import type { SubnetDraft } from './drafts.js';

/** Neutron's options `max_dns_nameservers` and `max_subnet_host_routes`. */
const MAX_NAME_SERVERS = 5;
const MAX_HOST_ROUTES = 20;

export function checkSubnet(subnet: SubnetDraft, file: SubnetFile, problems: ProblemList): void {
  const report = (attribute: string, message: string, remedy: string, code = 'InvalidInput'): void => {
    problems.error(complaint(subnet, attribute, message, remedy, code));
  };
  const { cidr } = subnet;
  const text = formatCidr(cidr);
  if (file.ip_version !== undefined && file.ip_version !== cidr.version) {
    report(
      'ip_version',
      `The CIDR ${text} is IPv${String(cidr.version)}, ip_version says ${String(file.ip_version)}.`,
      'Leave `ip_version` out; the CIDR tells it.',
    );
  }
  checkDhcp(subnet, report);
  checkGateway(subnet, file, problems);
  checkIpv6(subnet, file, report);
  if ((file.dns_nameservers ?? []).length > MAX_NAME_SERVERS) {
    report(
      'dns_nameservers',
      `Unable to complete operation: the number of DNS nameservers exceeds the limit ${String(MAX_NAME_SERVERS)}.`,
      'Keep the nearest ones.',
      'DNSNameServersExhausted',
    );
  }
  if ((file.host_routes ?? []).length > MAX_HOST_ROUTES) {
    report(
      'host_routes',
      `Unable to complete operation: the number of host routes exceeds the limit ${String(MAX_HOST_ROUTES)}.`,
      'Put routes together to larger CIDRs.',
      'HostRoutesExhausted',
    );
  }
  const servers = (file.dns_nameservers ?? []).map((server) => parseAddress(server));
  if (new Set(servers.map(({ version, value }) => `${String(version)} ${String(value)}`)).size < servers.length) {
    report('dns_nameservers', 'A name server stands in the list twice.', 'Write each one once.', 'HTTPBadRequest');
  }
  for (const [index, route] of present(file.host_routes)) {
    const destination = tryParseCidr(route.destination);
    if (destination?.version !== cidr.version || parseAddress(route.nexthop).version !== cidr.version) {
      problems.error({
        path: [...subnet.path, 'host_routes', index],
        code: 'InvalidInput',
        message: `The host route to ${route.destination} is not of the subnet's IP version.`,
        remedy: `Write destination and nexthop as IPv${String(cidr.version)}.`,
      });
    }
  }
}

type Report = (attribute: string, message: string, remedy: string, code?: string) => void;

function checkDhcp(subnet: SubnetDraft, report: Report): void {
  const { cidr, resource } = subnet;
  if (!resource.enable_dhcp) {
    if (resource.ipv6_ra_mode !== null || resource.ipv6_address_mode !== null) {
      report(
        'enable_dhcp',
        'ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False.',
        'Leave `enable_dhcp` out, or the two modes.',
      );
    }
    return;
  }
  const bits = cidr.version === 4 ? 32 : 128;
  const remedy = 'Take a larger CIDR, or `enable_dhcp: false`.';
  if (cidr.prefixLength >= bits - 1) {
    report('cidr', 'Subnet has a prefix length that is incompatible with DHCP service enabled.', remedy);
  } else if (cidr.version === 4 && cidr.first >> 24n === 0n) {
    report(
      'cidr',
      `The first address of ${formatCidr(cidr)} is not supported if enable_dhcp is true.`,
      'Take a private range, as 192.168.10.0/24.',
    );
  } else if (overlaps(cidr, parseCidr(cidr.version === 4 ? '127.0.0.0/8' : '::1/128'))) {
    report(
      'cidr',
      'Loopback IP subnet is not supported if enable_dhcp is True.',
      'Take a private range, as 192.168.10.0/24.',
    );
  } else if (overlaps(cidr, parseCidr(cidr.version === 4 ? '224.0.0.0/4' : 'ff00::/8'))) {
    report(
      'cidr',
      'Multicast IP subnet is not supported if enable_dhcp is True.',
      'Take a private range, as 192.168.10.0/24.',
    );
  }
}

function checkGateway(subnet: SubnetDraft, file: SubnetFile, problems: ProblemList): void {
  if (typeof file.gateway_ip !== 'string') return;
  const { cidr } = subnet;
  const gateway = parseAddress(file.gateway_ip);
  const bits = cidr.version === 4 ? 32 : 128;
  if (gateway.version !== cidr.version) {
    problems.error(
      complaint(
        subnet,
        'gateway_ip',
        `The gateway is IPv${String(gateway.version)}, the CIDR IPv${String(cidr.version)}.`,
        `Give an IPv${String(cidr.version)} address, or null for none.`,
      ),
    );
  } else if (!containsAddress(cidr, gateway)) {
    problems.warning(
      complaint(
        subnet,
        'gateway_ip',
        `The gateway ${file.gateway_ip} is outside the CIDR ${formatCidr(cidr)}.`,
        'Neutron allows it and adds a route to it; a router interface then needs an `ip_address`. Take an address of the CIDR if this is not meant.',
        'GatewayOutsideCidr',
      ),
    );
  } else if (
    cidr.version === 4 &&
    cidr.prefixLength < bits - 1 &&
    (gateway.value === cidr.first || gateway.value === cidr.last)
  ) {
    problems.error(
      complaint(
        subnet,
        'gateway_ip',
        'Gateway is not valid on subnet: it is the network or the broadcast address.',
        'Take an address between the two.',
      ),
    );
  }
}

function checkIpv6(subnet: SubnetDraft, file: SubnetFile, report: Report): void {
  const { ipv6_ra_mode: ra = null, ipv6_address_mode: mode = null } = file;
  const attribute = mode === null ? 'ipv6_ra_mode' : 'ipv6_address_mode';
  if (ra === null && mode === null) return;
  if (subnet.cidr.version === 4) {
    report(attribute, `'${attribute}' is for IPv6 subnets.`, 'Leave it out.');
  } else if (ra !== null && mode !== null && ra !== mode) {
    report(
      attribute,
      `ipv6_ra_mode '${ra}' and ipv6_address_mode '${mode}' differ.`,
      'If both are set, they must be the same.',
    );
  } else if (subnet.auto && subnet.cidr.prefixLength !== 64) {
    report(
      'cidr',
      `Invalid CIDR ${formatCidr(subnet.cidr)} for IPv6 address mode: addresses made from MACs (EUI-64) need a /64.`,
      'Take a /64.',
    );
  }
}

function complaint(
  subnet: SubnetDraft,
  attribute: string,
  message: string,
  remedy: string,
  code = 'InvalidInput',
): Complaint {
  return { path: [...subnet.path, attribute], code, message, remedy };
}
