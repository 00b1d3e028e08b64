/** What can still be joined to what, and where there is room. Names, as the file has them; of a file with errors as far as it goes. */
import { overlaps } from '../../addresses.js';
import type { Lab, Port } from '../../resources.js';
import type { OpenLabFile } from './open.js';
import { findTarget, labelOf } from './targets.js';

/** A compute node with the fewest instances, of several the first one; null when the lab has no nodes. */
export function leastLoadedNode(file: OpenLabFile): string | null {
  const { built } = file.analysis;
  const nodes = (built?.nodes ?? []).filter(({ name }) => name !== 'outside');
  const computes = nodes.filter(({ agents }) => agents.length === 0);
  const load = (node: string): number => built?.instances.filter((instance) => instance.node === node).length ?? 0;
  const [first, ...rest] = (computes.length > 0 ? computes : nodes).map(({ name }) => name);
  if (first === undefined) return null;
  return rest.reduce((best, node) => (load(node) < load(best) ? node : best), first);
}

/** Networks that a router may have as its gateway. @param router Without the one that it has. */
export function externalNetworks(file: OpenLabFile, router?: string): string[] {
  const { built } = file.analysis;
  const id = router === undefined ? null : findTarget(file, { kind: 'router', ref: router }).id;
  const has = built?.routers.find((one) => one.id === id)?.external_gateway_info?.network_id;
  return labels(
    file,
    'network',
    (built?.networks ?? []).filter((network) => network['router:external'] && network.id !== has),
  );
}

/** Subnets with a gateway address that the router has no interface on and that overlap with none of its own. */
export function attachableSubnets(file: OpenLabFile, router: string): string[] {
  const { built } = file.analysis;
  const { id } = findTarget(file, { kind: 'router', ref: router });
  if (built === null || id === null) return [];
  const attached = new Set(portsOf(built, id).flatMap(({ fixed_ips: ips }) => ips.map((ip) => ip.subnet_id)));
  const own = built.subnets.filter((subnet) => attached.has(subnet.id));
  const inside = new Set(built.networks.filter((network) => !network['router:external']).map((network) => network.id));
  const gateways = takenGateways(built);
  return labels(
    file,
    'subnet',
    built.subnets.filter(
      (subnet) =>
        inside.has(subnet.network_id) &&
        subnet.gateway_ip !== null &&
        !gateways.has(`${subnet.id} ${subnet.gateway_ip}`) &&
        !own.some((other) => overlaps(other.cidr, subnet.cidr)),
    ),
  );
}

/** Networks that the instance is not plugged into; external ones last. */
export function attachableNetworks(file: OpenLabFile, instance: string): string[] {
  const { built } = file.analysis;
  const { id } = findTarget(file, { kind: 'instance', ref: instance });
  if (built === null) return [];
  const plugged = new Set(portsOf(built, id ?? '').map((port) => port.network_id));
  const free = built.networks.filter((network) => !plugged.has(network.id));
  return labels(file, 'network', [
    ...free.filter((network) => !network['router:external']),
    ...free.filter((network) => network['router:external']),
  ]);
}

/** Instances that a floating IP of the external network can lead to: a router joins the two, and none leads there yet. */
export function associableInstances(file: OpenLabFile, externalNetwork: string): string[] {
  const { built } = file.analysis;
  const { id } = findTarget(file, { kind: 'network', ref: externalNetwork });
  if (built === null) return [];
  const routers = built.routers.filter((router) => router.external_gateway_info?.network_id === id);
  const reached = new Set(
    routers.flatMap((router) =>
      portsOf(built, router.id).flatMap(({ fixed_ips: ips }) => ips.map((ip) => ip.subnet_id)),
    ),
  );
  const led = new Set(built.floatingips.filter((fip) => fip.floating_network_id === id).map((fip) => fip.port_id));
  return built.instances
    .filter((instance) =>
      portsOf(built, instance.id).some(
        (port) =>
          !led.has(port.id) && port.fixed_ips.some((ip) => reached.has(ip.subnet_id) && !ip.ip_address.includes(':')),
      ),
    )
    .map(({ name }) => name);
}

function portsOf(lab: Lab, deviceId: string): readonly Port[] {
  return lab.ports.filter((port) => port.device_id === deviceId);
}

function takenGateways(lab: Lab): ReadonlySet<string> {
  return new Set(lab.ports.flatMap((port) => port.fixed_ips.map((ip) => `${ip.subnet_id} ${ip.ip_address}`)));
}

function labels(file: OpenLabFile, kind: 'network' | 'subnet', list: readonly { readonly id: string }[]): string[] {
  return list.flatMap(({ id }) => labelOf(file, kind, id) ?? []);
}
