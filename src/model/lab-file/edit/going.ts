/** The search for all that goes with something. */
import { containsAddress, tryParseAddress } from '../../addresses.js';
import type { FloatingIp, Port, Subnet } from '../../resources.js';
import type { Reference } from '../places.js';
import type { Path } from '../problems.js';
import { isMap } from '../sections.js';
import type { Dependent, Going, Relation } from './dependent.js';
import type { DeclaredKind } from './edits.js';
import { valueOf, type OpenLabFile } from './open.js';
import { labelOf, subnetPaths, type Found } from './targets.js';

export class Search implements Going {
  readonly paths: Path[] = [];
  readonly dependents: Dependent[] = [];
  private readonly seen = new Set<string>();

  constructor(private readonly file: OpenLabFile) {}

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
    const interfaces = valueOf(this.file, [...path, 'interfaces']);
    for (const index of Array.isArray(interfaces) ? interfaces.keys() : []) {
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
    const routes = valueOf(this.file, [...routerPath, 'routes']);
    for (const [index, route] of (Array.isArray(routes) ? (routes as readonly unknown[]) : []).entries()) {
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
      const others = valueOf(this.file, path.slice(0, 5));
      this.add('router', owner, 'interface', 'removed', true);
      // One of several addresses of an interface.
      if (path[4] === 'fixed_ips' && Array.isArray(others) && others.length > 1) this.take(path.slice(0, 6));
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
      if (port.device_owner === 'network:floatingip' && !this.covered(path.slice(0, 2))) {
        this.add('floatingip', path.slice(0, 2), 'floatingip', 'deleted', true);
        this.go('floatingip', path.slice(0, 2));
      }
      if (port.device_owner === 'compute:nova' || port.device_owner === '') this.hostAddress(port, path, subnet);
    }
  }

  private gatewayAddress(port: Port, router: Path, subnet: Subnet): void {
    if (this.covered([...router, 'external_gateway_info'])) return;
    const others = this.file.analysis.built?.subnets.filter((one) => one.network_id === subnet.network_id) ?? [];
    const explicit = valueOf(this.file, [...router, 'external_gateway_info', 'external_fixed_ips']);
    for (const [index, ip] of (Array.isArray(explicit) ? (explicit as readonly unknown[]) : []).entries()) {
      if (holds(subnet, isMap(ip) ? ip.ip_address : null))
        this.take([...router, 'external_gateway_info', 'external_fixed_ips', index]);
    }
    this.add('router', router, 'gateway', 'removed', true);
    if (others.length < 2 && port.fixed_ips.length < 2) this.gateway(router);
  }

  /** The host loses the address and stays on the network. */
  private hostAddress(port: Port, path: Path, subnet: Subnet): void {
    const kind = path[0] === 'ports' ? 'port' : 'instance';
    if (this.covered(path.slice(0, 2))) return;
    if (kind === 'instance' && holds(subnet, fixedIpOf(valueOf(this.file, path)))) this.take([...path, 'fixed_ip']);
    const fixed = kind === 'port' ? valueOf(this.file, [...path, 'fixed_ips']) : null;
    for (const [index, ip] of (Array.isArray(fixed) ? (fixed as readonly unknown[]) : []).entries()) {
      if (holds(subnet, isMap(ip) ? ip.ip_address : null)) this.take([...path, 'fixed_ips', index]);
    }
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

  private add(
    kind: DeclaredKind,
    path: Path,
    relation: Relation,
    outcome: Dependent['outcome'],
    blocks: boolean,
  ): void {
    this.note(kind, kind === 'floatingip' ? this.addressAt(path) : String(path[1]), relation, outcome, blocks);
  }

  private note(
    kind: DeclaredKind,
    name: string,
    relation: Relation,
    outcome: Dependent['outcome'],
    blocks: boolean,
  ): void {
    const same = (one: Dependent): boolean =>
      one.relation === relation && one.resource.kind === kind && one.resource.name === name;
    if (!this.dependents.some(same)) this.dependents.push({ resource: { kind, name }, relation, outcome, blocks });
  }

  private addressAt(path: Path): string {
    const { built, places } = this.file.analysis;
    const id = places.idAt('floatingip', path);
    return built?.floatingips.find((fip) => fip.id === id)?.floating_ip_address ?? String(path[1]);
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

  /** False when it goes already. */
  private take(path: Path): boolean {
    if (this.covered(path)) return false;
    this.seen.add(path.join('\n'));
    this.paths.push(path);
    return true;
  }

  private covered(path: Path): boolean {
    for (let depth = 1; depth <= path.length; depth++) {
      if (this.seen.has(path.slice(0, depth).join('\n'))) return true;
    }
    return false;
  }
}

function fixedIpOf(item: unknown): unknown {
  return isMap(item) ? item.fixed_ip : null;
}

function holds(subnet: Subnet, address: unknown): boolean {
  return typeof address === 'string' && tryParseAddress(address) !== null && containsAddress(subnet.cidr, address);
}
