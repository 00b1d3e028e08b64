/** Fixed IPs that the file asks for (`_test_fixed_ips_for_port` in neutron/db/ipam_pluggable_backend.py). */
import { containsAddress, eui64, parseAddress, type Address } from '../addresses.js';
import type { Path } from '../lab-file/problems.js';
import type { FixedIpFile } from '../lab-file/schema.js';
import { enumerate, show } from '../lab-file/text.js';
import * as rules from '../rules/addresses.js';
import type { BuildContext } from './context.js';
import type { NetworkDraft, SubnetDraft, WantedIp } from './drafts.js';

/** Whose address it is going to be. */
export interface Use {
  /** The interface of a router, which may have the anycast address and any address of a SLAAC subnet. */
  readonly router?: boolean;
  /** The MAC of the port, from which its address in a SLAAC subnet follows. */
  readonly mac?: string | undefined;
  /** Who asks for an address of an external network. */
  readonly resourceKind?: 'router' | 'floatingip';
}

/** What is wrong is reported and left out. */
export function readFixedIps(
  files: readonly FixedIpFile[] | undefined,
  network: NetworkDraft,
  path: Path,
  build: BuildContext,
  use: Use = {},
): WantedIp[] | null {
  if (files === undefined) return null;
  return files.flatMap((file, index) => {
    const at = [...path, index];
    const address = file.ip_address === undefined ? null : parseAddress(file.ip_address);
    const subnet = subnetOf(file, address, network, at, build);
    if (subnet === null) return [];
    if (address !== null && !isUsable(subnet, address, [...at, 'ip_address'], build, use)) return [];
    return [{ subnet, address: address?.value ?? null, path: address === null ? at : [...at, 'ip_address'] }];
  });
}

/** One address without a subnet: the subnet of the network that holds it. */
export function subnetHolding(
  network: NetworkDraft,
  address: Address,
  path: Path,
  build: BuildContext,
): SubnetDraft | null {
  const found = rules.subnetHolding(network.subnets, address, '', []);
  if (!('status' in found)) return found;
  // An address at the edge of a subnet is told as such.
  const near = network.subnets.find(({ cidr }) => containsAddress(cidr, address));
  if (near !== undefined) return near;
  build.problems.refuseAt(path, found);
  return null;
}

/** Whether a port may have the address; reports why not. */
export function isUsable(
  subnet: SubnetDraft,
  address: Address,
  path: Path,
  build: BuildContext,
  { router = false, mac, resourceKind = 'router' }: Use = {},
): boolean {
  const { cidr, network, resource } = subnet;
  const own = mac !== undefined && cidr.version === 6 && parseAddress(eui64(cidr, mac)).value === address.value;
  const owner = router ? 'network:router_interface' : 'compute:nova';
  const external = network.file['router:external'] === true;
  const violations = [
    ...rules.addressViolations(own ? { ...subnet, auto: false } : subnet, address, owner, []),
    // Neutron looks at gateways and floating IPs only, not at an interface on the external network.
    ...(external && !router ? rules.externalGatewayViolations(resourceKind, [resource.gateway_ip], address, []) : []),
  ];
  build.problems.refuse(path, violations.slice(0, 1));
  return violations.length === 0;
}

function subnetOf(
  file: FixedIpFile,
  address: Address | null,
  network: NetworkDraft,
  path: Path,
  build: BuildContext,
): SubnetDraft | null {
  const key = file.subnet === undefined ? 'subnet_id' : 'subnet';
  const name = file.subnet ?? file.subnet_id;
  if (name !== undefined) {
    const own = network.subnets.find(({ label }) => label === name);
    if (own !== undefined) build.places.refer([...path, key], 'subnet', own.id);
    const subnet = own ?? build.subnets.resolve(name, [...path, key], build.problems);
    if (subnet === null || subnet.network === network) return subnet;
    const remedy = `Take one of the network: ${enumerate(network.subnets.map(({ label }) => label)) || 'it has none'}.`;
    build.problems.refuseAt([...path, key], rules.foreignSubnet(network.ref, show(name), [], remedy));
    return null;
  }
  if (address !== null) return subnetHolding(network, address, [...path, 'ip_address'], build);
  build.problems.refuseAt(path, rules.neitherSubnetNorAddress([]));
  return null;
}
