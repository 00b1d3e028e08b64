/** What depends on something, as a value. */
import type { Path } from '../problems.js';
import type { DeclaredKind } from './edits.js';

export type Relation =
  | 'interface'
  | 'gateway'
  | 'route'
  | 'attachment'
  | 'port'
  | 'fixed_ip'
  | 'floatingip'
  | 'association'
  | 'security_group'
  | 'remote_group'
  | 'agent'
  | 'placement';

export interface Dependent {
  /** Whose interface, gateway, route, attachment … it is. */
  readonly resource: { readonly kind: DeclaredKind; readonly name: string };
  readonly relation: Relation;
  /**
   * `deleted`: the resource itself goes; `removed`: only this part of it; `rescheduled`: Neutron chooses another node.
   */
  readonly outcome: 'deleted' | 'removed' | 'rescheduled';
  /** Neutron refuses the request because of it; the others let go by themselves. */
  readonly blocks: boolean;
}

/** What goes with something: `paths` out of the file. */
export interface Going {
  readonly paths: readonly Path[];
  readonly dependents: readonly Dependent[];
}
