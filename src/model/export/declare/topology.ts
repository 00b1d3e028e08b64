/** From a lab to what has to be declared of it. */
import { DEFAULT_CONFIG } from '../../lab-file/schema-config.js';
import { enumerate } from '../../lab-file/text.js';
import { indexLab, type LabIndex } from '../../lab-queries.js';
import { PROJECT_ID } from '../../ids.js';
import type { Config, Lab } from '../../resources.js';
import { declareGroups } from './groups.js';
import { declareNetworks } from './networks.js';
import { PortDeclarer } from './ports.js';
import { declareRouters } from './routers.js';
import { LabelMaker } from './labels.js';
import type {
  DeclaredFloatingIp,
  DeclaredGroup,
  DeclaredPort,
  DeclaredRouter,
  DeclaredServer,
  ExportOptions,
  Topology,
} from '../topology.js';

/** Owners of ports that port security is about; Neutron exempts its own. */
const USERS: ReadonlySet<string> = new Set(['', 'compute:nova']);

export function declare(lab: Lab, options: ExportOptions): Topology {
  const index = indexLab(lab);
  const groups = declareGroups(lab);
  const networks = declareNetworks(index, options);
  const ports = new PortDeclarer(index, networks, groups);
  const servers = declareServers(index, ports);
  for (const port of lab.ports) {
    if (port.device_owner === '' || (port.device_owner === 'compute:nova' && ports.get(port.id) === null)) {
      ports.declare(port, null);
    }
  }
  const routers = declareRouters(index, networks, ports, options);
  return {
    lab: lab.name,
    role: options.role,
    remarks: remarksOf(lab, options),
    groups: groupsInUse([...groups.values()], ports.all),
    networks: [...networks.networks.values()],
    ports: ports.all,
    routers: [...routers.values()],
    floatingIps: declareFloatingIps(index, networks, ports, routers, options),
    servers: options.servers ? servers : [],
  };
}

/** The group `default` is there anyway, so it is told only where something is said of it. */
function groupsInUse(groups: readonly DeclaredGroup[], ports: readonly DeclaredPort[]): DeclaredGroup[] {
  const named = new Set([
    ...ports.flatMap((port) => port.groups),
    ...groups.flatMap(({ rules }) => rules.flatMap(({ remoteGroup }) => remoteGroup ?? [])),
  ]);
  return groups.filter(
    (group) => !group.existing || named.has(group) || group.withoutDefaultRules || group.rules.length > 0,
  );
}

function declareServers(index: LabIndex, ports: PortDeclarer): DeclaredServer[] {
  const labels = new LabelMaker('server');
  return index.lab.instances.map(({ name, ports: ids, node }) => ({
    name,
    label: labels.make(name),
    ports: ids.flatMap((id) => {
      const port = index.ports.get(id);
      return (port === undefined ? null : ports.declare(port, name)) ?? [];
    }),
    remarks: [`In the lab it runs on ${node}; a cloud's scheduler chooses a host.`],
  }));
}

function declareFloatingIps(
  index: LabIndex,
  { networks }: ReturnType<typeof declareNetworks>,
  ports: PortDeclarer,
  routers: ReadonlyMap<string, DeclaredRouter>,
  { role }: ExportOptions,
): DeclaredFloatingIp[] {
  const labels = new LabelMaker('floating_ip');
  return index.lab.floatingips.flatMap((floatingIp) => {
    const network = networks.get(floatingIp.floating_network_id);
    if (network === undefined) return [];
    const port = ports.get(floatingIp.port_id ?? '');
    const address = floatingIp.floating_ip_address;
    const several =
      (index.ports.get(floatingIp.port_id ?? '')?.fixed_ips ?? []).filter((ip) => !ip.ip_address.includes(':')).length >
      1;
    return [
      {
        name: address,
        label: labels.make(port?.name ?? 'floating_ip'),
        network,
        address: role === 'admin' ? address : null,
        port,
        fixedAddress: several ? floatingIp.fixed_ip_address : null,
        router: routers.get(floatingIp.router_id ?? '') ?? null,
        remarks: [
          ...(role === 'member' ? [`In the lab it is ${address}; only an administrator chooses the address.`] : []),
          ...(floatingIp.port_id !== null && port === null
            ? ['In the lab it leads to a port that a cloud makes by itself; here to nothing.']
            : []),
        ],
      },
    ];
  });
}

function remarksOf(lab: Lab, { role, servers }: ExportOptions): string[] {
  const projects = new Set(lab.networks.flatMap(({ project_id: id }) => (id === '' ? [] : [id])));
  const config = (Object.entries(lab.config) as [keyof Config, unknown][]).filter(
    ([option, value]) => option !== 'release' && value !== DEFAULT_CONFIG[option],
  );
  return [
    role === 'admin'
      ? 'For an administrator: external networks, VNIs, `ha`, and the addresses outside are not for a member of a project (then: `--as member`).'
      : 'For a member of a project: what only an administrator may declare is left to the cloud.',
    'VRIDs, HA networks, DHCP ports and which agents serve what are the choice of the cloud.',
    ...(lab.ports.some((port) => USERS.has(port.device_owner) && !port.port_security_enabled)
      ? [
          'Ports without security groups filter nothing in a lab: here their port security is off, which is rarely wanted.',
        ]
      : []),
    ...(projects.size > 1 || !projects.has(PROJECT_ID)
      ? [`Everything belongs to the project that you are in; in the lab to ${enumerate([...projects])}.`]
      : []),
    ...(config.length > 0
      ? [
          `Not the default in the lab, and a matter of neutron.conf and its agents: ${config
            .map(([option, value]) => (option.endsWith('password') ? option : `${option} = ${String(value)}`))
            .join(', ')}.`,
        ]
      : []),
    ...(servers || lab.instances.length === 0 ? [] : ['Ports of instances without the instances, as asked.']),
  ];
}
