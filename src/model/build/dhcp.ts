/** DHCP ports: one for each network and agent, with an address of each subnet that has DHCP (neutron/agent/linux/dhcp.py). */
import { dhcpDeviceId } from '../ids.js';
import type { BuildContext } from './context.js';
import type { NetworkDraft, PortDraft } from './drafts.js';

export function buildDhcpPorts(
  networks: readonly NetworkDraft[],
  agents: ReadonlyMap<string, readonly string[]>,
  build: BuildContext,
): PortDraft[] {
  return networks.flatMap((network) =>
    (agents.get(network.id) ?? []).map((node) =>
      build.servicePort({
        id: build.deviceId(undefined, network.path, 'port', network.id, 'dhcp', node),
        path: network.path,
        network,
        owner: 'network:dhcp',
        deviceId: dhcpDeviceId(network.id, node),
        host: node,
        projectId: network.projectId,
        wanted: network.subnets
          .filter((subnet) => subnet.resource.enable_dhcp && !subnet.auto)
          .map((subnet) => ({ subnet, address: null, path: subnet.path })),
        slaac: true,
        // Only DHCP ports take the lowest free address (neutron/ipam/requests.py, `PreferNextAddressRequest`).
        choice: 'lowest',
      }),
    ),
  );
}
