/** Internal interfaces of a router (`add_router_interface` in neutron/db/l3_db.py). */
import { parseAddress } from '../addresses.js';
import { present } from '../lab-file/present.js';
import type { Path } from '../lab-file/problems.js';
import type { RouterFile } from '../lab-file/schema.js';
import type { DeviceOwner } from '../resources.js';
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
  if ([form.subnet, form.port, form.fixed_ips].filter((one) => one !== undefined).length !== 1) {
    refuse(
      path,
      build,
      'Either a subnet or a port must be specified for an interface.',
      'Write `{ subnet: … }` or `{ port: … }`.',
    );
  } else if (form.port !== undefined) {
    addByPort(router, form.port, [...path, 'port'], build);
  } else if (form.fixed_ips !== undefined) {
    addByAddresses(router, form, path, build);
  } else if (form.subnet !== undefined) {
    const at = typeof given === 'string' ? path : [...path, 'subnet'];
    const subnet = build.subnets.resolve(form.subnet, at, build.problems);
    if (subnet !== null) addBySubnet(router, subnet, form, path, at, build);
  }
}

function addByPort(router: RouterDraft, name: string, path: Path, build: BuildContext): void {
  const port = build.ports.resolve(name, path, build.problems);
  if (port === null) return;
  const wanted = port.draft.wanted ?? [];
  if (wanted.filter(({ subnet }) => subnet.cidr.version === 4).length > 1) {
    refuse(path, build, 'Cannot have multiple IPv4 subnets on router port.', 'Give the port one IPv4 address.');
    return;
  }
  const draft = attach(port, { id: router.id, name: `router ${router.name}`, ...interfacePlace(router) }, path, build);
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
  const subnet =
    first?.[1].subnet === undefined ? null : build.subnets.resolve(first[1].subnet, [...at, first[0]], build.problems);
  if (subnet === null) {
    if (first?.[1].subnet === undefined)
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
  const text = form.ip_address ?? subnet.resource.gateway_ip;
  if (text === null) {
    refuse(
      at,
      build,
      'Subnet for router interface must have a gateway IP.',
      'Give the subnet a gateway_ip, or the interface an `ip_address`.',
    );
    return null;
  }
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
  refuse(path, build, `Router already has a port on subnet '${subnet.resource.name}'.`, 'List each subnet once.');
}

function refuse(path: Path, build: BuildContext, message: string, remedy: string): void {
  build.problems.error({ path, code: 'BadRequest', message, remedy });
}
