/**
 * What a person declares in a lab file, as plain data: a tree, a canvas or an API says it, `applyEdit` writes it into
 * the text. `verbs.ts` has a constructor for each of Neutron's verbs; this is the small vocabulary behind them.
 */
import type { ResourceKind } from '../../resources.js';
import type { YamlValue } from '../yaml-value.js';

/** What a lab file declares under a name. */
export type DeclaredKind = Exclude<ResourceKind, 'lab'>;

/**
 * A resource of the file, or with `lab` the file itself, whose attributes are `lab`, `project_id` and `config`.
 * `ref` is what the file calls it (a subnet may be `NETWORK/SUBNET`) or its id, given or derived: that of a `ResourceRef`
 * of the lab will do. A floating IP may be meant by its `floating_ip_address`.
 */
export interface Target {
  readonly kind: DeclaredKind | 'lab';
  readonly ref: string;
}

/** An attribute, or the way to one inside it: `['external_gateway_info', 'enable_snat']`. */
export type Attribute = string | readonly (string | number)[];

export type Attributes = Readonly<Record<string, YamlValue>>;

/**
 * Which item of a list: its place, from 0; the name or id of the resource that it refers to or is; or attributes that
 * it has (the first item that has all of them).
 */
export type ItemMatch = number | string | Attributes;

/** A new resource, at the end of its section. */
export interface AddEdit {
  readonly do: 'add';
  readonly kind: DeclaredKind;
  /** The key of the entry. Empty for a floating IP that goes into a list. */
  readonly name: string;
  /** In the words of the lab file. An id of a resource of this lab is written as its name. */
  readonly attributes: Attributes;
  /** The network of a subnet, by name or id. */
  readonly network?: string;
}

export interface SetEdit {
  readonly do: 'set';
  readonly target: Target;
  readonly attribute: Attribute;
  /** Of a map or list only what differs is written. */
  readonly value: YamlValue;
}

/** Several attributes of a resource at once. */
export interface ChangeEdit {
  readonly do: 'change';
  readonly target: Target;
  readonly set: Attributes;
  readonly unset: readonly string[];
}

export interface UnsetEdit {
  readonly do: 'unset';
  readonly target: Target;
  readonly attribute: Attribute;
  /** Unsetting a router's gateway is refused while floating IPs need it, unless they are taken off their ports. */
  readonly cascade?: boolean;
}

/** A new last item of a list. */
export interface InsertEdit {
  readonly do: 'insert';
  readonly target: Target;
  readonly list: string;
  readonly item: YamlValue;
}

/** An item of a list goes; one that is not there is an error. */
export interface RemoveEdit {
  readonly do: 'remove';
  readonly target: Target;
  readonly list: string;
  readonly item: ItemMatch;
  /** Removing an interface is refused while routes or floating IPs need it, unless they go with it. */
  readonly cascade?: boolean;
}

/** Every reference in the file follows. */
export interface RenameEdit {
  readonly do: 'rename';
  readonly target: Target;
  readonly name: string;
}

export interface DeleteEdit {
  readonly do: 'delete';
  readonly target: Target;
  /** Without it Neutron's refusal stands when something depends on the resource; with it that goes or lets go too. */
  readonly cascade?: boolean;
}

/** Several as one: only their outcome has to be a right lab file. */
export interface AllEdits {
  readonly do: 'all';
  readonly edits: readonly LabFileEdit[];
}

export type LabFileEdit =
  AddEdit | SetEdit | ChangeEdit | UnsetEdit | InsertEdit | RemoveEdit | RenameEdit | DeleteEdit | AllEdits;
