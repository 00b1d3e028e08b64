/** Values that name another resource of the file. */
import { z } from 'zod';

const WHAT = {
  node: 'a node',
  l3_node: 'a node with an l3 agent',
  dhcp_node: 'a node with a dhcp agent',
  network: 'a network',
  external_network: 'an external network',
  subnet: 'a subnet',
  port: 'a port of `ports`',
  router: 'the router that translates',
  instance: 'an instance',
  security_group: 'a security group',
} as const;

export type ReferenceKind = keyof typeof WHAT;

/** Which schemas are references, for whoever wants to know what a value of the file points to. */
export const references = z.registry<{ readonly kind: ReferenceKind }>();

/** The name or the id of another resource, checked where it is looked up. */
export function reference(kind: ReferenceKind) {
  return z
    .string()
    .meta({ description: `Name or id of ${WHAT[kind]}.` })
    .register(references, { kind });
}
