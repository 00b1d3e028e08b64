/** The search for all that goes with something. */
import { containsAddress, tryParseAddress } from '../../addresses.js';
import type { FloatingIp, Port, Subnet } from '../../resources.js';
import type { Reference } from '../places.js';
import type { Path } from '../problems.js';
import { isMap } from '../sections.js';
import { Collected } from './collected.js';
import type { DeclaredKind } from './edits.js';
import { listOf, valueOf } from './open.js';
import { labelOf, subnetPaths, type Found } from './targets.js';

export class Search extends Collected {
  resource({ kind, id, path }: Found): void {
    if (!this.take(path) || id === null || kind === 'lab') return;
    const { places } = this.file.analysis;
    if (kind === 'network') this.subnetsOf(path);
    for (const reference of places.references(kind, id)) this.follow(reference);
    if (kind === 'subnet') this.addressesOf(id);
    if (kind === 'router') this.router(path, id);
  }

  /** Its interfaces go with it, and still Neutron refuses while it has one. */
  private router(path: Path, id: string): void {
    const { places } = this.file.analysis;
    for (const index of listOf(this.file, [...path, 'interfaces']).keys()) {
      const at = [...path, 'interfaces', index];
      const [subnet] = this.portAt(at)?.fixed_ips ?? [];
      const name = subnet === undefined ? null : labelOf(this.file, 'subnet', subnet.subnet_id);
      const meaning = places.meaning(at);
      this.note(
        'subnet',
        name ?? (meaning === null ? String(index) : (labelOf(this.file, 'subnet', meaning.id) ?? '')),
        'interface',
        'removed',
        true,
      );
    }
    this.associationsOf((fip) => fip.router_id === id, true);
  }

  /** @param path Of the item of `interfaces`. */
  interface(path: Path): void {
    if (!this.take(path)) return;
    const port = this.portAt(path);
    const routerPath = path.slice(0, 2);
    const routerId = this.file.analysis.places.idAt('router', routerPath);
    for (const { subnet_id: subnetId } of port?.fixed_ips ?? [])
      this.needing(routerPath, routerId, this.subnet(subnetId));
  }

  /** @param path Of the router. */
  gateway(path: Path): void {
    if (!this.take([...path, 'external_gateway_info'])) return;
    const id = this.file.analysis.places.idAt('router', path);
    this.associationsOf((fip) => fip.router_id === id, true);
  }

  /** @param path Of the item of `networks`. */
  attachment(path: Path): void {
    if (!this.take(path)) return;
    const port = this.portAt(path);
    // A port of `ports` is only unplugged.
    const item = valueOf(this.file, path);
    if (port === null || (isMap(item) && item.port !== undefined)) return;
    this.associationsOf((fip) => fip.port_id === port.id, false);
  }

  /** Routes and floating IPs that lead through an interface of a router. */
  private needing(routerPath: Path, routerId: string | null, subnet: Subnet | null): void {
    if (subnet === null) return;
    for (const [index, route] of listOf(this.file, [...routerPath, 'routes']).entries()) {
      const nexthop = isMap(route) && typeof route.nexthop === 'string' ? route.nexthop : '';
      if (tryParseAddress(nexthop) === null || !containsAddress(subnet.cidr, nexthop)) continue;
      if (this.take([...routerPath, 'routes', index])) this.add('router', routerPath, 'route', 'removed', true);
    }
    this.associationsOf(
      (fip) =>
        fip.router_id === routerId &&
        fip.fixed_ip_address !== null &&
        containsAddress(subnet.cidr, fip.fixed_ip_address),
      true,
    );
  }

  private follow(reference: Reference): void {
    const { path, kind } = reference;
    const [section, , attribute] = path;
    const owner = path.slice(0, 2);
    if (this.covered(path)) return;
    switch (String(section)) {
      case 'routers':
        this.followRouter(path, owner);
        return;
      case 'networks':
      case 'ha_networks':
        if (attribute === 'dhcp_ports' && kind === 'subnet') this.take(path.slice(0, 6));
        else if (this.take(path.slice(0, 4))) this.add('network', owner, 'agent', 'rescheduled', true);
        return;
      case 'ports':
        if (attribute === 'network') {
          this.add('port', owner, 'port', 'deleted', true);
          this.go('port', owner);
        } else if (this.take(path.slice(0, 4))) {
          const relation = attribute === 'security_groups' ? 'security_group' : 'fixed_ip';
          this.add('port', owner, relation, 'removed', true);
        }
        return;
      case 'instances':
        this.followInstance(path, owner, kind);
        return;
      case 'floating_ips':
        if (attribute === 'network') {
          this.add('floatingip', owner, 'floatingip', 'deleted', true);
          this.go('floatingip', owner);
        } else this.disassociate(owner, kind === 'router');
        return;
      case 'security_groups':
        if (this.take(path.slice(0, 4))) this.add('security_group', owner, 'remote_group', 'removed', false);
        return;
    }
  }

  private followRouter(path: Path, owner: Path): void {
    const attribute = path[2];
    if (attribute === 'interfaces') {
      this.add('router', owner, 'interface', 'removed', true);
      // One of several addresses of an interface.
      if (path[4] === 'fixed_ips' && listOf(this.file, path.slice(0, 5)).length > 1) this.take(path.slice(0, 6));
      else this.interface(path.slice(0, 4));
    } else if (attribute === 'external_gateway_info') {
      if (path[3] === 'external_fixed_ips') {
        if (this.take(path.slice(0, 5))) this.add('router', owner, 'fixed_ip', 'removed', true);
        return;
      }
      this.add('router', owner, 'gateway', 'removed', true);
      this.gateway(owner);
    } else if (this.take(path.slice(0, 4))) this.add('router', owner, 'agent', 'rescheduled', true);
  }

  private followInstance(path: Path, owner: Path, kind: Reference['kind']): void {
    switch (path[2]) {
      case 'networks':
        this.add('instance', owner, 'attachment', 'removed', kind !== 'port');
        this.attachment(path.slice(0, 4));
        return;
      case 'node':
        if (this.take(path)) this.add('instance', owner, 'placement', 'rescheduled', true);
        return;
      default:
        if (this.take(path)) this.add('instance', owner, 'security_group', 'removed', true);
    }
  }

  /** Addresses that Neutron gave out of a subnet, although the file does not name it. */
  private addressesOf(subnetId: string): void {
    const subnet = this.subnet(subnetId);
    const { built, places } = this.file.analysis;
    if (subnet === null || built === null) return;
    for (const port of built.ports) {
      const path = places.of('port', port.id);
      if (path === null || !port.fixed_ips.some((ip) => ip.subnet_id === subnetId)) continue;
      if (port.device_owner === 'network:router_gateway') this.gatewayAddress(port, path.slice(0, 2), subnet);
      if (port.device_owner === 'network:floatingip') this.floatingAddress(path.slice(0, 2), subnet);
      if (port.device_owner === 'compute:nova' || port.device_owner === '') this.hostAddress(port, path, subnet);
    }
  }

  private gatewayAddress(port: Port, router: Path, subnet: Subnet): void {
    if (this.covered([...router, 'external_gateway_info'])) return;
    const explicit = [...router, 'external_gateway_info', 'external_fixed_ips'];
    this.takeHeld(explicit, subnet);
    // Elsewhere on the network it gets another address.
    const alone = port.fixed_ips.length < 2 && !this.hasOther(subnet);
    this.add('router', router, alone ? 'gateway' : 'fixed_ip', 'removed', true);
    if (alone) this.gateway(router);
  }

  private floatingAddress(path: Path, subnet: Subnet): void {
    if (this.covered(path)) return;
    const moves = this.hasOther(subnet) && !holds(subnet, valueOf(this.file, [...path, 'floating_ip_address']));
    this.add('floatingip', path, moves ? 'fixed_ip' : 'floatingip', moves ? 'removed' : 'deleted', true);
    if (!moves) this.go('floatingip', path);
  }

  /** The network has another subnet of the IP version. */
  private hasOther({ id, network_id: network, ip_version: version }: Subnet): boolean {
    const all = this.file.analysis.built?.subnets ?? [];
    return all.some((one) => one.id !== id && one.network_id === network && one.ip_version === version);
  }

  /** Addresses of a list that lie in the subnet. */
  private takeHeld(path: Path, subnet: Subnet): void {
    for (const [index, ip] of listOf(this.file, path).entries()) {
      if (holds(subnet, isMap(ip) ? ip.ip_address : null)) this.take([...path, index]);
    }
  }

  /** The host loses the address and stays on the network. */
  private hostAddress(port: Port, path: Path, subnet: Subnet): void {
    const kind = path[0] === 'ports' ? 'port' : 'instance';
    if (this.covered(path.slice(0, 2))) return;
    const fixed = [...path, 'fixed_ip'];
    if (kind === 'instance' && holds(subnet, valueOf(this.file, fixed))) this.take(fixed);
    if (kind === 'port') this.takeHeld([...path, 'fixed_ips'], subnet);
    // Addresses that hosts make themselves do not hold a subnet (`_subnet_check_ip_allocations` in db_base_plugin_v2.py).
    const auto = ['slaac', 'dhcpv6-stateless'].includes(subnet.ipv6_address_mode ?? '');
    this.add(kind, path.slice(0, 2), 'fixed_ip', 'removed', !auto);
    this.associationsOf((fip) => fip.port_id === port.id && holds(subnet, fip.fixed_ip_address), false);
  }

  private subnetsOf(network: Path): void {
    for (const { path, network: name } of subnetPaths(this.file)) {
      if (name !== network[1] || network[0] !== 'networks') continue;
      const id = this.file.analysis.places.idAt('subnet', path);
      if (id === null) continue;
      for (const reference of this.file.analysis.places.references('subnet', id)) this.follow(reference);
    }
  }

  private associationsOf(test: (fip: FloatingIp) => boolean, blocks: boolean): void {
    const { built, places } = this.file.analysis;
    for (const fip of built?.floatingips ?? []) {
      const path = test(fip) ? places.of('floatingip', fip.id) : null;
      if (path !== null) this.disassociate(path, blocks);
    }
  }

  /** It stays and leads nowhere. */
  private disassociate(path: Path, blocks: boolean): void {
    if (this.covered(path)) return;
    const value = valueOf(this.file, path);
    const there = ['instance', 'port', 'fixed_ip_address', 'router'].filter((key) => isMap(value) && key in value);
    const taken = there.filter((key) => this.take([...path, key]));
    if (taken.length > 0) this.add('floatingip', path, 'association', 'removed', blocks);
  }

  private go(kind: DeclaredKind, path: Path): void {
    this.resource({ kind, path, id: this.file.analysis.places.idAt(kind, path), name: '' });
  }

  private portAt(path: Path): Port | null {
    const { built, places } = this.file.analysis;
    const id = places.idAt('port', path) ?? this.plugged(path);
    return built?.ports.find((port) => port.id === id) ?? null;
  }

  /** A port of `ports` that the item names. */
  private plugged(path: Path): string | null {
    const { places } = this.file.analysis;
    const by = ['port', 'port_id'].map((key) => places.meaning([...path, key])).find((meaning) => meaning !== null);
    return by?.id ?? null;
  }

  private subnet(id: string): Subnet | null {
    return this.file.analysis.built?.subnets.find((subnet) => subnet.id === id) ?? null;
  }
}

function holds(subnet: Subnet, address: unknown): boolean {
  return typeof address === 'string' && tryParseAddress(address) !== null && containsAddress(subnet.cidr, address);
}
