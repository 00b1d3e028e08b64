/** The text of a lab file for a lab that runs: with every id, address and number that it has, so that nothing moves. */
import { DEFAULT_CONFIG } from '../lab-file/schema-config.js';
import type { YamlValue } from '../lab-file/yaml-value.js';
import { OUTSIDE } from '../names.js';
import type { Config, Lab } from '../resources.js';
import { complete } from './complete.js';
import { type Entry, ImportContext } from './context.js';
import { Gatherer } from './gather.js';
import { NoteList } from './notes.js';
import { labFileSections } from './to-lab-file.js';
import { validate } from './validate.js';
import { writeYaml } from './write-yaml.js';

/** @param head Lines that stand at its top as comments. */
export function runningLabText(lab: Lab, head: readonly string[] = []): string {
  const notes = new NoteList();
  const gatherer = new Gatherer(notes);
  gatherer.add(lab.name, asCloud(lab));
  const { cloud } = validate(gatherer.result(), notes);
  const sections = labFileSections(lab.name, new ImportContext(complete(cloud, notes), notes));
  const comments = head.map((line) => `# ${line.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')}\n`).join('');
  // What an API does not tell and the lab does.
  const own = { nodes: nodesOf(lab), instances: instancesOf(lab, sections.instances), config: configOf(lab.config) };
  return `${comments}${writeYaml({ ...sections, ...own })}`;
}

/** As a recording of Neutron's API has it. */
function asCloud(lab: Lab): object {
  const { networks, subnets, routers, floatingips, security_groups, ha_vr_ids } = lab;
  const hosts = (all: Readonly<Record<string, readonly string[]>>): object =>
    Object.fromEntries(Object.entries(all).map(([id, list]) => [id, list.map((host) => ({ host }))]));
  return {
    networks,
    subnets,
    routers,
    floatingips,
    security_groups,
    ports: lab.ports,
    agents: lab.nodes.flatMap(({ name, agents }) =>
      agents.map((agent) => ({ agent_type: agent === 'l3' ? 'L3 agent' : 'DHCP agent', host: name })),
    ),
    router_l3_agents: hosts(lab.router_l3_agents),
    network_dhcp_agents: hosts(lab.network_dhcp_agents),
    ha_vr_ids,
  };
}

function nodesOf({ nodes }: Lab): Entry {
  const declared = nodes.filter(({ name }) => name !== OUTSIDE);
  return Object.fromEntries(
    declared.map(({ name, agents }) => [name, agents.length === 0 ? {} : { agents: [...agents] }]),
  );
}

/** Under their names, which an API of Neutron does not know, and also those without a port. */
function instancesOf({ instances }: Lab, written: YamlValue | undefined): Entry {
  const byId = new Map(Object.values((written ?? {}) as Record<string, Entry>).map((entry) => [entry.id, entry]));
  return Object.fromEntries(instances.map(({ id, name, node }) => [name, byId.get(id) ?? { id, node }]));
}

function configOf(config: Config): Entry {
  return Object.fromEntries<YamlValue>(
    (Object.entries(config) as [string, YamlValue][]).filter(
      ([option, value]) => value !== DEFAULT_CONFIG[option as keyof Config],
    ),
  );
}
