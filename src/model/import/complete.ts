/** What follows from the rest where it was not given: the network of a port, a network of which only subnets were given. */
import type { CloudInput, NetworkInput, PortInput } from './cloud-schema.js';
import { noteOf } from './context.js';
import type { NoteList } from './notes.js';

export function complete(cloud: CloudInput, notes: NoteList): CloudInput {
  const networkOf = new Map(cloud.subnets.map((subnet) => [subnet.id, subnet.network_id]));
  const ports = cloud.ports.map((port): PortInput => {
    if (port.device_owner === null)
      notes.add(
        'Assumed',
        'nobody uses it: its device was not told, as `openstack port show` does.',
        noteOf('port', port),
      );
    if (port.network_id !== null) return port;
    // A list of the client does not tell the network; the subnet of an address does.
    const network_id = networkOf.get(port.fixed_ips?.[0]?.subnet_id ?? '') ?? null;
    return { ...port, network_id };
  });
  const known = new Set(cloud.networks.map(({ id }) => id));
  const named = [...cloud.subnets.map(({ network_id: id }) => id), ...ports.flatMap(({ network_id: id }) => id ?? [])];
  const missing = [...new Set(named)].filter((id) => !known.has(id));
  const made = missing.map((id): NetworkInput => {
    const network = placeholder(id);
    notes.add(
      'Assumed',
      'it was not given itself, only what is on it; it has the defaults.',
      noteOf('network', network),
    );
    return network;
  });
  return { ...cloud, ports, networks: [...cloud.networks, ...made] };
}

function placeholder(id: string): NetworkInput {
  return {
    id,
    name: `network-${id.slice(0, 8)}`,
    project_id: null,
    admin_state_up: null,
    mtu: null,
    'router:external': null,
    port_security_enabled: null,
    'provider:network_type': null,
    'provider:segmentation_id': null,
  };
}
