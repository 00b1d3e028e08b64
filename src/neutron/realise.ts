/** What Neutron's agents make of a lab on each node: from the cloud's resources to what must be there. */
import { indexLab, type LabIndex } from '../model/lab-queries.js';
import { OUTSIDE } from '../model/names.js';
import type { Lab, Network } from '../model/resources.js';
import { buildDhcpNamespace, dhcpTexts, type DhcpTexts } from './dhcp/dhcp-namespace.js';
import { needsDhcp, servedNetwork, type ServedNetwork } from './dhcp/served-network.js';
import { buildInstance } from './instance/instance.js';
import { bridgeItems, bridgeWithoutIpv6, NetworkMap } from './l2/bridges.js';
import { buildL3Agent, type Child } from './l3/l3-agent.js';
import { buildRouter, routerPlans, type RouterPlan } from './l3/router.js';
import { NodeBuilder, nodeRef } from './node-builder.js';
import type { DesiredItem, NodeState } from './node-state.js';
import { buildOutside } from './outside.js';
import { bridgeSysctls, Firewall } from './security-groups/firewall.js';

/** The network under the VXLANs. */
export interface Underlay {
  /** Node name to its address on the underlay. */
  readonly addresses: Readonly<Record<string, string>>;
}

/**
 * The desired state of every node, in the order of `lab.nodes`. Linear in the size of what it returns.
 *
 * @throws UnknownUnderlayAddressError when a node that has a network has no address on the underlay
 */
export function realise(lab: Lab, underlay: Underlay): NodeState<DesiredItem>[] {
  const index = indexLab(lab);
  const plans = routerPlans(index);
  const served = new ServedNetworks(index);
  const builders = lab.nodes.map((node) => {
    const builder = new NodeBuilder(node.name);
    if (node.name === OUTSIDE) buildOutside(builder, index);
    else buildNode(builder, index, plans, served);
    return builder;
  });
  const map = new NetworkMap(new Map(builders.map(({ node, networks }) => [node, networks])), underlay.addresses);
  const firewall = new Firewall(index);
  return builders.map((builder) => ({
    node: builder.node,
    items: [...filters(builder, firewall), ...layer2(builder, map), ...builder.items],
  }));
}

/** The outside runs no agent of Neutron, so nobody filters there. */
function filters(builder: NodeBuilder, firewall: Firewall): DesiredItem[] {
  return builder.node === OUTSIDE ? bridgeSysctls(nodeRef(OUTSIDE), false) : firewall.items(builder);
}

function buildNode(
  builder: NodeBuilder,
  index: LabIndex,
  plans: ReadonlyMap<string, RouterPlan>,
  served: ServedNetworks,
): void {
  const { config } = index.lab;
  const children: Child[] = [];
  for (const network of index.dhcpNetworksOnNode(builder.node)) {
    const port = index.dhcpPort(network.id, builder.node);
    const known = served.get(network);
    if (port === null || known === null) continue;
    const process = buildDhcpNamespace(builder, known.served, port, known.texts);
    children.push({ name: `dnsmasq-${network.id}`, process });
  }
  let routers = 0;
  for (const { id } of index.routersOnNode(builder.node)) {
    const plan = plans.get(id);
    const processes = plan === undefined ? null : buildRouter(builder, plan, index);
    if (processes === null) continue;
    routers += 1;
    children.push(...processes.map((process) => ({ name: `${process.name}-${id}`, process })));
  }
  if (routers > 0) buildL3Agent(builder, children, config);
  for (const instance of index.instancesOnNode(builder.node)) buildInstance(builder, instance, index);
}

function layer2(builder: NodeBuilder, map: NetworkMap): readonly DesiredItem[] {
  return [...builder.networks].flatMap((network) => [
    ...bridgeItems(network, builder.node, map),
    // The outside is a host of the external networks: its bridges carry the gateway addresses.
    ...(builder.node === OUTSIDE ? [] : [bridgeWithoutIpv6(network)]),
  ]);
}

/** The texts of a network's DHCP servers, made once for all nodes that serve it. */
class ServedNetworks {
  readonly #known = new Map<string, { readonly served: ServedNetwork; readonly texts: DhcpTexts } | null>();

  constructor(private readonly index: LabIndex) {}

  /** Null where no DHCP server is needed. */
  get(network: Network): { readonly served: ServedNetwork; readonly texts: DhcpTexts } | null {
    const known = this.#known.get(network.id);
    if (known !== undefined) return known;
    const subnets = this.index.subnetsOfNetwork(network.id);
    const served = servedNetwork(network, subnets, this.index.portsOfNetwork(network.id), this.index.lab.config);
    const made = needsDhcp(network, subnets) ? { served, texts: dhcpTexts(served) } : null;
    this.#known.set(network.id, made);
    return made;
  }
}
