/** A new port with its MAC and addresses, and the instance that it belongs to. */
import { PROJECT_ID } from '../ids.js';
import type { DeviceOwner, Lab, Network, Port } from '../resources.js';
import type { FixedIpRequest } from './address-books.js';
import { allocateAddresses, macFor } from './addressing.js';

export interface NewPort {
  readonly id: string;
  readonly network: Network;
  readonly owner: DeviceOwner;
  readonly deviceId: string;
  readonly host: string;
  readonly projectId?: string;
  readonly mac?: string | null;
  readonly wanted?: readonly FixedIpRequest[] | null;
  /** What differs from a port of a router or an agent, which has no security. */
  readonly attributes?: Partial<Port>;
}

/** @throws NeutronError `MacAddressInUse`, or why an address cannot be had */
export function addPort(lab: Lab, port: NewPort): { readonly lab: Lab; readonly port: Port } {
  const mac = macFor(lab, port.id, port.network.id, port.mac ?? null);
  const made: Port = {
    id: port.id,
    name: '',
    project_id: port.projectId ?? PROJECT_ID,
    admin_state_up: true,
    allowed_address_pairs: [],
    extra_dhcp_opts: [],
    security_groups: [],
    port_security_enabled: false,
    ...port.attributes,
    network_id: port.network.id,
    mac_address: mac,
    device_id: port.deviceId,
    device_owner: port.owner,
    fixed_ips: allocateAddresses(lab, {
      id: port.id,
      network: port.network,
      mac,
      owner: port.owner,
      wanted: port.wanted ?? null,
    }),
    'binding:host_id': port.host,
  };
  return { lab: plugged({ ...lab, ports: [...lab.ports, made] }), port: made };
}

/** Instances have the ports that name them, in the order in which they were plugged. */
export function plugged(lab: Lab): Lab {
  const ports = new Map(lab.ports.map((port) => [port.id, port.device_id]));
  const instances = lab.instances.map((instance) => {
    const kept = instance.ports.filter((id) => ports.get(id) === instance.id);
    const added = lab.ports.filter((port) => port.device_id === instance.id && !kept.includes(port.id));
    if (kept.length === instance.ports.length && added.length === 0) return instance;
    return { ...instance, ports: [...kept, ...added.map((port) => port.id)] };
  });
  return instances.some((instance, index) => instance !== lab.instances[index]) ? { ...lab, instances } : lab;
}

/** Ports go; floating IPs that led to them stay and lead nowhere (`disassociate_floatingips`). */
export function removePorts(lab: Lab, ids: readonly string[]): Lab {
  if (ids.length === 0) return lab;
  const gone = new Set(ids);
  return plugged({
    ...lab,
    ports: lab.ports.filter((port) => !gone.has(port.id)),
    floatingips: lab.floatingips.map((fip) =>
      fip.port_id !== null && gone.has(fip.port_id)
        ? { ...fip, port_id: null, fixed_ip_address: null, router_id: null }
        : fip,
    ),
  });
}
