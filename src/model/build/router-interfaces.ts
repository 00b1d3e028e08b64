/** Internal interfaces of a router (`add_router_interface` in neutron/db/l3_db.py). */
import { parseAddress } from '../addresses.js';
import { present } from '../lab-file/present.js';
import type { Path } from '../lab-file/problems.js';
import type { RouterFile } from '../lab-file/schema.js';
import type { DeviceOwner } from '../resources.js';
import { show } from '../lab-file/text.js';
import * as rules from '../rules/interfaces.js';
import { subnetTwice } from '../rules/routers.js';
import type { BuildContext } from './context.js';
import type { PortDraft, RouterDraft, SubnetDraft, WantedIp } from './drafts.js';
import { isUsable, readFixedIps } from './fixed-ips.js';
import { attach } from './ports.js';

type Given = NonNullable<RouterFile['interfaces']>[number];
type LongForm = Exclude<Given, string>;

/** The owner of an internal interface, and the node of a router's ports: an HA router has them on each of its nodes. */
export function interfacePlace(router: RouterDraft): { owner: DeviceOwner; host: string } {
  if (router.file.ha === true) return { owner: 'network:ha_router_replicated_interface', host: '' };
  return { owner: 'network:router_interface', host: router.hosts[0] ?? '' };
}

export function addInterface(router: RouterDraft, given: Given, path: Path, build: BuildContext): void {
  const form: LongForm = typeof given === 'string' ? { subnet: given } : given;
  const by = form.subnet ?? form.subnet_id;
  const port = form.port ?? form.port_id;
  const ways = [form.subnet, form.subnet_id, form.port, form.port_id, form.fixed_ips].filter(
    (way) => way !== undefined,
  );
  if (ways.length !== 1) {
    build.problems.refuse(path, rules.eitherSubnetOrPort(ways[0], ways[1]));
  } else if (port !== undefined) {
    addByPort(router, port, [...path, form.port === undefined ? 'port_id' : 'port'], build);
  } else if (form.fixed_ips !== undefined) {
    addByAddresses(router, form, path, build);
  } else if (by !== undefined) {
    const key = form.subnet === undefined ? 'subnet_id' : 'subnet';
    const at = typeof given === 'string' ? path : [...path, key];
    const subnet = build.subnets.resolve(by, at, build.problems);
    if (subnet !== null) addBySubnet(router, subnet, form, path, at, build);
  }
}

function addByPort(router: RouterDraft, name: string, path: Path, build: BuildContext): void {
  const port = build.ports.resolve(name, path, build.problems);
  if (port === null) return;
  const wanted = port.draft.wanted ?? [];
  const several = [...rules.severalIpv4(wanted.map(({ subnet }) => subnet.cidr.version))];
  for (const one of several) build.problems.refuseAt(path, one);
  if (several.length > 0) return;
  const draft = attach(
    port,
    { id: router.id, name: `router ${show(router.name)}`, ...interfacePlace(router) },
    path,
    build,
  );
  if (draft === null) return;
  for (const { subnet } of wanted) if (isAttached(router, subnet)) refuseTwice(subnet, path, build);
  router.interfaces.push(draft);
}

function addBySubnet(
  router: RouterDraft,
  subnet: SubnetDraft,
  form: LongForm,
  path: Path,
  at: Path,
  build: BuildContext,
): void {
  if (isAttached(router, subnet)) {
    refuseTwice(subnet, at, build);
    return;
  }
  const wanted = interfaceAddress(subnet, form, path, at, build);
  if (wanted === null) return;
  // A second IPv6 subnet of a network joins the port of the first one (`_find_ipv6_router_port_by_network`).
  // unless the file says that it is a port of its own.
  const joins = subnet.cidr.version === 6 && form.id === undefined;
  const index = router.interfaces.findIndex((port) => joins && isIpv6PortOn(port, subnet));
  const joined = router.interfaces[index];
  if (joined !== undefined) {
    router.interfaces[index] = { ...joined, wanted: [...(joined.wanted ?? []), wanted] };
    return;
  }
  router.interfaces.push(
    build.servicePort({
      id: build.deviceId(form.id, path, 'port', router.id, 'interface', subnet.id),
      path,
      network: subnet.network,
      ...interfacePlace(router),
      deviceId: router.id,
      name: form.name ?? '',
      projectId: router.projectId,
      mac: form.mac_address,
      wanted: [wanted],
      createdAt: form.created_at,
    }),
  );
}

/** One port with several addresses, as a cloud may have it. */
function addByAddresses(router: RouterDraft, form: LongForm, path: Path, build: BuildContext): void {
  const at = [...path, 'fixed_ips'];
  const [first] = present(form.fixed_ips);
  const name = first?.[1].subnet ?? first?.[1].subnet_id;
  const key = first?.[1].subnet === undefined ? 'subnet_id' : 'subnet';
  const subnet = name === undefined ? null : build.subnets.resolve(name, [...at, first?.[0] ?? 0, key], build.problems);
  if (subnet === null) {
    if (name === undefined)
      refuse(at, build, 'The first address of an interface names no subnet.', 'Write `{ subnet: …, ip_address: … }`.');
    return;
  }
  const { network } = subnet;
  const wanted = readFixedIps(form.fixed_ips, network, at, build, { router: true }) ?? [];
  for (const one of wanted) if (isAttached(router, one.subnet)) refuseTwice(one.subnet, at, build);
  router.interfaces.push(
    build.servicePort({
      id: build.deviceId(form.id, path, 'port', router.id, 'interface', subnet.id),
      path,
      network,
      ...interfacePlace(router),
      deviceId: router.id,
      name: form.name ?? '',
      projectId: router.projectId,
      mac: form.mac_address,
      wanted,
      createdAt: form.created_at,
    }),
  );
}

/** The gateway's address unless the file gives another one. */
function interfaceAddress(
  subnet: SubnetDraft,
  form: LongForm,
  path: Path,
  at: Path,
  build: BuildContext,
): WantedIp | null {
  const { gateway_ip: gateway, ipv6_ra_mode: raMode, ipv6_address_mode: addressMode } = subnet.resource;
  const text = form.ip_address ?? gateway;
  const violations = [...rules.subnetViolations({ ref: subnet.ref, gateway: text, raMode, addressMode })];
  for (const one of violations) build.problems.refuseAt(at, one);
  if (text === null || violations.length > 0) return null;
  const address = parseAddress(text);
  const place = form.ip_address === undefined ? at : [...path, 'ip_address'];
  return isUsable(subnet, address, place, build, { router: true })
    ? { subnet, address: address.value, path: place }
    : null;
}

function isAttached(router: RouterDraft, subnet: SubnetDraft): boolean {
  return router.interfaces.some((port) => port.wanted?.some((ip) => ip.subnet === subnet));
}

/** Only ports that the router made by itself are joined. */
function isIpv6PortOn(port: PortDraft, subnet: SubnetDraft): boolean {
  if (port.network !== subnet.network || port.attributes.name !== '') return false;
  return (port.wanted ?? []).every((ip) => ip.subnet.cidr.version === 6);
}

function refuseTwice(subnet: SubnetDraft, path: Path, build: BuildContext): void {
  build.problems.refuseAt(path, subnetTwice(subnet.ref));
}

function refuse(path: Path, build: BuildContext, message: string, remedy: string): void {
  build.problems.error({ path, code: 'BadRequest', message, remedy });
}
