/** Which nodes host a router or serve a network: the least loaded first (neutron/scheduler). */
import { schedule } from '../build/scheduler.js';
import { resourceId, dhcpDeviceId } from '../ids.js';
import type { AgentKind, Lab, Network, Router } from '../resources.js';
import { replace, omit } from './change.js';
import { allocateAddresses } from './addressing.js';
import { networkOf } from './find.js';
import { addPort, removePorts } from './make-port.js';

type Hosts = Readonly<Record<string, readonly string[]>>;

/** A legacy router is scheduled once it has something to do; an HA router when it is made. */
export function scheduleRouter(lab: Lab, router: Router): Lab {
  const most = lab.config.max_l3_agents_per_router;
  const agents = agentsOf(lab, 'l3');
  const count = router.ha ? (most === 0 ? agents.length : most) : 1;
  return { ...lab, router_l3_agents: scheduled(lab.router_l3_agents, router.id, count, agents) };
}

/** Its DHCP ports have an address of each subnet with DHCP (neutron/agent/linux/dhcp.py); none is left without one. */
export function refreshDhcp(lab: Lab, networkId: string): Lab {
  const network = networkOf(lab, networkId);
  const subnets = lab.subnets.filter((subnet) => subnet.network_id === networkId && subnet.enable_dhcp);
  const ports = lab.ports.filter((port) => port.network_id === networkId && port.device_owner === 'network:dhcp');
  if (subnets.length === 0) {
    const rest = removePorts(
      lab,
      ports.map(({ id }) => id),
    );
    return { ...rest, network_dhcp_agents: omit(lab.network_dhcp_agents, networkId) };
  }
  const agents = agentsOf(lab, 'dhcp');
  const count = lab.config.dhcp_agents_per_network;
  let next: Lab = { ...lab, network_dhcp_agents: scheduled(lab.network_dhcp_agents, networkId, count, agents) };
  for (const host of next.network_dhcp_agents[networkId] ?? []) next = serve(next, network, host);
  return next;
}

function serve(lab: Lab, network: Network, host: string): Lab {
  const subnets = lab.subnets.filter((subnet) => subnet.network_id === network.id && subnet.enable_dhcp);
  const wanted = subnets.map(({ id }) => ({ subnet_id: id }));
  const port = lab.ports.find(
    (one) => one.network_id === network.id && one.device_owner === 'network:dhcp' && one['binding:host_id'] === host,
  );
  if (port === undefined) {
    const id = resourceId(lab.name, 'port', network.id, 'dhcp', host);
    const deviceId = dhcpDeviceId(network.id, host);
    const projectId = network.project_id;
    return addPort(lab, { id, network, owner: 'network:dhcp', deviceId, host, projectId, wanted }).lab;
  }
  const asking = {
    id: port.id,
    network,
    mac: port.mac_address,
    owner: port.device_owner,
    wanted,
    held: port.fixed_ips,
  };
  return { ...lab, ports: replace(lab.ports, { ...port, fixed_ips: allocateAddresses(lab, asking) }) };
}

function scheduled(hosts: Hosts, id: string, count: number, agents: readonly string[]): Hosts {
  const others = Object.entries(hosts).filter(([one]) => one !== id);
  const jobs = others.map(([one, given]) => ({ id: one, given, held: [], count: given.length }));
  const placement = schedule([...jobs, { id, given: null, held: hosts[id] ?? [], count }], agents);
  const chosen = placement.get(id) ?? [];
  return chosen.length === 0 ? omit(hosts, id) : { ...hosts, [id]: chosen };
}

function agentsOf(lab: Lab, kind: AgentKind): string[] {
  return lab.nodes.filter((node) => node.agents.includes(kind)).map((node) => node.name);
}
