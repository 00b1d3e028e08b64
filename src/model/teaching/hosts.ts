/** What an instance, a node or a security group is in this lab: Markdown for hovers and tooltips. Null for an unknown id. */
import type { LabIndex } from '../lab-queries.js';
import { instanceNamespace, OUTSIDE, portDevice } from '../names.js';
import type { Port, SecurityGroupRule } from '../resources.js';
import { code, codes, page, shorten } from './markdown.js';

export function describeInstance(index: LabIndex, id: string): string | null {
  const instance = index.instances.get(id);
  if (instance === undefined) return null;
  const ports = instance.ports.flatMap((port) => index.ports.get(port) ?? []);
  const floating = index.lab.floatingips.filter(({ port_id: port }) => port !== null && instance.ports.includes(port));
  return page(
    `**Instance** ${code(instance.name)} on ${code(instance.node)}`,
    [
      ...ports.map((port, number) => interfaceFact(index, port, number)),
      ports.length === 0 ? 'Plugged into nothing' : null,
      floating.length === 0
        ? null
        : `Floating IPs: ${floating.map(({ floating_ip_address: address }) => address).join(', ')}`,
      `Namespace ${code(instanceNamespace(instance.name))}`,
    ],
    [
      'A host of the tenant: a namespace of its own whose `eth0` is one end of a veth pair. The other end, the tap device, is plugged into the bridge of the network, as that of a virtual machine would be.',
    ],
  );
}

function interfaceFact(index: LabIndex, port: Port, number: number): string {
  const network = index.networks.get(port.network_id)?.name ?? '';
  const addresses = port.fixed_ips.map(({ ip_address: address }) => address).join(', ') || 'no address';
  const device = code(portDevice('tap', port.id));
  return `\`eth${String(number)}\` on ${code(network)}: ${addresses}, MAC ${port.mac_address}, ${device}`;
}

/** @param name Nodes have no id. */
export function describeNode(index: LabIndex, name: string): string | null {
  const node = index.nodes.get(name);
  if (node === undefined) return null;
  if (name === OUTSIDE)
    return page(
      `**Node** ${code(name)}`,
      [],
      ['It stands for the world behind the external networks and answers at their gateway addresses.'],
    );
  const routers = index.routersOnNode(name).map((router) => router.name);
  const networks = index.dhcpNetworksOnNode(name).map((network) => network.name);
  const instances = index.instancesOnNode(name).map((instance) => instance.name);
  return page(
    `**Node** ${code(name)}`,
    [
      node.agents.length === 0 ? 'No agent: a compute node' : `Agents: ${codes(node.agents)}`,
      routers.length === 0 ? null : `Hosts the routers ${codes(routers)}`,
      networks.length === 0 ? null : `Serves DHCP on ${codes(networks)}`,
      instances.length === 0 ? null : `Runs the instances ${codes(instances)}`,
    ],
    [
      'A host of the cloud, here a container. Every node has the Linux bridge agent; `l3` hosts routers, `dhcp` runs dnsmasq.',
    ],
  );
}

export function describeSecurityGroup(index: LabIndex, id: string): string | null {
  const group = index.securityGroups.get(id);
  if (group === undefined) return null;
  const ports = index.lab.ports.filter((port) => port.security_groups.includes(id)).length;
  return page(
    `**Security group** ${code(group.name)}${group.stateful ? '' : ', stateless'}`,
    [
      ...shorten(
        group.security_group_rules.map((rule) => ruleFact(index, rule)),
        8,
      ),
      `${String(ports)} ${ports === 1 ? 'port has' : 'ports have'} it`,
    ],
    [
      group.stateful
        ? 'What no rule allows is dropped. Answers to what was allowed pass by themselves (conntrack).'
        : 'What no rule allows is dropped, answers too: without conntrack each direction needs a rule of its own.',
    ],
  );
}

function ruleFact(index: LabIndex, rule: SecurityGroupRule): string {
  const { direction, ethertype, protocol, port_range_min: min, port_range_max: max } = rule;
  const range =
    min === null && max === null ? '' : ` ${min === max ? String(min) : `${String(min)} to ${String(max)}`}`;
  const group = index.securityGroups.get(rule.remote_group_id ?? '')?.name;
  const remote = group === undefined ? (rule.remote_ip_prefix ?? 'anywhere') : `the ports of ${code(group)}`;
  return `${direction} ${ethertype} ${protocol ?? 'any protocol'}${range} ${direction === 'ingress' ? 'from' : 'to'} ${remote}`;
}
