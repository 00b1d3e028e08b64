/** Collects what is on a node, in the order in which Neutron's agents make it. */
import { bridgeName, portDevice } from '../model/names.js';
import type { Network, Port, ResourceRef } from '../model/resources.js';
import { ROOT, type DesiredItem, type NamespaceName } from './node-state.js';

export class NodeBuilder {
  readonly items: DesiredItem[] = [];
  /** Networks that something on this node is plugged into. */
  readonly networks = new Set<Network>();
  /** Ids of the ports that are plugged in on this node. */
  readonly plugged = new Set<string>();

  constructor(readonly node: string) {}

  add(...items: readonly DesiredItem[]): void {
    this.items.push(...items);
  }

  sysctl(namespace: NamespaceName, name: string, value: number, resource: ResourceRef, why: string): void {
    this.items.push({ kind: 'sysctl', namespace, name, value: String(value), resource, why });
  }

  file(path: string, content: string, resource: ResourceRef, why: string, options: FileOptions = {}): void {
    this.items.push({ kind: 'file', path, content, mode: 0o644, ...options, resource, why });
  }

  /** Plug a port: a veth between its namespace and the network's bridge (neutron/agent/linux/interface.py, `plug_new`). */
  plug(plug: Plug): void {
    const { port, network, namespace, device, why } = plug;
    const tap = portDevice('tap', port.id);
    const resource = portRef(port);
    this.networks.add(network);
    this.plugged.add(port.id);
    this.items.push({
      kind: 'link',
      type: 'veth',
      namespace,
      name: device,
      peer: tap,
      mac: port.mac_address,
      mtu: network.mtu,
      up: true,
      resource,
      why,
    });
    this.items.push({
      kind: 'link',
      type: 'tap',
      namespace: ROOT,
      name: tap,
      mtu: network.mtu,
      // The Linux bridge agent takes the tap of a port down that is administratively down (`ensure_port_admin_state`).
      up: port.admin_state_up,
      master: bridgeName(network.id),
      resource,
      why: `The other end of ${device} in ${namespace} is a port of the bridge of network ${network.name}.`,
    });
  }

  /** Neutron trusts the host's default here; the host of a container may filter by reverse path. */
  noReversePathFilter(namespace: NamespaceName, device: string, resource: ResourceRef): void {
    const why = 'A packet may arrive where its answer would not leave, so the filter by reverse path stays off here.';
    this.sysctl(namespace, `net.ipv4.conf.${device}.rp_filter`, 0, resource, why);
  }
}

export interface FileOptions {
  readonly mode?: number;
  readonly seed?: boolean;
}

export interface Plug {
  readonly port: Port;
  readonly network: Network;
  readonly namespace: NamespaceName;
  readonly device: string;
  readonly why: string;
}

/** A port is mostly without a name; its address tells a reader more than its id. */
export function portRef(port: Port): ResourceRef {
  return { kind: 'port', id: port.id, name: port.name === '' ? (port.fixed_ips[0]?.ip_address ?? port.id) : port.name };
}

export function networkRef(network: Network): ResourceRef {
  return { kind: 'network', id: network.id, name: network.name };
}

/** A node has no id; its name is one. */
export function nodeRef(name: string): ResourceRef {
  return { kind: 'node', id: name, name };
}
