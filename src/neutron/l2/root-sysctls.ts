/** Settings of a node's own namespace. */
import { nodeRef } from '../node-builder.js';
import { ROOT, type DesiredItem } from '../node-state.js';

/**
 * Without security groups no frame on a bridge is shown to iptables: otherwise connection tracking sees each flow
 * once more on its way through a bridge, and drops what it takes for invalid.
 */
export function rootSysctls(node: string): readonly DesiredItem[] {
  return ['iptables', 'ip6tables'].map((tool) => ({
    kind: 'sysctl',
    namespace: ROOT,
    name: `net.bridge.bridge-nf-call-${tool}`,
    value: '0',
    resource: nodeRef(node),
    why: `Frames that cross a bridge are not shown to ${tool}: no security group needs it, and connection tracking would see each flow twice.`,
  }));
}
