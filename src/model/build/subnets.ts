/** Subnets, with Neutron's defaults and checks (neutron/db/db_base_plugin_v2.py, neutron/db/ipam_backend_mixin.py). */
import { containsAddress, formatAddress, formatCidr, parseAddress, tryParseCidr, type Cidr } from '../addresses.js';
import { AddressBook, defaultGateway, defaultPools, formatPool } from '../allocation/pools.js';
import type { SubnetFile } from '../lab-file/schema.js';
import type { Entry } from '../lab-file/sections.js';
import { present } from '../lab-file/present.js';
import { show } from '../lab-file/text.js';
import { isAutoAddress } from '../rules/subnet-ipv6.js';
import type { BuildContext } from './context.js';
import type { NetworkDraft, SubnetDraft } from './drafts.js';
import { readPools } from './subnet-pools.js';
import { checkSubnet } from './subnet-checks.js';

/** Null when nothing can be said about it, which was reported then. */
export function buildSubnet(entry: Entry<SubnetFile>, network: NetworkDraft, build: BuildContext): SubnetDraft | null {
  const cidr = tryParseCidr(entry.file?.cidr ?? '');
  if (entry.file === null || cidr === null) return null;
  const { file, path } = entry;
  if (cidr.hostBits) {
    build.problems.error({
      path: [...path, 'cidr'],
      code: 'InvalidCidr',
      message: `${show(file.cidr)} has host bits set: it is an address in a network, not a network.`,
      remedy: `Write ${formatCidr(cidr)}.`,
      fixes: [{ change: 'replace', path: [...path, 'cidr'], value: formatCidr(cidr) }],
    });
  }
  const gateway = gatewayOf(file, cidr);
  const pools = readPools(file, cidr, gateway, path, build.problems) ?? defaultPools(cidr, inside(cidr, gateway));
  const mode = file.ipv6_address_mode ?? null;
  const subnet: SubnetDraft = {
    id: build.id(file.id, path, 'subnet', network.id, entry.name === '' ? formatCidr(cidr) : entry.name),
    label: entry.name,
    ref: show(entry.name === '' ? formatCidr(cidr) : entry.name),
    path,
    network,
    cidr,
    auto: isAutoAddress(mode, file.ipv6_ra_mode ?? null),
    book: new AddressBook(pools),
    resource: {
      id: '',
      name: file.name ?? entry.name,
      project_id: file.project_id ?? network.projectId,
      network_id: network.id,
      ip_version: cidr.version,
      cidr: formatCidr(cidr),
      gateway_ip: gateway,
      enable_dhcp: file.enable_dhcp ?? true,
      allocation_pools: pools.map((pool) => formatPool(pool, cidr.version)),
      dns_nameservers: present(file.dns_nameservers).map(([, address]) => formatAddress(parseAddress(address))),
      host_routes: present(file.host_routes).map(([, route]) => ({ ...route })),
      ipv6_ra_mode: file.ipv6_ra_mode ?? null,
      ipv6_address_mode: mode,
    },
  };
  checkSubnet(subnet, file, build.problems);
  return { ...subnet, resource: { ...subnet.resource, id: subnet.id } };
}

/** In its canonical form; what is of the other IP version is reported elsewhere and counts as none. */
function gatewayOf(file: SubnetFile, cidr: Cidr): string | null {
  if (file.gateway_ip === null) return null;
  if (file.gateway_ip === undefined) return formatAddress({ version: cidr.version, value: defaultGateway(cidr) });
  const given = parseAddress(file.gateway_ip);
  return given.version === cidr.version ? formatAddress(given) : null;
}

function inside(cidr: Cidr, gateway: string | null): bigint | null {
  return gateway !== null && containsAddress(cidr, gateway) ? parseAddress(gateway).value : null;
}
