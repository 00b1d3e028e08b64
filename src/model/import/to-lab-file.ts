/** The text of a lab file for a cloud: readable, with the ids, MACs, addresses and numbers of the cloud. */
import { configSchema, DEFAULT_CONFIG } from '../lab-file/schema-config.js';
import { isMap } from '../lab-file/sections.js';
import { isDomain } from '../lab-file/text.js';
import type { CloudInput } from './cloud-schema.js';
import { compact, type Entry, type ImportContext } from './context.js';
import { renderNote, type Note } from './notes.js';
import { writeFloatingIps } from './sections/floating-ips.js';
import { underlayMtu, writeHaNetworks, writeNetworks } from './sections/networks.js';
import { ownPorts, writeInstances, writePorts } from './sections/ports.js';
import { writeRouters } from './sections/routers.js';
import { writeSecurityGroups } from './sections/security-groups.js';
import { noteUnrepresented } from './unrepresented.js';
import type { YamlValue } from '../lab-file/yaml-value.js';
import { writeYaml } from './write-yaml.js';

export type LabFileSections = Readonly<Record<string, YamlValue | undefined>>;

/** @param name Of the lab, a host label. */
export function labFileSections(name: string, context: ImportContext): LabFileSections {
  const underlay = underlayMtu(context);
  noteRest(context.cloud, context);
  const nodes = context.hosts.nodes.map(({ name: node, agents }): [string, YamlValue] => [
    node,
    agents.length === 0 ? {} : { agents: [...agents] },
  ]);
  if (nodes.length === 0)
    context.notes.add('Assumed', 'no host was told: the lab has the nodes that a lab has by itself.');
  const ports = ownPorts(context);
  return {
    lab: name,
    project_id: context.projectId ?? undefined,
    nodes: Object.fromEntries(nodes),
    networks: writeNetworks(context, underlay),
    ha_networks: writeHaNetworks(context, underlay),
    routers: writeRouters(context),
    ports: writePorts(ports, context),
    instances: writeInstances(ports, context),
    floating_ips: writeFloatingIps(context),
    security_groups: writeSecurityGroups(context),
    config: config(context, underlay),
  };
}

function noteRest(
  { networks, subnets, ports, routers, floatingips, security_groups: groups }: CloudInput,
  { notes }: ImportContext,
): void {
  for (const network of networks) noteUnrepresented('network', network, notes);
  for (const subnet of subnets) noteUnrepresented('subnet', subnet, notes);
  for (const port of ports) noteUnrepresented('port', port, notes);
  for (const router of routers) noteUnrepresented('router', router, notes);
  for (const floatingIp of floatingips)
    noteUnrepresented('floatingip', { ...floatingIp, name: floatingIp.floating_ip_address }, notes);
  for (const group of groups) noteUnrepresented('security_group', group, notes);
}

function config(context: ImportContext, underlay: number): Entry {
  const domain = dnsDomain(context);
  const lease = leaseDuration(context);
  return compact({
    global_physnet_mtu: underlay === DEFAULT_CONFIG.global_physnet_mtu ? undefined : underlay,
    dhcp_lease_duration: lease === null || lease === DEFAULT_CONFIG.dhcp_lease_duration ? undefined : lease,
    dns_domain: domain === null || domain === DEFAULT_CONFIG.dns_domain ? undefined : domain,
  });
}

/** DHCP agents tell it; null where they do not agree. Seconds. */
function leaseDuration({ cloud }: ImportContext): number | null {
  const told = new Set(
    cloud.agents.flatMap(({ configurations }) => {
      const lease = isMap(configurations) ? configurations.dhcp_lease_duration : undefined;
      return configSchema.shape.dhcp_lease_duration.safeParse(lease).success && typeof lease === 'number'
        ? [lease]
        : [];
    }),
  );
  const [lease] = told;
  return told.size === 1 ? (lease ?? null) : null;
}

/** The option is not in the API, but the names of ports end in it where the DNS extension is on. */
function dnsDomain({ cloud }: ImportContext): string | null {
  const domains = new Set<string>();
  for (const { dns_assignment: assignments } of cloud.ports) {
    for (const one of Array.isArray(assignments) ? (assignments as unknown[]) : []) {
      if (typeof one !== 'object' || one === null || !('fqdn' in one) || !('hostname' in one)) continue;
      const { fqdn, hostname } = one;
      if (typeof fqdn !== 'string' || typeof hostname !== 'string' || !fqdn.startsWith(`${hostname}.`)) continue;
      domains.add(fqdn.slice(hostname.length + 1).replace(/\.$/, ''));
    }
  }
  const [domain] = domains;
  return domains.size === 1 && domain !== undefined && isDomain(domain) ? domain : null;
}

/** The text, with what is not the same as in the cloud as comments at its top. */
export function labFileText(sections: LabFileSections, notes: readonly Note[]): string {
  const head = [
    'Imported from a cloud: ids, MACs, addresses, VNIs and VRIDs are its own.',
    "Options of neutron.conf are not in Neutron's API: what `config` does not say has Neutron's defaults.",
    ...(notes.length === 0
      ? []
      : ['', 'Not the same as in the cloud:', ...notes.map((note) => `- ${renderNote(note)}`)]),
  ];
  const comments = head.map((line) => `# ${line.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')}`.trimEnd()).join('\n');
  return `${comments}\n\n${writeYaml(sections)}`;
}
