/** What the nodes said, asked for the way of a packet. Pure. */
import type { LabIndex } from '../../model/lab-queries.js';
import { bridgeName, instanceNamespace, portDevice } from '../../model/names.js';
import type { ObservedLink } from '../../reconcile/observed-document.js';
import type { Readings } from '../status.js';

export interface Interface {
  readonly node: string;
  readonly namespace: string;
  readonly link: ObservedLink;
}

function everyInterface(seen: Readings): Interface[] {
  return [...seen].flatMap(([node, { document }]) =>
    Object.entries(document?.namespaces ?? {}).flatMap(([namespace, { addr }]) =>
      addr.map((link) => ({ node, namespace, link })),
    ),
  );
}

export function interfaceNamed(seen: Readings, node: string, namespace: string, device: string): ObservedLink | null {
  return seen.get(node)?.document?.namespaces[namespace]?.addr.find(({ ifname }) => ifname === device) ?? null;
}

/** Those that have an address; two of them while there are two masters. */
export function holdersOf(seen: Readings, address: string): Interface[] {
  return everyInterface(seen).filter(({ link }) => (link.addr_info ?? []).some(({ local }) => local === address));
}

/** Those of a MAC on a node; the ends of veths in the root namespace have one of their own. */
export function interfacesOfMac(seen: Readings, node: string, mac: string): Interface[] {
  return everyInterface(seen).filter((one) => one.node === node && one.link.address === mac && isEnd(one));
}

function isEnd({ namespace, link: { ifname = '' } }: Interface): boolean {
  return namespace !== '' || ifname.startsWith('brq');
}

export function isUp(link: ObservedLink): boolean {
  return (link.flags ?? []).includes('LOWER_UP');
}

/** The other end of the veth of a device, and the network that it is in; null where the device is no port's. */
export function portBehind(
  index: LabIndex,
  namespace: string,
  device: string,
): { readonly tap: string; readonly network: string } | null {
  const instance = index.lab.instances.find(({ name }) => instanceNamespace(name) === namespace);
  const id = instance?.ports[Number(device.slice(3))];
  const port = instance
    ? index.ports.get(id ?? '')
    : index.lab.ports.find((one) =>
        (['qr-', 'qg-', 'ha-', 'ns-'] as const).some((prefix) => portDevice(prefix, one.id) === device),
      );
  return port ? { tap: portDevice('tap', port.id), network: port.network_id } : null;
}

/** The network of a bridge, for a node that has addresses on bridges themselves: the outside. */
export function networkOfBridge(index: LabIndex, bridge: string): string | null {
  return index.lab.networks.find(({ id }) => bridgeName(id) === bridge)?.id ?? null;
}

export function nodeAt(seen: Readings, address: string): string | null {
  return [...seen].find(([, reading]) => reading.address === address)?.[0] ?? null;
}
