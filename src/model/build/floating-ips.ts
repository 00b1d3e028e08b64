/** Floating IPs (neutron/db/l3_db.py, `FloatingIP`). */
import { ipVersion, parseAddress } from '../addresses.js';
import type { Path } from '../lab-file/problems.js';
import type { FloatingIpFile } from '../lab-file/schema.js';
import type { Entry } from '../lab-file/sections.js';
import type { FixedIp, FloatingIp } from '../resources.js';
import type { BuildContext } from './context.js';
import type { FloatingIpDraft, NetworkDraft, PortDraft, RouterDraft, WantedIp } from './drafts.js';
import { isUsable, subnetHolding } from './fixed-ips.js';
import { hasGatewayAddress } from './routers.js';

/** The port of each floating IP; what it points to is known after the allocation. */
export function buildFloatingIps(entries: readonly Entry<FloatingIpFile>[], build: BuildContext): FloatingIpDraft[] {
  const counts = new Map<string, number>();
  return entries.flatMap(({ name, path, file }) => {
    const network = file === null ? null : externalNetwork(file, path, build);
    if (file === null || network === null) return [];
    // In a list a floating IP has no name; what it is for stands in, so that it stays the same when others go.
    const what =
      name === '' ? JSON.stringify([file.floating_ip_address, file.instance, file.port, file.fixed_ip_address]) : name;
    const nth = counts.get(what) ?? 0;
    counts.set(what, nth + 1);
    const id = build.id(file.id, path, 'floatingip', network.id, what, String(nth));
    const port = build.servicePort({
      id: build.deviceId(file.floating_port?.id, [...path, 'floating_port'], 'port', id),
      path,
      mac: file.floating_port?.mac_address,
      createdAt: file.floating_port?.created_at,
      network,
      owner: 'network:floatingip',
      deviceId: id,
      host: '',
      projectId: '',
      wanted: address(file, network, [...path, 'floating_ip_address'], build),
    });
    return [{ id, path, file, network, port, target: null }];
  });
}

function externalNetwork(file: FloatingIpFile, path: Path, build: BuildContext): NetworkDraft | null {
  const network = build.networks.resolve(file.network, [...path, 'network'], build.problems);
  if (network === null || network.file['router:external'] === true) return network;
  build.problems.error({
    path: [...path, 'network'],
    code: 'BadRequest',
    message: `Network '${network.name}' is not a valid external network.`,
    remedy: 'Name a network that has `router:external: true`.',
  });
  return null;
}

/** A floating IP is IPv4, whatever else the external network has. */
function address(file: FloatingIpFile, network: NetworkDraft, path: Path, build: BuildContext): readonly WantedIp[] {
  if (file.floating_ip_address !== undefined) {
    const given = parseAddress(file.floating_ip_address);
    const subnet = subnetHolding(network, given, path, build);
    if (subnet === null || !isUsable(subnet, given, path, build)) return [];
    return [{ subnet, address: given.value, path }];
  }
  const subnet = network.subnets.find(({ cidr }) => cidr.version === 4);
  if (subnet !== undefined) return [{ subnet, address: null, path }];
  build.problems.error({
    path: path.slice(0, -1),
    code: 'ExternalIpAddressExhausted',
    message: `Unable to find any IP address on external network '${network.name}': it has no IPv4 subnet.`,
    remedy: 'Give the external network an IPv4 subnet.',
  });
  return [];
}

/** After the allocation: the address behind each floating IP, and the router that translates. */
export function finishFloatingIps(
  drafts: readonly FloatingIpDraft[],
  routers: readonly RouterDraft[],
  build: BuildContext,
): FloatingIp[] {
  const routersOfSubnet = new Map<string, RouterDraft[]>();
  for (const router of routers) {
    for (const subnet of new Set(router.interfaces.flatMap((port) => port.ips.map((ip) => ip.subnet_id)))) {
      routersOfSubnet.set(subnet, [...(routersOfSubnet.get(subnet) ?? []), router]);
    }
  }
  const used = new Set<string>();
  return drafts.map((draft) => {
    const candidates = targets(draft, build);
    const { router: name } = draft.file;
    const given = name === undefined ? null : build.routers.resolve(name, [...draft.path, 'router'], build.problems);
    const reach = (ip: FixedIp): RouterDraft | null => {
      const reaching = (routersOfSubnet.get(ip.subnet_id) ?? []).filter(
        (router) => router.gatewayNetwork === draft.network,
      );
      const named = given === null ? undefined : reaching.find((router) => router.id === given.id);
      if (named !== undefined) return named;
      return reaching.find((router) => hasGatewayAddress(router, ip.subnet_id)) ?? reaching[0] ?? null;
    };
    const chosen = candidates.find(({ ip }) => reach(ip) !== null) ?? candidates[0] ?? null;
    const router = chosen === null ? null : reach(chosen.ip);
    if (chosen !== null)
      check(
        draft,
        chosen,
        router,
        used,
        routers.some(({ partial }) => partial),
        build,
      );
    return {
      id: draft.id,
      project_id: draft.file.project_id ?? build.projectId,
      floating_network_id: draft.network.id,
      floating_ip_address: draft.port.ips[0]?.ip_address ?? '',
      fixed_ip_address: chosen?.ip.ip_address ?? null,
      port_id: chosen?.port.id ?? null,
      router_id: router?.id ?? null,
    };
  });
}

interface Target {
  readonly port: PortDraft;
  readonly ip: FixedIp;
}

/** The IPv4 addresses that the floating IP could stand for. */
function targets({ file, path }: FloatingIpDraft, build: BuildContext): Target[] {
  const report = (attribute: string, code: string, message: string, remedy: string): Target[] => {
    build.problems.error({ path: [...path, attribute], code, message, remedy });
    return [];
  };
  if (file.instance !== undefined && file.port !== undefined) {
    return report(
      'port',
      'BadRequest',
      'A floating IP points to an instance or to a port, not to both.',
      'Remove one of the two.',
    );
  }
  const attribute = file.instance === undefined ? 'port' : 'instance';
  let ports: readonly PortDraft[];
  if (file.instance !== undefined) {
    const instance = build.instances.resolve(file.instance, [...path, 'instance'], build.problems);
    if (instance === null) return [];
    ports = instance.ports;
  } else if (file.port !== undefined) {
    const port = build.ports.resolve(file.port, [...path, 'port'], build.problems);
    if (port === null) return [];
    ports = [port.draft];
  } else if (file.fixed_ip_address !== undefined) {
    return report(
      'fixed_ip_address',
      'BadRequest',
      'A fixed address needs an instance or a port.',
      'Add `instance: …` or `port: …`.',
    );
  } else return [];
  const all = ports.flatMap((port) =>
    port.ips.filter((ip) => ipVersion(ip.ip_address) === 4).map((ip) => ({ port, ip })),
  );
  if (file.fixed_ip_address !== undefined) {
    const chosen = all.filter(({ ip }) => ip.ip_address === file.fixed_ip_address);
    if (chosen.length > 0) return chosen;
    return report(
      'fixed_ip_address',
      'BadRequest',
      `The ${attribute} does not have the address ${file.fixed_ip_address}.`,
      `It has ${all.map(({ ip }) => ip.ip_address).join(', ') || 'no IPv4 address'}.`,
    );
  }
  if (all.length > 0 || build.problems.failed) return all;
  return report(
    attribute,
    'BadRequest',
    `The ${attribute} has no IPv4 address, so no floating IP can point to it.`,
    'Plug it into a network with an IPv4 subnet.',
  );
}

function check(
  draft: FloatingIpDraft,
  { port, ip }: Target,
  router: RouterDraft | null,
  used: Set<string>,
  unsure: boolean,
  build: BuildContext,
): void {
  const path = [...draft.path, draft.file.instance === undefined ? 'port' : 'instance'];
  if (router === null && !unsure) {
    build.problems.error({
      path,
      code: 'ExternalGatewayForFloatingIPNotFound',
      message: `External network '${draft.network.name}' is not reachable from the network '${port.network.name}': no router connects the two.`,
      remedy: `Give a router the gateway \`{ network: ${draft.network.name} }\` and an interface on the subnet of ${ip.ip_address}.`,
    });
  }
  const key = JSON.stringify([draft.network.id, port.id, ip.ip_address]);
  if (used.has(key)) {
    build.problems.error({
      path,
      code: 'FloatingIPPortAlreadyAssociated',
      message: `The fixed address ${ip.ip_address} already has a floating IP on '${draft.network.name}'.`,
      remedy: 'Remove one of the two floating IPs.',
    });
  }
  used.add(key);
}
