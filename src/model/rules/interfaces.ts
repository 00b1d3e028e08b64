/** What Neutron refuses about a router's interface (neutron/db/l3_db.py, `add_router_interface`). */
import type { AttributePath, Violation } from '../errors.js';
import { violation } from '../neutron-errors.js';
import type { Ipv6Mode } from '../resources.js';
import { badRouter } from './routers.js';

/** `_validate_interface_info` */
export function* eitherSubnetOrPort(subnet: unknown, port: unknown): Generator<Violation> {
  const remedy = 'Name a subnet or a port.';
  if (subnet === undefined && port === undefined) {
    yield badRouter('Either subnet_id or port_id must be specified', remedy);
  } else if (subnet !== undefined && port !== undefined) {
    yield badRouter('Cannot specify both subnet-id and port-id', remedy);
  }
}

interface OfferedSubnet {
  readonly ref: string;
  readonly gateway: string | null;
  readonly raMode: Ipv6Mode | null;
  readonly addressMode: Ipv6Mode | null;
}

/** `_add_interface_by_subnet`, for an interface that takes the gateway's address. */
export function* subnetViolations(subnet: OfferedSubnet): Generator<Violation> {
  if (subnet.gateway === null) {
    yield badRouter('Subnet for router interface must have a gateway IP', 'Give the subnet a gateway_ip.');
  }
  if (subnet.raMode === null && subnet.addressMode !== null) {
    yield badRouter(
      `IPv6 subnet ${subnet.ref} configured to receive RAs from an external router cannot be added to Neutron Router.`,
      'Give the subnet `ipv6_ra_mode`, the same as its `ipv6_address_mode`.',
    );
  }
}

interface AttachedPort {
  readonly ref: string;
  readonly networkRef: string;
  /** Empty when nothing is attached. */
  readonly device: string;
}

export function* portInUse(port: AttachedPort, at: AttributePath = []): Generator<Violation> {
  if (port.device === '') return;
  const values = { port_id: port.ref, net_id: port.networkRef, device_id: port.device };
  yield violation('PortInUse', values, { at });
}

/** `_validate_router_port_info`: the addresses of a port that is to be an interface. */
export function* portAddressViolations(
  versions: readonly (4 | 6)[],
  ipv6Port: { readonly ref: string; readonly networkRef: string } | null,
): Generator<Violation> {
  if (versions.length === 0) {
    yield badRouter('Router port must have at least one fixed IP', 'Give the port an address.');
  }
  if (versions.includes(6) && ipv6Port !== null) {
    yield badRouter(
      `Cannot have multiple router ports with the same network id if both contain IPv6 subnets. Existing port ${ipv6Port.ref} has IPv6 subnet(s) and network id ${ipv6Port.networkRef}`,
      'Add the subnet by itself: it joins the port that is there.',
    );
  }
}

export function* severalIpv4(versions: readonly (4 | 6)[]): Generator<Violation> {
  if (versions.filter((version) => version === 4).length > 1) {
    yield badRouter('Cannot have multiple IPv4 subnets on router port', 'Give the port one IPv4 address.');
  }
}
