/** Where pings cross a router of a lab, found by themselves. Pure. */
import { indexLab, type LabIndex } from '../model/lab-queries.js';
import { OUTSIDE, instanceNamespace, portDevice, qdhcpNamespace } from '../model/names.js';
import type { Lab, Router } from '../model/resources.js';

export interface ProbePlace {
  readonly name: string;
  readonly node: string;
  readonly namespace: string;
  readonly destination: string;
}

interface Host {
  readonly name: string;
  readonly node: string;
  readonly address: string;
  readonly network: string;
}

function hostsBehind(index: LabIndex, router: Router): Host[] {
  const networks = new Set(index.interfacePorts(router.id).map((port) => port.network_id));
  return index.lab.instances.flatMap((instance) => {
    const port = instance.ports.flatMap((id) => index.ports.get(id) ?? []).find((one) => networks.has(one.network_id));
    const address = port?.fixed_ips.find((ip) => ip.ip_address.includes('.'))?.ip_address;
    return port && address !== undefined
      ? [{ name: instance.name, node: instance.node, address, network: port.network_id }]
      : [];
  });
}

/** From a DHCP namespace to the router's address on its network: what is left where there are no instances. */
function gatewayProbes(index: LabIndex, router: Router): ProbePlace[] {
  return index.interfacePorts(router.id).flatMap((port) => {
    const address = port.fixed_ips.find((ip) => ip.ip_address.includes('.'))?.ip_address;
    const dhcp = index.dhcpPorts(port.network_id)[0];
    const network = index.networks.get(port.network_id);
    if (address === undefined || !dhcp || !network) return [];
    return [
      {
        name: `${portDevice('ns-', dhcp.id)} of ${network.name} → ${address}`,
        node: dhcp['binding:host_id'],
        namespace: qdhcpNamespace(port.network_id),
        destination: address,
      },
    ];
  });
}

/**
 * The probes that cross a router: between instances of two of its networks, to the outside and from the outside to a
 * floating IP, as far as the lab has them.
 * @param avoid a node that is going to be broken: a probe that starts there would tell nothing
 */
export function probesThrough(lab: Lab, router: Router, avoid: readonly string[]): ProbePlace[] {
  const index = indexLab(lab);
  const usable = hostsBehind(index, router).filter(({ node }) => !avoid.includes(node));
  const [first] = usable;
  const probes: ProbePlace[] = [];
  const other = usable.find((host) => host.network !== first?.network);
  if (first && other) {
    probes.push({
      name: `${first.name} → ${other.name} (${other.address})`,
      node: first.node,
      namespace: instanceNamespace(first.name),
      destination: other.address,
    });
  }
  const gateway = router.external_gateway_info;
  const outsideAddress = gateway
    ? index.subnetsOfNetwork(gateway.network_id).find((subnet) => subnet.ip_version === 4)?.gateway_ip
    : null;
  if (first && gateway?.enable_snat === true && outsideAddress) {
    probes.push({
      name: `${first.name} → outside (${outsideAddress})`,
      node: first.node,
      namespace: instanceNamespace(first.name),
      destination: outsideAddress,
    });
  }
  const floating = index.floatingIpsOfRouter(router.id).find((ip) => {
    const host = usable.find(({ address }) => address === ip.fixed_ip_address);
    return host !== undefined;
  });
  if (floating && index.nodes.has(OUTSIDE)) {
    probes.push({
      name: `outside → floating IP ${floating.floating_ip_address}`,
      node: OUTSIDE,
      namespace: '',
      destination: floating.floating_ip_address,
    });
  }
  if (probes.length > 0) return probes;
  return gatewayProbes(index, router).filter(({ node }) => !avoid.includes(node));
}
