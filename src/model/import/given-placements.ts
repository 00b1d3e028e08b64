/** Which agents host what, as far as it was given: the maps of a `cloud.json`, and lists of agents of one router or network. */
import { isMap } from '../lab-file/sections.js';
import type { CloudInput, NetworkInput, RouterInput } from './cloud-schema.js';
import type { AgentList, GatheredCloud } from './gather.js';
import type { NoteList } from './notes.js';
import type { ImportProblem } from './validate.js';

type Placements = Pick<CloudInput, 'router_l3_agents' | 'network_dhcp_agents' | 'ha_vr_ids'>;

export function readPlacements(
  maps: GatheredCloud['maps'],
  lists: readonly AgentList[],
  known: { readonly networks: readonly NetworkInput[]; readonly routers: readonly RouterInput[] },
  notes: NoteList,
  problems: ImportProblem[],
): Placements {
  const placements = {
    router_l3_agents: new Map<string, string[]>(),
    network_dhcp_agents: new Map<string, string[]>(),
    ha_vr_ids: new Map<string, number>(),
  };
  for (const name of ['router_l3_agents', 'network_dhcp_agents'] as const) {
    for (const { file, value } of maps[name]) {
      for (const [id, list] of Object.entries(isMap(value) ? value : {})) {
        const hosts = Array.isArray(list) ? list.map(hostOf) : [null];
        if (hosts.every((host) => host !== null)) placements[name].set(id, [...new Set(hosts)]);
        else problems.push(wrong(file, `'${name}' of ${id} is not a list of agents, each with its host.`));
      }
    }
  }
  for (const { file, value } of maps.ha_vr_ids) {
    for (const [id, vrid] of Object.entries(isMap(value) ? value : {})) {
      if (typeof vrid === 'number' && Number.isInteger(vrid) && vrid > 0 && vrid < 255)
        placements.ha_vr_ids.set(id, vrid);
      else problems.push(wrong(file, `The VRID of the router ${id} is not a number from 1 to 254.`));
    }
  }
  for (const list of lists) addList(list, known, placements, notes);
  return placements;
}

function wrong(file: string, message: string): ImportProblem {
  return { file, code: 'InvalidInput', message, remedy: 'Write it as `{ "ID": … }`, or leave it out.' };
}

/** As in `{"host": "net1"}`; the host alone is taken as well. */
function hostOf(agent: unknown): string | null {
  const host = isMap(agent) ? (agent.host ?? agent.Host) : agent;
  return typeof host === 'string' && host !== '' && host.length < 256 ? host : null;
}

/**
 * What `openstack network agent list --router R` printed does not name R. The name of the file does, or it is the only
 * HA router there is; else the list only tells nodes, and the ports of the router tell where it is.
 */
function addList(
  { file, agents }: AgentList,
  known: { readonly networks: readonly NetworkInput[]; readonly routers: readonly RouterInput[] },
  placements: { router_l3_agents: Map<string, string[]>; network_dhcp_agents: Map<string, string[]> },
  notes: NoteList,
): void {
  const types = new Set(agents.map((agent) => agent.agent_type));
  if (types.size !== 1) return;
  const isL3 = types.has('L3 agent');
  if (!isL3 && !types.has('DHCP agent')) return;
  const resources: readonly { readonly id: string; readonly name: string }[] = isL3 ? known.routers : known.networks;
  const named = resources.filter((resource) => namedIn(file, resource));
  const replicated = known.routers.filter((router) => router.ha === true);
  const states = agents.some(({ ha_state: state }) => typeof state === 'string' && state !== '');
  const owner = named.length === 1 ? named[0] : isL3 && states && replicated.length === 1 ? replicated[0] : undefined;
  const hosts = agents.flatMap((agent) => hostOf(agent) ?? []);
  if (owner !== undefined) (isL3 ? placements.router_l3_agents : placements.network_dhcp_agents).set(owner.id, hosts);
  else if (states)
    notes.add('NotRead', 'it does not say of which router these agents are: name the file after the router.', {
      kind: 'file',
      id: file,
      name: '',
    });
}

function namedIn(file: string, { id, name }: { readonly id: string; readonly name: string }): boolean {
  const stem = file.replace(/^.*[/\\]/, '').replace(/\.json$/i, '');
  if (stem.includes(id)) return true;
  if (name === '') return false;
  const at = stem.indexOf(name);
  const around = `${stem[at - 1] ?? '-'}${stem[at + name.length] ?? '-'}`;
  return at >= 0 && !/[A-Za-z0-9]/.test(around);
}
