/** The nodes of a picture, with what lives in them. Pure. */
import type { LabIndex } from '../model/lab-queries.js';
import { OUTSIDE, bridgeName, vxlanName } from '../model/names.js';
import type { Network, Node } from '../model/resources.js';
import { type FaultMark, readMarks } from '../lab/break/fault-mark.js';
import type { ObservedDocument } from '../reconcile/observed-document.js';
import { dhcpBoxes, instanceBoxes, routerBoxes } from './draw-boxes.js';
import type { BridgeShape, NodeShape, NodeState } from './picture.js';
import type { Sight } from './sight.js';

export function drawNodes(sight: Sight): NodeShape[] {
  return sight.index.lab.nodes.map((node) => nodeShape(sight, node));
}

function nodeShape(sight: Sight, node: Node): NodeShape {
  const { name, agents } = node;
  const reading = sight.seen.get(name);
  const document = reading?.document ?? null;
  const state: NodeState = sight.status === null ? 'declared' : (reading?.state ?? 'missing');
  const address = reading?.address ?? null;
  const marks = readMarks(document?.faults ?? []).filter(({ hidden }) => !hidden);
  return {
    name,
    state,
    address,
    agents,
    faults: marks.map((mark) => mark.name),
    cutOff:
      document !== null &&
      isCutOff(
        document,
        marks.map(({ mark }) => mark),
      ),
    lost: lostBy(
      sight,
      marks.map(({ mark }) => mark),
    ),
    boxes: [...routerBoxes(sight, name, state), ...dhcpBoxes(sight, name, state), ...instanceBoxes(sight, name, state)],
    bridges: bridges(sight, name, document),
  };
}

/** Its interface on the underlay was pulled: the mark names it, and the kernel says whether it is still so. */
function isCutOff(document: ObservedDocument, marks: readonly FaultMark[]): boolean {
  const links = document.namespaces['']?.addr ?? [];
  return marks.some(
    (mark) =>
      mark.fault === 'link' &&
      mark.namespace === '' &&
      !(links.find(({ ifname }) => ifname === mark.device)?.flags ?? []).includes('UP'),
  );
}

/** Peers by their addresses, as the mark has them: of the underlay, or of the HA network. */
function lostBy({ seen, status }: Sight, marks: readonly FaultMark[]): string[] {
  const lost = new Set(marks.flatMap((mark) => (mark.fault === 'partition' ? mark.peers : [])));
  const onUnderlay = [...seen].filter(([, { address }]) => address !== null && lost.has(address)).map(([node]) => node);
  const onHa = (status?.routers ?? []).flatMap(({ replicas }) =>
    replicas.filter((replica) => lost.has(replica.ha_address)).map(({ node }) => node),
  );
  return [...new Set([...onUnderlay, ...onHa])].sort();
}

/** Those that it has, and those that it should have. */
function bridges({ index, hues }: Sight, node: string, document: ObservedDocument | null): BridgeShape[] {
  const links = document?.namespaces['']?.addr ?? [];
  return networksOn(index, node).map((network) => {
    const name = bridgeName(network.id);
    const bridge = links.find(({ ifname }) => ifname === name);
    const vxlan = vxlanName(network['provider:segmentation_id']);
    const ports = links.flatMap(({ ifname, master }) => (master === name && ifname !== undefined ? [ifname] : []));
    return {
      name,
      network: network.id,
      hue: hues.get(network.id) ?? 0,
      vxlan,
      ports: ports.filter((port) => port !== vxlan).sort(),
      there: bridge !== undefined,
      up: bridge?.flags?.includes('UP') ?? true,
    };
  });
}

/** Networks that something on the node is plugged into. */
function networksOn(index: LabIndex, node: string): Network[] {
  const routers = new Set(index.routersOnNode(node).map(({ id }) => id));
  const instances = new Set(index.instancesOnNode(node).map(({ id }) => id));
  const here = index.lab.ports.filter(
    (port) => port['binding:host_id'] === node || routers.has(port.device_id) || instances.has(port.device_id),
  );
  const plugged = new Set(
    here
      .filter((port) => port.device_owner !== 'network:router_ha_interface' || port['binding:host_id'] === node)
      .map((port) => port.network_id),
  );
  return index.lab.networks.filter(
    (network) => plugged.has(network.id) || (node === OUTSIDE && network['router:external']),
  );
}
