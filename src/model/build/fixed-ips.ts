/** Fixed IPs that the file asks for (`_test_fixed_ips_for_port` in neutron/db/ipam_pluggable_backend.py). */
import { containsAddress, eui64, formatCidr, parseAddress, type Address } from '../addresses.js';
import type { Path } from '../lab-file/problems.js';
import type { FixedIpFile } from '../lab-file/schema.js';
import { enumerate, show } from '../lab-file/text.js';
import type { BuildContext } from './context.js';
import type { NetworkDraft, SubnetDraft, WantedIp } from './drafts.js';

/** Whose address it is going to be. */
export interface Use {
  /** The interface of a router, which may have the anycast address and any address of a SLAAC subnet. */
  readonly router?: boolean;
  /** The MAC of the port, from which its address in a SLAAC subnet follows. */
  readonly mac?: string | undefined;
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
  const subnet = network.subnets.find(({ cidr }) => containsAddress(cidr, address));
  if (subnet !== undefined) return subnet;
  build.problems.error({
    path,
    code: 'InvalidIpForNetwork',
    message: `The address is not a valid IP for any of the subnets of the network '${network.name}'.`,
    remedy:
      network.subnets.length === 0
        ? 'The network has no subnet.'
        : `Take one of ${enumerate(network.subnets.map(({ cidr }) => formatCidr(cidr)))}.`,
  });
  return null;
}

/** Whether a port may have the address; reports why not. */
export function isUsable(
  subnet: SubnetDraft,
  address: Address,
  path: Path,
  build: BuildContext,
  { router = false, mac }: Use = {},
): boolean {
  const { cidr } = subnet;
  const report = (code: string, message: string, remedy: string): false => {
    build.problems.error({ path, code, message, remedy });
    return false;
  };
  const edge =
    cidr.version === 4 && cidr.prefixLength < 31 && (address.value === cidr.first || address.value === cidr.last);
  const anycast = cidr.version === 6 && cidr.prefixLength < 127 && address.value === cidr.first && !router;
  if (!containsAddress(cidr, address) || edge || anycast) {
    const what = edge
      ? 'is the network or the broadcast address'
      : anycast
        ? "is the routers' anycast address"
        : 'is not a valid IP';
    return report(
      'InvalidIpForSubnet',
      `The address ${what} for the subnet ${formatCidr(cidr)}.`,
      'Take another address of the subnet, or leave it out.',
    );
  }
  const own = mac !== undefined && cidr.version === 6 && parseAddress(eui64(cidr, mac)).value === address.value;
  if (subnet.auto && !router && !own) {
    return report(
      'AllocationOnAutoAddressSubnet',
      'Hosts make their addresses in this subnet themselves, from their MAC.',
      'Leave the address out.',
    );
  }
  if (subnet.network.file['router:external'] === true && isGateway(subnet, address)) {
    return report(
      'BadRequest',
      "The address is that of the external network's gateway.",
      'Take another one, or leave it out.',
    );
  }
  return true;
}

function isGateway(subnet: SubnetDraft, address: Address): boolean {
  const gateway = subnet.resource.gateway_ip;
  return gateway !== null && parseAddress(gateway).value === address.value;
}

function subnetOf(
  file: FixedIpFile,
  address: Address | null,
  network: NetworkDraft,
  path: Path,
  build: BuildContext,
): SubnetDraft | null {
  if (file.subnet !== undefined) {
    const own = network.subnets.find(({ label }) => label === file.subnet);
    const subnet = own ?? build.subnets.resolve(file.subnet, [...path, 'subnet'], build.problems);
    if (subnet === null || subnet.network === network) return subnet;
    build.problems.error({
      path: [...path, 'subnet'],
      code: 'InvalidInput',
      message: `The subnet ${show(file.subnet)} is not one of the network '${network.name}'.`,
      remedy: `Take one of the network: ${enumerate(network.subnets.map(({ resource }) => resource.name)) || 'it has none'}.`,
    });
    return null;
  }
  if (address !== null) return subnetHolding(network, address, [...path, 'ip_address'], build);
  build.problems.error({
    path,
    code: 'InvalidInput',
    message: 'A fixed IP needs a subnet or an address.',
    remedy: 'Write `{ subnet: … }` or `{ ip_address: … }`.',
  });
  return null;
}
