/** The bridge of a network and its VXLAN (neutron/plugins/ml2/drivers/linuxbridge/agent/linuxbridge_neutron_agent.py). */
import { LabError } from '../../model/errors.js';
import { bridgeName, vxlanName } from '../../model/names.js';
import type { Network } from '../../model/resources.js';
import { networkRef } from '../node-builder.js';
import { ROOT, type DesiredItem } from '../node-state.js';

/** `udp_dstport` of the Linux bridge agent: the port of Linux, older than IANA's 4789. */
const VXLAN_PORT = 8472;
const UNKNOWN_DESTINATION = '00:00:00:00:00:00';

/** A node that the lab has and the underlay does not. */
export class UnknownUnderlayAddressError extends LabError {
  constructor(node: string) {
    super(
      'UnknownUnderlayAddress',
      `Node ${node} has no address on the underlay.`,
      'Give every node of the lab an address on the underlay network before its state is realised.',
    );
  }
}

/** Where each network is, so that the flood lists of all nodes come out of one pass. */
export class NetworkMap {
  readonly #nodes = new Map<string, string[]>();

  constructor(
    networksOfNodes: ReadonlyMap<string, ReadonlySet<Network>>,
    private readonly addresses: Readonly<Record<string, string>>,
  ) {
    for (const [node, networks] of networksOfNodes) {
      for (const { id } of networks) this.#nodes.set(id, [...(this.#nodes.get(id) ?? []), node]);
    }
  }

  peers(network: Network, node: string): readonly string[] {
    return (this.#nodes.get(network.id) ?? []).filter((other) => other !== node);
  }

  /** @throws UnknownUnderlayAddressError */
  addressOf(node: string): string {
    const address = this.addresses[node];
    if (address === undefined) throw new UnknownUnderlayAddressError(node);
    return address;
  }
}

export function bridgeItems(network: Network, node: string, map: NetworkMap): readonly DesiredItem[] {
  const resource = networkRef(network);
  const [bridge, vxlan, mtu] = [bridgeName(network.id), vxlanName(network['provider:segmentation_id']), network.mtu];
  return [
    {
      kind: 'link',
      type: 'bridge',
      namespace: ROOT,
      name: bridge,
      mtu,
      up: true,
      resource,
      why: `On each node a bridge stands for network ${network.name}: what is plugged into it is one link.`,
    },
    {
      kind: 'link',
      type: 'vxlan',
      namespace: ROOT,
      name: vxlan,
      mtu,
      up: true,
      master: bridge,
      vni: network['provider:segmentation_id'],
      local: map.addressOf(node),
      port: VXLAN_PORT,
      resource,
      why: `The VXLAN joins the bridges of network ${network.name} on all nodes; its headers take 50 bytes of the underlay's MTU.`,
    },
    ...map.peers(network, node).map((peer): DesiredItem => ({
      kind: 'fdb',
      namespace: ROOT,
      device: vxlan,
      mac: UNKNOWN_DESTINATION,
      destination: map.addressOf(peer),
      resource,
      why: `Broadcasts, and frames to a MAC not yet learned, go to ${peer} too, which has network ${network.name} as well.`,
    })),
  ];
}

/** An address of its own would make the bridge a host of the network (bridge_lib.py, `disable_ipv6`). */
export function bridgeWithoutIpv6(network: Network): DesiredItem {
  return {
    kind: 'sysctl',
    namespace: ROOT,
    name: `net.ipv6.conf.${bridgeName(network.id)}.disable_ipv6`,
    value: '1',
    resource: networkRef(network),
    why: 'The bridge carries frames and is no host of the network, so it takes no IPv6 address on it.',
  };
}
