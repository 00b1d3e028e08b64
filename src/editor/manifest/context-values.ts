/**
 * The `contextValue` of each kind of row in the Labs view, and what menus ask of it. Pure.
 *
 * A row's value is its kind, followed by what is true of it: `router;ha;running`. Menus match with a regular
 * expression, so a kind is never the beginning of another one's word by accident.
 */

export const CONTEXT_VALUES = {
  lab: 'a lab: of a file, on the engine, or both',
  group: 'a heading such as Networks',
  network: 'a network',
  subnet: 'a subnet',
  router: 'a router',
  interface: 'an interface of a router',
  gateway: 'the external gateway of a router',
  route: 'an extra route of a router',
  replica: 'an HA router on one node',
  instance: 'an instance',
  port: 'a port of an instance',
  securityGroup: 'a security group',
  rule: 'a rule of a security group',
  floatingIp: 'a floating IP',
  node: 'a node',
  agent: 'an agent of a node',
  namespace: 'a network namespace on a node',
  problem: 'something that is wrong with a lab',
  lesson: 'a lesson',
  trouble: 'something that keeps every lab from being run',
} as const;

export type ContextValue = keyof typeof CONTEXT_VALUES;

/** What may be true of a row beside its kind. */
export type ContextFlag =
  | 'file' // there is a lab file
  | 'running' // it is on the engine
  | 'stopped'
  | 'incomplete' // an interrupted `up` left it so
  | 'busy' // something is being done with it in this window
  | 'ha'
  | 'external'
  | 'drift'
  | 'fault'
  | 'changes' // the file says something else than what was applied
  | 'untrusted'
  | 'engine' // the trouble is the engine, …
  | 'image' // … or the node image
  | GroupId; // which heading it is

/** The headings under a lab. */
export type GroupId = 'networks' | 'routers' | 'instances' | 'floatingIps' | 'securityGroups' | 'nodes';

/** The value of a row, its flags in a fixed order. */
export function contextValue(kind: ContextValue, flags: readonly ContextFlag[] = []): string {
  return [kind, ...[...flags].sort()].join(';');
}

/** A `when` clause: the row is of one of these kinds. */
export function whenItem(...kinds: readonly ContextValue[]): string {
  return `viewItem =~ /^(${kinds.join('|')})(;|$)/`;
}

/** A `when` clause: the row has this flag. */
export function whenFlag(flag: ContextFlag): string {
  return `viewItem =~ /;${flag}(;|$)/`;
}
