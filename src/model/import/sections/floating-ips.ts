/** The section `floating_ips`. */
import { containsAddress, ipVersion } from '../../addresses.js';
import type { FloatingIpInput, PortInput } from '../cloud-schema.js';
import { compact, floatingNote, madePort, type Entry, type ImportContext } from '../context.js';
import { INTERFACE_OWNERS } from '../hosts.js';

export function writeFloatingIps(context: ImportContext): Entry[] {
  const ports = new Map(
    context.cloud.ports
      .filter((port) => port.device_owner === 'network:floatingip')
      .map((port) => [port.device_id, port]),
  );
  return context.cloud.floatingips.flatMap((floatingIp) => {
    const note = floatingNote(floatingIp);
    const network = context.networkLabels.keyOf(floatingIp.floating_network_id);
    const subnets = context.subnetsOf(floatingIp.floating_network_id);
    if (network === null || !subnets.some(({ cidr }) => containsAddress(cidr, floatingIp.floating_ip_address))) {
      context.notes.add(
        'NotRepresented',
        'its network or the subnet of its address is not among what was given.',
        note,
      );
      return [];
    }
    const port = ports.get(floatingIp.id);
    if (port === undefined) context.notes.add('Assumed', 'the port that holds its address, which was not given.', note);
    return [
      compact({
        id: floatingIp.id,
        ...context.project({ ...note, project: floatingIp.project_id }),
        network,
        floating_ip_address: floatingIp.floating_ip_address,
        ...target(floatingIp, context),
        floating_port: port === undefined ? undefined : madePort(port),
      }),
    ];
  });
}

/** What the address leads to. */
function target(floatingIp: FloatingIpInput, context: ImportContext): Entry {
  const { port_id: portId } = floatingIp;
  if (portId === null) return {};
  const note = floatingNote(floatingIp);
  const leaveOpen = (why: string): Entry => {
    context.notes.add('NotRepresented', `what it leads to: ${why}.`, note, [
      'port_id',
      'fixed_ip_address',
      'router_id',
    ]);
    return {};
  };
  const port = context.ports.get(portId);
  const key = context.portLabels.keyOf(portId);
  if (port === undefined || key === null) return leaveOpen('the port is not among what the lab has');
  const own = context.fixedIps(port).filter(({ ip_address: address }) => ipVersion(address) === 4);
  const fixed = floatingIp.fixed_ip_address ?? own[0]?.ip_address;
  const subnet = own.find(({ ip_address: address }) => address === fixed)?.subnet_id;
  if (subnet === undefined) return leaveOpen(`the port does not have the address ${fixed ?? ''}`);
  const routers = context.cloud.routers.filter(
    (router) =>
      router.external_gateway_info?.network_id === floatingIp.floating_network_id &&
      (router.interfaces_info?.some((info) => info.subnet_id === subnet) === true ||
        interfaces(router.id, context).some(({ fixed_ips: ips }) => ips?.some((ip) => ip.subnet_id === subnet))),
  );
  const router = routers.find(({ id }) => id === floatingIp.router_id) ?? routers[0];
  if (router === undefined) return leaveOpen('no router that was given connects the two networks');
  return compact({
    port: key,
    fixed_ip_address: own.length > 1 ? fixed : undefined,
    router: routers.length > 1 ? (context.routerLabels.keyOf(router.id) ?? undefined) : undefined,
  });
}

function interfaces(routerId: string, { hosts }: ImportContext): readonly PortInput[] {
  return hosts.portsOf(routerId).filter((port) => INTERFACE_OWNERS.has(port.device_owner ?? ''));
}
