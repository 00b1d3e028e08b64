/** How the commands of a script name what other commands made: by name, or by the id that was kept. */
import { ShellVariable, type WordPart } from './shell-words.js';
import type { DeclaredGroup, DeclaredNetwork, DeclaredPort, DeclaredSubnet, Topology } from '../topology.js';

interface Nameable {
  readonly name: string;
  readonly label: string;
}

export class References {
  readonly #byId = new Map<Nameable, ShellVariable>();
  /** What the script has to find out first. */
  readonly prologue: readonly string[];

  constructor({ groups, networks, ports, routers }: Topology) {
    this.#keep('group', groups);
    this.#keep('network', networks);
    this.#keep(
      'subnet',
      networks.flatMap(({ subnets }) => subnets),
    );
    this.#keep('port', ports);
    this.#keep('router', routers);
    const existing = groups.find((group) => group.existing);
    if (existing !== undefined) this.#byId.set(existing, new ShellVariable('default_group'));
    this.prologue = existing === undefined ? [] : FIND_DEFAULT_GROUP;
  }

  of(resource: DeclaredGroup | DeclaredNetwork | DeclaredSubnet | DeclaredPort | Nameable): WordPart {
    return this.#byId.get(resource) ?? resource.name;
  }

  /** Where its id is kept; undefined where its name is enough. */
  kept(resource: Nameable): ShellVariable | undefined {
    return this.#byId.get(resource);
  }

  /** The client parts `subnet=NAME,ip-address=…` at its commas, and takes a leading hyphen for an option. */
  #keep(kind: string, resources: readonly Nameable[]): void {
    const times = new Map<string, number>();
    for (const { name } of resources) times.set(name, (times.get(name) ?? 0) + 1);
    for (const resource of resources) {
      if ((times.get(resource.name) ?? 0) < 2 && !/^-|[,=]/.test(resource.name)) continue;
      this.#byId.set(resource, new ShellVariable(`${kind}_${resource.label}`));
    }
  }
}

/** An administrator sees the group `default` of every project, so its name is not enough. */
const FIND_DEFAULT_GROUP = [
  '',
  '# The group `default` of the project',
  'project=$(openstack token issue -f value -c project_id)',
  'default_group=$(openstack security group list --project "$project" -f value -c ID -c Name | awk \'$2 == "default" { print $1 }\')',
];
