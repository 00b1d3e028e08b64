/** The sections `ports` and `instances`. */
import { deviceId, optionName, optionValue } from '../../lab-file/schema-text.js';
import type { PortInput } from '../cloud-schema.js';
import { compact, createdAt, noteOf, type Entry, type ImportContext } from '../context.js';
import { appendTo } from '../group.js';
import { INTERFACE_OWNERS } from '../hosts.js';
import { HostLabels } from '../labels.js';
import type { YamlValue } from '../../lab-file/yaml-value.js';
import { addresses } from './networks.js';

/** Ports that stand with their router, network or floating IP. */
const WITH_THEIR_DEVICE: ReadonlySet<string> = new Set([
  ...INTERFACE_OWNERS,
  'network:router_gateway',
  'network:router_ha_interface',
  'network:floatingip',
  'network:dhcp',
]);
/** What only a distributed router has: in the lab it is none. */
const OF_DVR: ReadonlySet<string> = new Set(['network:router_centralized_snat', 'network:floatingip_agent_gateway']);

export function isInstancePort(port: PortInput): boolean {
  return (port.device_owner ?? '').startsWith('compute:') && (port.device_id ?? '') !== '';
}

/** Ports that get an entry of their own, in the order of the cloud. */
export function ownPorts(context: ImportContext): readonly PortInput[] {
  return context.cloud.ports.filter((port) => {
    const owner = port.device_owner ?? '';
    const note = noteOf('port', port);
    if (port.network_id === null || context.networkLabels.keyOf(port.network_id) === null) {
      if (owner !== 'network:router_ha_interface')
        context.notes.add('NotRepresented', 'its network is not among what was given.', note);
      else if (!context.routers.has(port.device_id ?? ''))
        context.notes.add('NotRepresented', 'its router is not among what was given.', note);
      return false;
    }
    if (OF_DVR.has(owner)) {
      context.notes.add('NotRepresented', `a port of owner ${owner}, which only distributed routers have.`, note);
      return false;
    }
    if (!WITH_THEIR_DEVICE.has(owner)) return true;
    const device = port.device_id ?? '';
    if (owner.includes('router') && !context.routers.has(device))
      context.notes.add('NotRepresented', 'its router is not among what was given.', note);
    if (owner === 'network:floatingip' && !context.cloud.floatingips.some(({ id }) => id === device))
      context.notes.add('NotRepresented', 'its floating IP is not among what was given.', note);
    return false;
  });
}

export function writePorts(ports: readonly PortInput[], context: ImportContext): Record<string, Entry> {
  return Object.fromEntries(
    ports.map((port) => {
      const { key, attributes } = context.portLabels.add({
        id: port.id,
        name: port.name,
      });
      return [key, { ...attributes, ...writePort(port, context) }];
    }),
  );
}

function writePort(port: PortInput, context: ImportContext): Entry {
  const owner = port.device_owner ?? '';
  const instance = isInstancePort(port);
  const note = noteOf('port', port);
  if (port['binding:vif_type'] === 'binding_failed')
    context.notes.add('Changed', 'it could not be bound; in the lab it is plugged.', note);
  const guard = security(port, context);
  if (!instance && owner !== '' && !owner.startsWith('compute:'))
    context.notes.add('Changed', `a port of owner ${owner}: the lab keeps its addresses, and nobody uses it.`, note);
  if (instance && owner !== 'compute:nova')
    context.notes.add('Changed', `its owner is ${owner}; in the lab it is compute:nova.`, note);
  if (!instance && owner === '' && (port.device_id ?? '') !== '')
    context.notes.add('NotRepresented', `its device ${port.device_id ?? ''}, which is of no known kind.`, note);
  return compact({
    id: port.id,
    ...context.project({ ...note, project: port.project_id }),
    network: context.networkLabels.keyOf(port.network_id ?? '') ?? '',
    mac_address: port.mac_address,
    ...createdAt(port.created_at),
    fixed_ips: addresses(context.fixedIps(port)),
    admin_state_up: port.admin_state_up === false ? false : undefined,
    device_owner: !instance && owner.startsWith('compute:') ? 'compute:nova' : undefined,
    ...guard,
    allowed_address_pairs: nonEmpty(addressPairs(port, guard, context)),
    extra_dhcp_opts: nonEmpty(dhcpOptions(port, context)),
  });
}

/** Address pairs are exceptions of port security; where there is none, all may pass. */
function addressPairs(port: PortInput, guard: Entry, context: ImportContext): Entry[] {
  const pairs = port.allowed_address_pairs ?? [];
  if (Object.keys(guard).length === 0) {
    if (pairs.length > 0) {
      const message = 'its allowed address pairs, since in the lab it filters nothing.';
      context.notes.add('NotRepresented', message, noteOf('port', port), ['allowed_address_pairs']);
    }
    return [];
  }
  return pairs.map(({ ip_address: address, mac_address: mac }) => ({
    ip_address: address,
    ...(typeof mac !== 'string' || mac === port.mac_address ? {} : { mac_address: mac }),
  }));
}

function security(port: PortInput, context: ImportContext): Entry {
  const given = port.security_groups ?? [];
  const enabled = port.port_security_enabled ?? given.length > 0;
  if (!enabled) return {};
  const known = given.flatMap((id) => context.groupLabels.keyOf(id) ?? []);
  if (known.length < given.length) {
    const open = known.length === 0;
    context.notes.add(
      'Changed',
      `its security groups are not all among what was given; ${open ? 'in the lab it filters nothing' : 'the lab has the others'}.`,
      noteOf('port', port),
      ['security_groups', 'port_security_enabled'],
    );
    if (open) return {};
  }
  const byNetwork = context.networks.get(port.network_id ?? '')?.port_security_enabled !== false;
  return { security_groups: known, ...(byNetwork ? {} : { port_security_enabled: true }) };
}

function dhcpOptions(port: PortInput, context: ImportContext): Entry[] {
  return (port.extra_dhcp_opts ?? []).flatMap(({ opt_name: name, opt_value: value, ip_version: version }) => {
    if (optionName.safeParse(name).success && optionValue.safeParse(value).success)
      return [{ opt_name: name, opt_value: value, ...(version === 6 ? { ip_version: 6 } : {}) }];
    context.notes.add('NotRepresented', 'a DHCP option that dnsmasq would not understand.', noteOf('port', port));
    return [];
  });
}

function nonEmpty(list: readonly Entry[]): YamlValue | undefined {
  return list.length === 0 ? undefined : list;
}

/** One instance for each device, its ports in the order of the cloud. */
export function writeInstances(ports: readonly PortInput[], context: ImportContext): Record<string, Entry> {
  const devices = new Map<string, PortInput[]>();
  for (const port of ports) {
    if (!isInstancePort(port)) continue;
    appendTo(devices, port.device_id ?? '', port);
  }
  const labels = new HostLabels(context.hosts.nodes.map(({ name }) => name));
  return Object.fromEntries(
    [...devices].map(([device, own]) => {
      const name = labels.add(...instanceNames(device, own));
      const resource = { kind: 'instance', id: device, name };
      const nodes = [...new Set(own.flatMap((port) => context.hosts.nodeOf(port['binding:host_id']) ?? []))];
      const [node] = nodes;
      if (node === undefined)
        context.notes.add('Assumed', 'its ports are not bound to a host; the lab chooses its node.', resource);
      if (nodes.length > 1)
        context.notes.add(
          'Changed',
          `its ports are on ${nodes.join(', ')}; in the lab it is on ${node ?? ''}.`,
          resource,
        );
      const id = deviceId.safeParse(device).success ? device : undefined;
      if (id === undefined)
        context.notes.add('Changed', 'its id cannot stand in a lab file; it gets another.', resource);
      const networks = own.map((port) => ({ port: context.portLabels.keyOf(port.id) ?? port.id }));
      return [name, compact({ id, node, networks })];
    }),
  );
}

/** The name of its only port; else its id, where that is one for people; else the name of any of its ports. */
function instanceNames(device: string, ports: readonly PortInput[]): readonly string[] {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(device);
  const names = ports.map(({ name }) => name);
  return [
    ...(ports.length === 1 ? names : []),
    ...(uuid ? [] : [device.replace(/^inst-/, '')]),
    ...names,
    `instance-${device.slice(0, 8)}`,
  ];
}
