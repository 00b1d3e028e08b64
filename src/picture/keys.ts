/** One name for each thing that is drawn, the same in both layers, in the table and for the host. Pure. */

export const keyOf = {
  lab: (): string => 'lab',
  network: (id: string): string => `network ${id}`,
  subnet: (id: string): string => `subnet ${id}`,
  router: (id: string): string => `router ${id}`,
  instance: (id: string): string => `instance ${id}`,
  floating: (id: string): string => `floatingIp ${id}`,
  node: (name: string): string => `node ${name}`,
  /** `l3` or `dhcp` on a node. */
  agent: (node: string, agent: string): string => `agent ${node} ${agent}`,
  /** A namespace on a node. */
  box: (node: string, namespace: string): string => `box ${node} ${namespace}`,
  port: (id: string): string => `port ${id}`,
} as const;
