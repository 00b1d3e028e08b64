/** What every node of a lab should be: the desired state, with the lab itself written down on each node. */
import type { Lab, ResourceRef } from '../../model/resources.js';
import type { DesiredItem, NodeState } from '../../neutron/node-state.js';
import { realise } from '../../neutron/realise.js';
import { LAB_FILE } from '../running-lab.js';

export interface Blueprint {
  readonly lab: Lab;
  /** Node name to its address on the underlay. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly states: ReadonlyMap<string, NodeState<DesiredItem>>;
}

export function drawBlueprint(lab: Lab, addresses: Readonly<Record<string, string>>): Blueprint {
  const record: DesiredItem = {
    kind: 'file',
    path: LAB_FILE,
    content: JSON.stringify(lab),
    mode: 0o644,
    resource: { kind: 'lab', id: lab.name, name: lab.name },
    why: 'whoever attaches to the running lab reads here what it is meant to be',
  };
  const states = new Map(
    realise(lab, { addresses }).map((state) => [state.node, { node: state.node, items: [...state.items, record] }]),
  );
  return { lab, addresses, states };
}

/** Resources by id, and by the 11 characters of it that device names carry; instances by name. */
export function knownResources(...labs: readonly (Lab | null)[]): ReadonlyMap<string, ResourceRef> {
  const known = new Map<string, ResourceRef>();
  const add = (kind: ResourceRef['kind'], resource: { id: string; name: string }): void => {
    const ref: ResourceRef = { kind, id: resource.id, name: resource.name };
    known.set(resource.id, ref);
    known.set(resource.id.slice(0, 11), ref);
  };
  for (const lab of labs) {
    if (!lab) continue;
    for (const network of lab.networks) add('network', network);
    for (const port of lab.ports) add('port', port);
    for (const router of lab.routers) add('router', router);
    for (const group of lab.security_groups) add('security_group', group);
    for (const instance of lab.instances) {
      add('instance', instance);
      known.set(instance.name, { kind: 'instance', id: instance.id, name: instance.name });
    }
  }
  return known;
}
