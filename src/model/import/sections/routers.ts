/** The section `routers`, with the ports that Neutron made for them. */
import { containsAddress, formatAddress, parseAddress } from '../../addresses.js';
import type { PortInput, RouterInput } from '../cloud-schema.js';
import { compact, madePort, noteOf, type Entry, type ImportContext } from '../context.js';
import { INTERFACE_OWNERS } from '../hosts.js';
import { noteGateway } from '../unrepresented.js';
import type { YamlValue } from '../../lab-file/yaml-value.js';
import { addresses } from './networks.js';
import { HA_CIDR } from '../../names.js';

export function writeRouters(context: ImportContext): Record<string, Entry> {
  return Object.fromEntries(
    context.cloud.routers.map((router) => [
      context.routerLabels.keyOf(router.id) ?? router.id,
      writeRouter(router, context),
    ]),
  );
}

function writeRouter(router: RouterInput, context: ImportContext): Entry {
  const { notes } = context;
  const resource = noteOf('router', router);
  const ha = router.ha === true;
  if (router.distributed === true)
    notes.add('Changed', `it is distributed (DVR); in the lab it is ${ha ? 'an HA' : 'a legacy'} router.`, resource);
  noteGateway(router, notes);
  const vrid = context.cloud.ha_vr_ids.get(router.id);
  if (ha && vrid === undefined)
    notes.add('Assumed', 'its VRID, which the API does not tell: the lab chooses one.', resource);
  const hosts = context.hosts.routerHosts(router);
  const haPorts = ha ? writeHaPorts(router, hosts, context) : [];
  const interfaces = writeInterfaces(router, context);
  if (context.cloud.ports.length === 0 && (router.interfaces_info ?? null) === null)
    notes.add(
      'Assumed',
      'it has no interfaces: they were not told, as `openstack router show` or the ports do.',
      resource,
    );
  const gateway = writeGateway(router, context);
  // A legacy router without anything to do is on no agent.
  const idle = !ha && gateway === undefined && interfaces.length === 0;
  if (hosts === null && !idle) notes.add('Assumed', 'no agent that hosts it was told; the lab schedules it.', resource);
  const covered = ha && hosts !== null && haPorts.length === hosts.length && haPorts.length > 0;
  return compact({
    ...context.routerLabels.attributesOf(router.id),
    id: router.id,
    ...context.project({ ...resource, project: router.project_id }),
    admin_state_up: router.admin_state_up === false ? false : undefined,
    ha: ha ? true : undefined,
    ha_vr_id: ha ? vrid : undefined,
    l3_agents: hosts === null || covered ? undefined : [...hosts],
    external_gateway_info: gateway,
    interfaces: interfaces.length === 0 ? undefined : interfaces,
    routes: writeRoutes(router, context),
    ha_ports: haPorts.length === 0 ? undefined : haPorts,
  });
}

/** A nexthop is on a subnet of the router; where the subnet was not given, the route would lead nowhere. */
function writeRoutes(router: RouterInput, context: ImportContext): YamlValue | undefined {
  const ips = [
    ...context.hosts.portsOf(router.id).flatMap((port) => port.fixed_ips ?? []),
    ...(router.interfaces_info ?? []),
    ...(router.external_gateway_info?.external_fixed_ips ?? []),
  ];
  const cidrs = ips.flatMap(({ subnet_id: id }) => context.subnets.get(id)?.cidr ?? []);
  const routes = (router.routes ?? []).filter(({ destination, nexthop }) => {
    if (cidrs.some((cidr) => containsAddress(cidr, nexthop))) return true;
    const message = `its route to ${destination}: no interface that was given reaches ${nexthop}.`;
    context.notes.add('NotRepresented', message, noteOf('router', router), ['routes']);
    return false;
  });
  return routes.length === 0 ? undefined : routes;
}

function writeHaPorts(router: RouterInput, hosts: readonly string[] | null, context: ImportContext): Entry[] {
  const seen = new Set<string>();
  const entries = context.hosts
    .portsOf(router.id)
    .filter((port) => port.device_owner === 'network:router_ha_interface')
    .flatMap((port): Entry[] => {
      const node = context.hosts.nodeOf(port['binding:host_id']);
      if (node === null || hosts?.includes(node) !== true || seen.has(node)) {
        context.notes.add(
          'NotRepresented',
          'an HA port on a host that does not have the router.',
          noteOf('port', port),
        );
        return [];
      }
      seen.add(node);
      const [ip] = context.fixedIps(port);
      return [{ node, ...madePort(port), ...(ip === undefined ? {} : { ip_address: ip.ip_address }) }];
    });
  const missing = (hosts ?? []).filter((host) => !seen.has(host));
  if (missing.length > 0)
    context.notes.add(
      'Assumed',
      `no HA port on ${missing.join(', ')} was given; the lab makes it.`,
      noteOf('router', router),
    );
  return entries;
}

function writeInterfaces(router: RouterInput, context: ImportContext): YamlValue[] {
  const ports = context.hosts.portsOf(router.id).filter((port) => INTERFACE_OWNERS.has(port.device_owner ?? ''));
  const told = new Set(ports.map(({ id }) => id));
  const shown = (router.interfaces_info ?? []).flatMap((info) => {
    if (told.has(info.port_id) || isHaPort(router, info)) return [];
    if (!context.subnets.has(info.subnet_id)) {
      const message = `its interface ${info.ip_address}: the subnet ${info.subnet_id} is not among what was given.`;
      context.notes.add('NotRepresented', message, noteOf('router', router));
      return [];
    }
    context.notes.add('Assumed', 'the MACs of its interfaces, which were not told.', noteOf('router', router));
    const { port_id: id, ...ip } = info;
    return [{ id, ...interfaceAddress(ip, context) }];
  });
  return [...ports.flatMap((port) => writeInterface(port, context)), ...shown];
}

/** The client lists HA ports among the interfaces; their network is known by its range (l3_ha_net_cidr). */
function isHaPort(router: RouterInput, info: { readonly port_id: string; readonly ip_address: string }): boolean {
  return router.ha === true && containsAddress(HA_CIDR, info.ip_address);
}

function writeInterface(port: PortInput, context: ImportContext): Entry[] {
  const ips = context.fixedIps(port);
  const [first, ...others] = ips;
  if (first === undefined) {
    context.notes.add('NotRepresented', 'an interface without an address.', noteOf('port', port));
    return [];
  }
  const where: Entry =
    others.length === 0
      ? interfaceAddress(first, context)
      : {
          fixed_ips: ips.map((ip) => ({ subnet: context.subnetReference(ip.subnet_id), ip_address: ip.ip_address })),
        };
  return [{ ...where, ...madePort(port), ...(port.name === '' ? {} : { name: port.name }) }];
}

/** The subnet alone where the address is that of its gateway. */
function interfaceAddress(
  ip: { readonly subnet_id: string; readonly ip_address: string },
  context: ImportContext,
): Entry {
  const gateway = context.subnets.get(ip.subnet_id)?.gateway_ip;
  const same = typeof gateway === 'string' && plain(gateway) === plain(ip.ip_address);
  return { subnet: context.subnetReference(ip.subnet_id), ...(same ? {} : { ip_address: ip.ip_address }) };
}

function plain(address: string): string {
  return formatAddress(parseAddress(address));
}

function writeGateway(router: RouterInput, context: ImportContext): Entry | undefined {
  const info = router.external_gateway_info;
  if (info === null) return undefined;
  const network = context.networkLabels.keyOf(info.network_id);
  if (network === null) {
    const message = `its gateway: the network ${info.network_id} is not among what was given.`;
    context.notes.add('NotRepresented', message, noteOf('router', router), ['enable_snat', 'external_fixed_ips']);
    return undefined;
  }
  const port = context.hosts
    .portsOf(router.id)
    .find((one) => one.device_owner === 'network:router_gateway' && one.network_id === info.network_id);
  if (port === undefined)
    context.notes.add('Assumed', 'the port of its gateway, which was not given.', noteOf('router', router));
  const given = info.external_fixed_ips?.filter(
    ({ subnet_id: id }) => context.subnets.get(id)?.network_id === info.network_id,
  );
  const ips = port === undefined ? given : context.fixedIps(port);
  return compact({
    network,
    enable_snat: info.enable_snat === false ? false : undefined,
    external_fixed_ips: ips === undefined ? undefined : addresses(ips),
    port: port === undefined ? undefined : madePort(port),
  });
}
