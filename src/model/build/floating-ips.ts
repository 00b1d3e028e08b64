/** Floating IPs (neutron/db/l3_db.py, `FloatingIP`). */
import { ipVersion, parseAddress } from '../addresses.js';
import type { Path } from '../lab-file/problems.js';
import type { FloatingIpFile } from '../lab-file/schema.js';
import type { Entry } from '../lab-file/sections.js';
import type { FixedIp, FloatingIp } from '../resources.js';
import { show } from '../lab-file/text.js';
import { violation } from '../neutron-errors.js';
import { fixedAddressWithoutPort, floatingNetworkViolations, internalAddress } from '../rules/floating-ips.js';
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
  if (network === null) return null;
  const versions = network.subnets.map(({ cidr }) => cidr.version);
  const external = network.file['router:external'] === true;
  const violations = [...floatingNetworkViolations(network.ref, external, versions)];
  for (const one of violations) build.problems.refuseAt([...path, 'network'], one);
  return violations.length === 0 ? network : null;
}

/** A floating IP is IPv4, whatever else the external network has. */
function address(file: FloatingIpFile, network: NetworkDraft, path: Path, build: BuildContext): readonly WantedIp[] {
  if (file.floating_ip_address !== undefined) {
    const given = parseAddress(file.floating_ip_address);
    const subnet = subnetHolding(network, given, path, build);
    if (subnet === null || !isUsable(subnet, given, path, build, { resourceKind: 'floatingip' })) return [];
    return [{ subnet, address: given.value, path }];
  }
  const subnet = network.subnets.find(({ cidr }) => cidr.version === 4);
  return subnet === undefined ? [] : [{ subnet, address: null, path }];
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

/** The IPv4 addresses that the floating IP could stand for; of an instance those of all its ports. */
function targets({ file, path }: FloatingIpDraft, build: BuildContext): Target[] {
  if (file.instance !== undefined && file.port !== undefined) {
    build.problems.error({
      path: [...path, 'port'],
      code: 'BadRequest',
      message: 'A floating IP points to an instance or to a port, not to both.',
      remedy: 'Remove one of the two.',
    });
    return [];
  }
  if (file.instance === undefined && file.port === undefined) {
    if (file.fixed_ip_address !== undefined) build.problems.refuse(path, [fixedAddressWithoutPort()]);
    return [];
  }
  const ports = portsOf(file, path, build);
  if (ports === null) return [];
  const all = ports.flatMap((port) => port.ips.map((ip) => ({ port, ip })));
  const v4 = all.filter(({ ip }) => ipVersion(ip.ip_address) === 4);
  const wanted = file.fixed_ip_address ?? null;
  const chosen = wanted === null ? v4 : v4.filter(({ ip }) => ip.ip_address === wanted);
  // An address that is missing because of an earlier mistake is no second one.
  if (chosen.length > 0 || (wanted === null && build.problems.failed)) return chosen;
  const reason = internalAddress(
    portRef(file),
    all.map(({ ip }) => ip),
    wanted,
  );
  if ('status' in reason)
    build.problems.refuseAt([...path, wanted === null ? attributeOf(file) : 'fixed_ip_address'], reason);
  return [];
}

function portsOf(file: FloatingIpFile, path: Path, build: BuildContext): readonly PortDraft[] | null {
  if (file.instance !== undefined) {
    return build.instances.resolve(file.instance, [...path, 'instance'], build.problems)?.ports ?? null;
  }
  const port = build.ports.resolve(file.port ?? '', [...path, 'port'], build.problems);
  return port === null ? null : [port.draft];
}

function attributeOf(file: FloatingIpFile): 'instance' | 'port' {
  return file.instance === undefined ? 'port' : 'instance';
}

/** How messages call the port that the floating IP leads to. */
function portRef(file: FloatingIpFile): string {
  return file.instance === undefined ? show(file.port) : `of instance ${show(file.instance)}`;
}

function check(
  draft: FloatingIpDraft,
  { port, ip }: Target,
  router: RouterDraft | null,
  used: Set<string>,
  unsure: boolean,
  build: BuildContext,
): void {
  const { file, network } = draft;
  const path = [...draft.path, attributeOf(file)];
  if (router === null && !unsure) {
    const subnet = port.network.subnets.find(({ id }) => id === ip.subnet_id)?.ref ?? '';
    const values = { external_network_id: network.ref, subnet_id: subnet, port_id: portRef(file) };
    const remedy = `Give a router the gateway \`{ network: ${network.name} }\` and an interface on the subnet of ${ip.ip_address}.`;
    build.problems.refuseAt(path, violation('ExternalGatewayForFloatingIPNotFound', values, { remedy }));
  }
  const key = JSON.stringify([network.id, port.id, ip.ip_address]);
  if (used.has(key)) {
    const names = { fip_id: draft.id, port_id: portRef(file), net_id: network.ref };
    const addresses = { floating_ip_address: draft.port.ips[0]?.ip_address ?? '', fixed_ip: ip.ip_address };
    build.problems.refuseAt(path, violation('FloatingIPPortAlreadyAssociated', { ...names, ...addresses }));
  }
  used.add(key);
}
