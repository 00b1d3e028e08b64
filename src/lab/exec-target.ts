/** Where a command runs: which node, which namespace, and in whose shoes. Pure. */

export interface ExecTarget {
  readonly node: string;
  /** The empty string is the node's own. */
  readonly namespace: string;
  /** An instance is a host of its own, with its own hostname. */
  readonly instance: boolean;
}

/** The words that the engine runs in the node's container. */
export function targetArgv(target: ExecTarget, argv: readonly string[]): string[] {
  if (target.namespace === '') return [...argv];
  const enter = ['ip', 'netns', 'exec', target.namespace, ...argv];
  return target.instance ? ['nsenter', `--uts=/run/neutron-lab/uts/${target.namespace}`, ...enter] : enter;
}

/** The words for a shell there, whose prompt says where it is (containers/node/libexec/shell). */
export function shellArgv({ namespace }: ExecTarget): string[] {
  return ['/usr/libexec/neutron-lab/shell', namespace];
}
