/** What the lab that was written is compared with the cloud: whatever differs and was not told is told here. */
import { formatAddress, parseAddress, tryParseCidr } from '../addresses.js';
import type { Lab } from '../resources.js';
import type { CloudInput, PortInput } from './cloud-schema.js';
import type { NoteList } from './notes.js';

interface Comparable {
  readonly id: string;
  readonly name?: string | undefined;
}

/** Attributes of one resource, the cloud's on the left; null or absent there means that it was not told. */
type Pairs = Readonly<Record<string, readonly [cloud: unknown, lab: unknown]>>;

export function verify(cloud: CloudInput, lab: Lab, notes: NoteList): void {
  const compare = <C extends Comparable, L extends Comparable>(
    kind: string,
    theirs: readonly C[],
    ours: readonly L[],
    pairs: (cloud: C, lab: L) => Pairs,
  ): void => {
    const byId = new Map(ours.map((one) => [one.id, one]));
    const told = new Set(
      notes
        .toArray()
        .flatMap(({ code, resources }) =>
          code === 'Assumed' ? [] : resources.map(({ kind: of, id }) => `${of} ${id}`),
        ),
    );
    for (const one of theirs) {
      const own = byId.get(one.id);
      const resource = { kind, id: one.id, name: one.name ?? '' };
      if (own === undefined) {
        if (!told.has(`${kind} ${one.id}`)) notes.add('NotRepresented', 'it is not in the lab.', resource);
        continue;
      }
      for (const [attribute, [before, after]] of Object.entries(pairs(one, own))) {
        if (before === null || before === undefined || JSON.stringify(before) === JSON.stringify(after)) continue;
        if (notes.tells(resource, attribute)) continue;
        const message = `\`${attribute}\` is ${JSON.stringify(before)}, in the lab ${JSON.stringify(after)}.`;
        notes.add('Changed', message.slice(0, 300), resource);
      }
    }
  };
  compare('network', cloud.networks, lab.networks, (one, own) => ({
    name: [one.name, own.name],
    project_id: [one.project_id, own.project_id],
    admin_state_up: [one.admin_state_up, own.admin_state_up],
    mtu: [one.mtu, own.mtu],
    'router:external': [one['router:external'], own['router:external']],
    port_security_enabled: [one.port_security_enabled, own.port_security_enabled],
  }));
  compare('subnet', cloud.subnets, lab.subnets, (one, own) => ({
    name: [one.name, own.name],
    project_id: [one.project_id, own.project_id],
    cidr: [one.cidr, own.cidr],
    gateway_ip: [one.gateway_ip === null ? 'none' : plain(one.gateway_ip), own.gateway_ip ?? 'none'],
    enable_dhcp: [one.enable_dhcp, own.enable_dhcp],
    allocation_pools: [
      one.allocation_pools?.map(({ start, end }) => ({ start: plain(start), end: plain(end) })),
      own.allocation_pools,
    ],
    ipv6_address_mode: [one.ipv6_address_mode, own.ipv6_address_mode],
    ipv6_ra_mode: [one.ipv6_ra_mode, own.ipv6_ra_mode],
  }));
  compare('port', cloud.ports, lab.ports, (one, own) => ({
    name: [one.name, own.name],
    project_id: [one.project_id, own.project_id],
    mac_address: [one.mac_address.toLowerCase(), own.mac_address],
    fixed_ips: [one.fixed_ips?.map((ip) => plain(ip.ip_address)), own.fixed_ips.map((ip) => ip.ip_address)],
    admin_state_up: [one.admin_state_up, own.admin_state_up],
    port_security_enabled: [one.port_security_enabled, own.port_security_enabled],
    security_groups: [one.security_groups, own.security_groups],
    allowed_address_pairs: [pairsOf(one), own.allowed_address_pairs],
  }));
  compare('router', cloud.routers, lab.routers, (one, own) => ({
    name: [one.name, own.name],
    project_id: [one.project_id, own.project_id],
    ha: [one.ha, own.ha],
    admin_state_up: [one.admin_state_up, own.admin_state_up],
    enable_snat: [one.external_gateway_info?.enable_snat, own.external_gateway_info?.enable_snat],
    external_fixed_ips: [
      one.external_gateway_info?.external_fixed_ips?.map((ip) => plain(ip.ip_address)),
      own.external_gateway_info?.external_fixed_ips.map((ip) => ip.ip_address),
    ],
    routes: [one.routes, own.routes],
    ha_vr_id: [cloud.ha_vr_ids.get(one.id), lab.ha_vr_ids[one.id]],
  }));
  const floatingIps = cloud.floatingips.map((one) => ({ ...one, name: one.floating_ip_address }));
  compare('floatingip', floatingIps, lab.floatingips, (one, own) => ({
    project_id: [one.project_id, own.project_id],
    floating_ip_address: [one.floating_ip_address, own.floating_ip_address],
    port_id: [one.port_id, own.port_id],
    fixed_ip_address: [one.fixed_ip_address, own.fixed_ip_address],
    router_id: [one.router_id, own.router_id],
  }));
  compare('security_group', cloud.security_groups, lab.security_groups, (one, own) => ({
    name: [one.name, own.name],
    project_id: [one.project_id, own.project_id],
    rules: [one.rules?.map(({ id }) => id), own.security_group_rules.map(({ id }) => id)],
  }));
}

function plain(address: string | undefined): string | undefined {
  return address === undefined ? undefined : formatAddress(parseAddress(address));
}

function pairsOf(port: PortInput): unknown {
  return port.allowed_address_pairs?.map(({ ip_address: address, mac_address: mac }) => ({
    ip_address: tryParseCidr(address) === null ? plain(address) : address,
    mac_address: (mac ?? port.mac_address).toLowerCase(),
  }));
}
