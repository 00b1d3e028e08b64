/** What of the lab file a row of the view stands for. Pure. */
import type { LabFileEdit, Target } from '../../model/lab-file/edit/edits.js';
import type { Part } from '../../model/lab-file/edit/dependents.js';
import {
  clearGateway,
  deleteSecurityGroupRule,
  detach,
  remove,
  removeExtraRoute,
  removeRouterInterface,
  setAgents,
} from '../../model/lab-file/edit/verbs.js';
import type { AgentKind } from '../../model/resources.js';
import type { ContextValue } from '../manifest/context-values.js';
import type { About } from '../tree/row.js';

const KINDS: Partial<Record<ContextValue, Target['kind']>> = {
  lab: 'lab',
  network: 'network',
  subnet: 'subnet',
  router: 'router',
  instance: 'instance',
  floatingIp: 'floatingip',
  securityGroup: 'security_group',
  node: 'node',
};

/** Null for a part of a resource, and for what the file does not declare. */
export function targetOfRow({ kind, id }: Pick<About, 'kind' | 'id'>): Target | null {
  const own = KINDS[kind];
  return own === undefined ? null : { kind: own, ref: own === 'lab' ? '' : id };
}

/** What goes when a row is deleted. */
export interface Removal {
  /** The resource, or the one that the part belongs to. */
  readonly target: Target;
  /** Absent where the resource itself goes, and where nothing can depend on the part. */
  readonly part?: Part;
  readonly edit: (cascade: boolean) => LabFileEdit;
}

/** Null for what cannot be deleted. @param agentsOf Those of a node. */
export function removalOf(about: About, agentsOf: (node: string) => readonly AgentKind[]): Removal | null {
  const target = targetOfRow(about);
  if (target !== null) return target.kind === 'lab' ? null : { target, edit: (cascade) => remove(target, { cascade }) };
  const { kind, id, owner, node } = about;
  if (kind === 'agent' && node !== undefined) {
    const others = agentsOf(node).filter((agent) => `${node} ${agent}` !== id);
    return { target: { kind: 'node', ref: node }, edit: () => setAgents(node, others) };
  }
  if (owner === undefined) return null;
  const holder = targetOfRow(owner);
  if (holder === null) return null;
  switch (kind) {
    case 'interface':
      return {
        target: holder,
        part: { list: 'interfaces', item: id },
        edit: (cascade) => removeRouterInterface(owner.id, id, { cascade }),
      };
    case 'gateway':
      return {
        target: holder,
        part: { list: 'external_gateway_info', item: 0 },
        edit: (cascade) => clearGateway(owner.id, { cascade }),
      };
    case 'port':
      return {
        target: holder,
        part: { list: 'networks', item: id },
        edit: (cascade) => detach(owner.id, id, { cascade }),
      };
    case 'route': {
      const [destination = '', nexthop = ''] = id.split(' ');
      return { target: holder, edit: () => removeExtraRoute(owner.id, { destination, nexthop }) };
    }
    case 'rule':
      return { target: holder, edit: () => deleteSecurityGroupRule(owner.id, id) };
    default:
      return null;
  }
}
