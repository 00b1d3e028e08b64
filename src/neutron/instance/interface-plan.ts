/** How the interfaces of an instance get their addresses: by DHCP, by router advertisement, or as fixed settings. */
import type { LabIndex } from '../../model/lab-queries.js';
import type { Instance, Network, Port, Subnet } from '../../model/resources.js';

/** An address that nobody tells the instance, so it is set as cloud-init sets it from a config drive. */
export interface FixedAddress {
  readonly address: string;
  readonly subnet: Subnet;
}

export interface InstanceInterface {
  /** eth0, eth1, … */
  readonly device: string;
  readonly port: Port;
  readonly network: Network;
  /** What DHCP serves: it leases one of these. Empty without DHCP. */
  readonly leased: readonly FixedAddress[];
  readonly fixed: readonly FixedAddress[];
  /** What the kernel makes itself of a prefix that a router advertises. */
  readonly advertised: readonly FixedAddress[];
  /** The default routes that the fixed settings bring, by family; DHCP or a router advertisement comes before them. */
  readonly defaultGateways: readonly FixedAddress[];
}

export function interfacesOf(instance: Instance, index: LabIndex): readonly InstanceInterface[] {
  const plugged = instance.ports.flatMap((id) => index.ports.get(id) ?? []);
  const interfaces = plugged.flatMap((port, number): readonly Wired[] => {
    const network = index.networks.get(port.network_id);
    if (network === undefined) return [];
    const addresses = port.fixed_ips.flatMap(({ ip_address: address, subnet_id: id }): readonly FixedAddress[] => {
      const subnet = index.subnets.get(id);
      return subnet === undefined ? [] : [{ address, subnet }];
    });
    const leased = addresses.filter(({ subnet }) => isLeased(subnet, network, index));
    // A host that asks by DHCP gets one IPv4 address, however many its port has.
    const advertised = addresses.filter(({ subnet }) => isAdvertised(subnet));
    const fixed = addresses.filter(
      ({ subnet }) => !isAdvertised(subnet) && (leased.length === 0 || subnet.ip_version === 6),
    );
    const isTold = {
      4: leased.length > 0,
      6: addresses.some(({ subnet }) => subnet.ip_version === 6 && subnet.ipv6_ra_mode !== null),
    };
    return [{ device: `eth${number}`, port, network, leased, fixed, advertised, isTold }];
  });
  const gateways = defaultGateways(interfaces);
  return interfaces.map((each) => ({
    ...each,
    defaultGateways: each.fixed.filter((fixed) => gateways.has(fixed)),
  }));
}

function isLeased(subnet: Subnet, network: Network, index: LabIndex): boolean {
  const served = network.admin_state_up && (index.lab.network_dhcp_agents[network.id] ?? []).length > 0;
  return subnet.ip_version === 4 && subnet.enable_dhcp && served;
}

/** The kernel makes these addresses itself from the prefix that a router advertises (RFC 4862). */
function isAdvertised({ ip_version: version, ipv6_address_mode: mode }: Subnet): boolean {
  return version === 6 && (mode === 'slaac' || mode === 'dhcpv6-stateless');
}

/** An interface before it is known which of the fixed settings bring the default routes. */
interface Wired extends Omit<InstanceInterface, 'defaultGateways'> {
  /** DHCP, or a router advertisement, tells the default route of the family. */
  readonly isTold: { readonly 4: boolean; readonly 6: boolean };
}

/** At most one of each family, and none where the network tells the default route itself. */
function defaultGateways(interfaces: readonly Wired[]): ReadonlySet<FixedAddress> {
  const candidates = interfaces.flatMap(({ fixed }) => fixed).filter(({ subnet }) => subnet.gateway_ip !== null);
  const chosen = ([4, 6] as const).flatMap((family) => {
    if (interfaces.some(({ isTold }) => isTold[family])) return [];
    return candidates.find(({ subnet }) => subnet.ip_version === family) ?? [];
  });
  return new Set(chosen);
}
