/** Ports of instances, of `ports`, and those of routers that have more to say than their subnet. */
import type { LabIndex } from '../../lab-queries.js';
import type { FixedIp, Port } from '../../resources.js';
import type { DeclaredNetworks } from './networks.js';
import { declaredMac, isAutoAddressed } from './defaults.js';
import { LabelMaker, NameMaker } from './labels.js';
import type { DeclaredAddress, DeclaredGroup, DeclaredPort } from '../topology.js';

export class PortDeclarer {
  readonly #labels = new LabelMaker('port');
  readonly #names: NameMaker;
  readonly #ports = new Map<string, DeclaredPort>();

  constructor(
    private readonly index: LabIndex,
    private readonly declared: DeclaredNetworks,
    private readonly groups: ReadonlyMap<string, DeclaredGroup>,
  ) {
    this.#names = new NameMaker(index.lab.ports.map(({ name }) => name));
  }

  /** In the order in which they were declared. */
  get all(): readonly DeclaredPort[] {
    return [...this.#ports.values()];
  }

  get(id: string): DeclaredPort | null {
    return this.#ports.get(id) ?? null;
  }

  /** @param user The instance or router that it belongs to, for its name where it has none. Null: its network is not told. */
  declare(port: Port, user: string | null): DeclaredPort | null {
    const network = this.declared.networks.get(port.network_id);
    if (network === undefined) return null;
    const name =
      port.name === '' ? this.#names.invent(user === null ? network.name : `${user}-${network.name}`) : port.name;
    const addresses = this.#addresses(port);
    const byMac = port.fixed_ips.some((ip) => this.#isAuto(ip));
    const declared: DeclaredPort = {
      name,
      label: this.#labels.make(name),
      network,
      addresses,
      noAddress: port.fixed_ips.length === 0 && this.index.subnetsOfNetwork(port.network_id).length > 0,
      mac: byMac ? port.mac_address : declaredMac(port),
      adminStateUp: port.admin_state_up,
      groups: port.security_groups.flatMap((id) => this.groups.get(id) ?? []),
      portSecurity: port.port_security_enabled === network.portSecurity ? null : port.port_security_enabled,
      pairs: port.allowed_address_pairs.map(({ ip_address: address, mac_address: mac }) => ({
        ip_address: address,
        mac: mac === port.mac_address ? null : mac,
      })),
      dhcpOptions: port.extra_dhcp_opts,
      remarks: [
        ...(byMac ? ['Its IPv6 address follows from its MAC.'] : []),
        ...(network.existing && port.fixed_ips.length > 0
          ? [`In the lab it has ${port.fixed_ips.map((ip) => ip.ip_address).join(', ')}; here the cloud chooses.`]
          : []),
      ],
    };
    this.#ports.set(port.id, declared);
    return declared;
  }

  addressesOf(ips: readonly FixedIp[]): DeclaredAddress[] {
    return ips.flatMap(({ subnet_id: id, ip_address: address }) => {
      const subnet = this.declared.subnets.get(id);
      return subnet === undefined ? [] : [{ subnet, address }];
    });
  }

  /** Where it has ordinary addresses, those that follow from its MAC come by themselves. */
  #addresses(port: Port): DeclaredAddress[] {
    const ordinary = port.fixed_ips.filter((ip) => !this.#isAuto(ip));
    if (ordinary.length > 0) return this.addressesOf(ordinary);
    return this.addressesOf(port.fixed_ips).map(({ subnet }) => ({ subnet, address: null }));
  }

  #isAuto({ subnet_id: id }: FixedIp): boolean {
    const subnet = this.index.subnets.get(id);
    return subnet !== undefined && isAutoAddressed(subnet);
  }
}
