/** What every step of building a lab needs to know. */
import { PROJECT_ID, resourceId } from '../ids.js';
import type { Path, ProblemList } from '../lab-file/problems.js';
import { Places, type PlacedKind } from '../lab-file/places.js';
import { show } from '../lab-file/text.js';
import { violation } from '../neutron-errors.js';
import type { Config, DeviceOwner, Lab, Node, SecurityGroup } from '../resources.js';
import type {
  ExplicitPort,
  InstanceDraft,
  NetworkDraft,
  PortDraft,
  RouterDraft,
  SubnetDraft,
  WantedIp,
} from './drafts.js';
import { Held } from './held.js';
import { Registry } from './registry.js';

/** Linux device names carry 11 characters of an id. */
const SHOWN_ID_LENGTH = 11;

export class BuildContext {
  readonly config: Config;
  /** The project of everything that names no other. */
  readonly projectId: string;
  readonly held: Held;
  readonly places = new Places();
  readonly networks = new Registry<NetworkDraft>('network', this.places, (ref) =>
    violation('NetworkNotFound', { net_id: ref }),
  );
  readonly subnets = new Registry<SubnetDraft>('subnet', this.places, (ref) =>
    violation('SubnetNotFound', { subnet_id: ref }),
  );
  readonly ports = new Registry<ExplicitPort>('port', this.places, (ref) =>
    violation('PortNotFound', { port_id: ref }),
  );
  readonly routers = new Registry<RouterDraft>('router', this.places, (ref) =>
    violation('RouterNotFound', { router_id: ref }),
  );
  readonly instances = new Registry<InstanceDraft>('instance', this.places, (ref) => ({
    type: 'InstanceNotFound',
    message: `There is no instance ${ref}.`,
  }));
  readonly securityGroups = new Registry<SecurityGroup>('security_group', this.places, (ref) =>
    violation('SecurityGroupNotFound', { id: ref }),
  );
  readonly nodes = new Registry<Node & { readonly id: string }>('node', this.places, (ref) => ({
    type: 'NodeNotFound',
    message: `There is no node ${ref}.`,
  }));

  /** False when a node was wrong: whether there are enough agents is not judged then. */
  nodesKnown = true;

  private readonly ids = new Set<string>();
  private readonly deviceIds = new Set<string>();

  constructor(
    readonly lab: string,
    sections: { readonly config: Config; readonly projectId: string | null },
    readonly problems: ProblemList,
    held: Lab | undefined,
  ) {
    this.config = sections.config;
    this.projectId = sections.projectId ?? PROJECT_ID;
    this.held = new Held(held);
  }

  /** The id of a resource: what the file gives, or one that follows from the names. Reports one that is used twice. */
  id(given: string | undefined, path: Path, ...names: readonly [kind: PlacedKind, ...names: string[]]): string {
    const id = given ?? resourceId(this.lab, ...names);
    if (this.ids.has(id)) {
      this.problems.error({
        path: given === undefined ? path : [...path, 'id'],
        code: 'DuplicateId',
        message: `The id ${show(id)} is used twice.`,
        remedy: 'Leave `id` out, or give each resource its own.',
      });
    }
    this.ids.add(id);
    this.places.place(names[0], id, path);
    return id;
  }

  /** As `id`, for networks and ports: their devices are named after the first 11 characters. */
  deviceId(given: string | undefined, path: Path, ...names: readonly [kind: PlacedKind, ...names: string[]]): string {
    const id = this.id(given, path, ...names);
    const key = `${names[0] === 'network' ? 'brq' : 'tap'}${id.slice(0, SHOWN_ID_LENGTH)}`;
    if (this.deviceIds.has(key) && given !== undefined) {
      this.problems.error({
        path: [...path, 'id'],
        code: 'DuplicateDeviceName',
        message: `Another one has an id with the same first ${String(SHOWN_ID_LENGTH)} characters, so their Linux devices would have one name, ${key}.`,
        remedy: `Change the first ${String(SHOWN_ID_LENGTH)} characters of one of them.`,
      });
    }
    this.deviceIds.add(key);
    return id;
  }

  /** A port without security, as routers, DHCP agents and floating IPs have it. */
  servicePort(port: {
    id: string;
    path: Path;
    network: NetworkDraft;
    owner: DeviceOwner;
    deviceId: string;
    host: string;
    name?: string;
    projectId?: string;
    mac?: string | undefined;
    wanted?: readonly WantedIp[] | null;
    slaac?: boolean;
    choice?: 'lowest' | 'any';
    createdAt?: string | undefined;
  }): PortDraft {
    return {
      id: port.id,
      path: port.path,
      network: port.network,
      attributes: {
        name: port.name ?? '',
        project_id: port.projectId ?? this.projectId,
        admin_state_up: true,
        device_id: port.deviceId,
        device_owner: port.owner,
        allowed_address_pairs: [],
        extra_dhcp_opts: [],
        security_groups: [],
        port_security_enabled: false,
        'binding:host_id': port.host,
      },
      mac: port.mac?.toLowerCase() ?? null,
      wanted: port.wanted ?? null,
      slaac: port.slaac ?? false,
      choice: port.choice ?? 'any',
      createdAt: port.createdAt,
      ips: [],
    };
  }
}
