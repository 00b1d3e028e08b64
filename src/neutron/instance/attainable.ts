/** Which of its ports' addresses an instance can have. Neutron gives a port more than a host may come by. Pure. */
import type { LabIndex } from '../../model/lab-queries.js';
import type { Instance, Subnet } from '../../model/resources.js';
import { interfacesOf } from './interface-plan.js';

/**
 * Those that are set, leased, or made of a prefix that a router advertises: of each list it can have one. A host that
 * asks by DHCP gets one address, and which of several the server chooses. Left out is what would come over an interface
 * that is down, and SLAAC where no router says the prefix.
 */
export function attainableAddresses(instance: Instance, index: LabIndex): readonly (readonly string[])[] {
  return interfacesOf(instance, index).flatMap(({ port, leased, fixed, advertised }) => {
    const set = fixed.map(({ address }) => [address]);
    if (!port.admin_state_up) return set;
    const made = advertised.filter(({ subnet }) => hasAdvertiser(subnet, index)).map(({ address }) => [address]);
    return [...set, ...(leased.length === 0 ? [] : [leased.map(({ address }) => address)]), ...made];
  });
}

function hasAdvertiser({ id, network_id: network }: Subnet, index: LabIndex): boolean {
  return index
    .routersOfNetwork(network)
    .filter((router) => router.admin_state_up && (index.lab.router_l3_agents[router.id] ?? []).length > 0)
    .flatMap((router) => index.interfacePorts(router.id))
    .some((port) => port.admin_state_up && port.fixed_ips.some(({ subnet_id: subnet }) => subnet === id));
}
