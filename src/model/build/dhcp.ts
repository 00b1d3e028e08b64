/** DHCP ports: one for each network and agent, with an address of each subnet that has DHCP (neutron/agent/linux/dhcp.py). */
import { dhcpDeviceId } from '../ids.js';
import { present } from '../lab-file/present.js';
import type { BuildContext } from './context.js';
import type { NetworkDraft, PortDraft } from './drafts.js';
import { readFixedIps } from './fixed-ips.js';

export function buildDhcpPorts(
  networks: readonly NetworkDraft[],
  agents: ReadonlyMap<string, readonly string[]>,
  build: BuildContext,
): PortDraft[] {
  // An agent may be given a network that has nothing for DHCP to do.
  const served = networks.filter((network) => network.subnets.some(({ resource }) => resource.enable_dhcp));
  return served.flatMap((network) => {
    const given = new Map(present(network.file.dhcp_ports).map(([index, file]) => [file.node, { index, file }]));
    const nodes = agents.get(network.id) ?? [];
    for (const [node, { index }] of given) if (!nodes.includes(node)) reportUnserved(network, node, index, build);
    return nodes.map((node) => {
      const { index, file } = given.get(node) ?? {};
      const path = index === undefined ? network.path : [...network.path, 'dhcp_ports', index];
      if (index !== undefined) build.places.refer([...path, 'node'], 'node', node);
      return build.servicePort({
        id: build.deviceId(file?.id, path, 'port', network.id, 'dhcp', node),
        path,
        network,
        owner: 'network:dhcp',
        deviceId: dhcpDeviceId(network.id, node),
        host: node,
        projectId: network.projectId,
        mac: file?.mac_address,
        wanted:
          readFixedIps(file?.fixed_ips, network, [...path, 'fixed_ips'], build, { mac: file?.mac_address }) ??
          network.subnets
            .filter((subnet) => subnet.resource.enable_dhcp && !subnet.auto)
            .map((subnet) => ({ subnet, address: null, path: subnet.path })),
        slaac: true,
        // Only DHCP ports take the lowest free address (neutron/ipam/requests.py, `PreferNextAddressRequest`).
        choice: 'lowest',
        createdAt: file?.created_at,
      });
    });
  });
}

function reportUnserved(network: NetworkDraft, node: string, index: number, build: BuildContext): void {
  build.problems.error({
    path: [...network.path, 'dhcp_ports', index, 'node'],
    code: 'InvalidInput',
    message: `No DHCP agent of the node '${node}' serves the network '${network.name}'.`,
    remedy: 'Add the node to `dhcp_agents`, or remove the port.',
  });
}
