/** What every section of the lab file is written from: the cloud, put in order, and the keys of its resources. */
import { tryParseCidr } from '../addresses.js';
import { projectId as projectIdSchema, time } from '../lab-file/schema-text.js';
import type {
  CloudInput,
  FloatingIpInput,
  NetworkInput,
  PortInput,
  RouterInput,
  SecurityGroupInput,
  SubnetInput,
} from './cloud-schema.js';
import { appendTo } from './group.js';
import { HostMap } from './hosts.js';
import { Labels, type Label } from './labels.js';
import type { NoteList, NoteResource } from './notes.js';
import type { YamlValue } from '../lab-file/yaml-value.js';

export type Entry = Record<string, YamlValue>;

export class ImportContext {
  readonly hosts: HostMap;
  readonly networks: ReadonlyMap<string, NetworkInput>;
  readonly subnets: ReadonlyMap<string, SubnetInput>;
  readonly ports: ReadonlyMap<string, PortInput>;
  readonly routers: ReadonlyMap<string, RouterInput>;
  /** HA networks by their id, with the project whose routers they serve. */
  readonly haProjects: ReadonlyMap<string, string>;
  /** The project of most resources. */
  readonly projectId: string | null;

  readonly networkLabels: Labels;
  readonly portLabels: Labels;
  readonly routerLabels: Labels;
  readonly groupLabels: Labels;
  readonly #subnetLabels = new Map<string, { readonly label: Label; readonly network: string }>();
  readonly #subnetKeys = new Map<string, number>();
  readonly #subnetsOfNetwork = new Map<string, SubnetInput[]>();

  constructor(
    readonly cloud: CloudInput,
    readonly notes: NoteList,
  ) {
    this.hosts = new HostMap(cloud, notes);
    this.networks = new Map(cloud.networks.map((network) => [network.id, network]));
    this.ports = new Map(cloud.ports.map((port) => [port.id, port]));
    this.routers = new Map(cloud.routers.map((router) => [router.id, router]));
    this.subnets = new Map(cloud.subnets.map((subnet) => [subnet.id, subnet]));
    this.projectId = commonProject(cloud);
    this.haProjects = haProjects(cloud, this.routers, this.projectId);
    this.networkLabels = new Labels('network', notes);
    this.portLabels = new Labels('port', notes);
    this.routerLabels = new Labels('router', notes);
    this.groupLabels = new Labels('security_group', notes);
    this.addLabels();
  }

  subnetsOf(networkId: string): readonly SubnetInput[] {
    return this.#subnetsOfNetwork.get(networkId) ?? [];
  }

  subnetLabel(id: string): Label | null {
    return this.#subnetLabels.get(id)?.label ?? null;
  }

  /** How the file refers to a subnet. */
  subnetReference(id: string): string {
    const found = this.#subnetLabels.get(id);
    if (found === undefined) return id;
    const { key } = found.label;
    if (this.#subnetKeys.get(key) === 1) return key;
    return `${found.network}${key}`.includes('/') ? id : `${found.network}/${key}`;
  }

  /** Nothing where it is that of the lab. */
  project(resource: NoteResource & { readonly project: string | null }): { project_id?: string } {
    const { project, ...named } = resource;
    if (project === null || project === this.projectId) return {};
    if (projectIdSchema.safeParse(project).success) return { project_id: project };
    this.notes.add('Changed', 'the id of its project cannot stand in a lab file; it is in that of the lab.', named);
    return {};
  }

  /** The addresses of a port that the lab can give it: those in subnets that were given. */
  fixedIps(port: PortInput): { readonly subnet_id: string; readonly ip_address: string }[] {
    return (port.fixed_ips ?? []).filter((ip) => {
      if (this.subnets.get(ip.subnet_id)?.network_id === port.network_id) return true;
      this.notes.add(
        'NotRepresented',
        `its address ${ip.ip_address}: the subnet ${ip.subnet_id} is not among what was given.`,
        noteOf('port', port),
        ['fixed_ips'],
      );
      return false;
    });
  }

  private addLabels(): void {
    for (const network of this.cloud.networks) if (!this.haProjects.has(network.id)) this.networkLabels.add(network);
    const perNetwork = new Map<string, Labels>();
    for (const subnet of this.cloud.subnets) {
      appendTo(this.#subnetsOfNetwork, subnet.network_id, subnet);
      const network = this.networkLabels.keyOf(subnet.network_id);
      if (network === null) continue;
      const labels = perNetwork.get(network) ?? new Labels('subnet', this.notes);
      perNetwork.set(network, labels);
      const label = labels.add(subnet);
      this.#subnetLabels.set(subnet.id, { label, network });
      this.#subnetKeys.set(label.key, (this.#subnetKeys.get(label.key) ?? 0) + 1);
    }
    for (const router of this.cloud.routers) this.routerLabels.add(router);
    for (const group of this.cloud.security_groups) this.groupLabels.add(group);
  }
}

export function noteOf(kind: string, { id, name }: { readonly id: string; readonly name: string }): NoteResource {
  return { kind, id, name };
}

export function floatingNote(floatingIp: FloatingIpInput): NoteResource {
  return { kind: 'floatingip', id: floatingIp.id, name: floatingIp.floating_ip_address };
}

/** What the file says of a port that Neutron made by itself. */
export function madePort({ id, mac_address: mac, created_at: created }: PortInput): Entry {
  return { id, mac_address: mac, ...createdAt(created) };
}

export function createdAt(created: string | null): { created_at?: string } {
  return created !== null && time.safeParse(created).success ? { created_at: created } : {};
}

/** Without attributes that have the value which they have by themselves. */
export function compact(entry: Readonly<Record<string, YamlValue | undefined>>): Entry {
  return Object.fromEntries(Object.entries(entry).filter((pair): pair is [string, YamlValue] => pair[1] !== undefined));
}

/** An IPv4 CIDR has an IPv4 gateway. */
export function isIpv4(subnet: SubnetInput): boolean {
  return tryParseCidr(subnet.cidr)?.version === 4;
}

function commonProject(cloud: CloudInput): string | null {
  const counts = new Map<string, number>();
  const all: readonly (NetworkInput | RouterInput | PortInput | SecurityGroupInput | FloatingIpInput)[] = [
    ...cloud.networks,
    ...cloud.routers,
    ...cloud.ports,
    ...cloud.security_groups,
    ...cloud.floatingips,
  ];
  for (const { project_id: project } of all) {
    if (project === null || project === '' || !projectIdSchema.safeParse(project).success) continue;
    counts.set(project, (counts.get(project) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? null;
}

/** An HA network is known by the HA ports on it. */
function haProjects(
  cloud: CloudInput,
  routers: ReadonlyMap<string, RouterInput>,
  common: string | null,
): ReadonlyMap<string, string> {
  const projects = new Map<string, string>();
  for (const port of cloud.ports) {
    if (port.device_owner !== 'network:router_ha_interface' || port.network_id === null) continue;
    const router = routers.get(port.device_id ?? '');
    const project = router?.project_id ?? common;
    if (router?.ha === true && project !== null) projects.set(port.network_id, project);
  }
  return projects;
}
