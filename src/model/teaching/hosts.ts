/** What an instance, a node or a security group is in this lab: Markdown for hovers and tooltips. Null for an unknown id. */
import * as l10n from '@vscode/l10n';
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
    l10n.t('**Instance** {0} on {1}', code(instance.name), code(instance.node)),
    [
      ...ports.map((port, number) => interfaceFact(index, port, number)),
      ports.length === 0 ? l10n.t('Plugged into nothing') : null,
      floating.length === 0
        ? null
        : l10n.t('Floating IPs: {0}', floating.map(({ floating_ip_address: address }) => address).join(', ')),
      l10n.t('Namespace {0}', code(instanceNamespace(instance.name))),
    ],
    [
      l10n.t(
        'A host of the tenant: a namespace of its own whose `eth0` is one end of a veth pair. The other end, the tap device, is plugged into the bridge of the network, as that of a virtual machine would be.',
      ),
    ],
  );
}

function interfaceFact(index: LabIndex, port: Port, number: number): string {
  const network = index.networks.get(port.network_id)?.name ?? '';
  const addresses = port.fixed_ips.map(({ ip_address: address }) => address).join(', ') || l10n.t('no address');
  const device = code(portDevice('tap', port.id));
  return l10n.t(
    '{0} on {1}: {2}, MAC {3}, {4}',
    `\`eth${String(number)}\``,
    code(network),
    addresses,
    port.mac_address,
    device,
  );
}

/** @param name Nodes have no id. */
export function describeNode(index: LabIndex, name: string): string | null {
  const node = index.nodes.get(name);
  if (node === undefined) return null;
  if (name === OUTSIDE)
    return page(
      l10n.t('**Node** {0}', code(name)),
      [],
      [l10n.t('It stands for the world behind the external networks and answers at their gateway addresses.')],
    );
  const routers = index.routersOnNode(name).map((router) => router.name);
  const networks = index.dhcpNetworksOnNode(name).map((network) => network.name);
  const instances = index.instancesOnNode(name).map((instance) => instance.name);
  return page(
    l10n.t('**Node** {0}', code(name)),
    [
      node.agents.length === 0 ? l10n.t('No agent: a compute node') : l10n.t('Agents: {0}', codes(node.agents)),
      routers.length === 0 ? null : l10n.t('Hosts the routers {0}', codes(routers)),
      networks.length === 0 ? null : l10n.t('Serves DHCP on {0}', codes(networks)),
      instances.length === 0 ? null : l10n.t('Runs the instances {0}', codes(instances)),
    ],
    [
      l10n.t(
        'A host of the cloud, here a container. Every node has the Linux bridge agent; `l3` hosts routers, `dhcp` runs dnsmasq.',
      ),
    ],
  );
}

export function describeSecurityGroup(index: LabIndex, id: string): string | null {
  const group = index.securityGroups.get(id);
  if (group === undefined) return null;
  const ports = index.lab.ports.filter((port) => port.security_groups.includes(id)).length;
  return page(
    group.stateful
      ? l10n.t('**Security group** {0}', code(group.name))
      : l10n.t('**Security group** {0}, stateless', code(group.name)),
    [
      ...shorten(
        group.security_group_rules.map((rule) => ruleFact(index, rule)),
        8,
      ),
      ports === 1 ? l10n.t('1 port has it') : l10n.t('{0} ports have it', ports),
    ],
    [
      group.stateful
        ? l10n.t('What no rule allows is dropped. Answers to what was allowed pass by themselves (conntrack).')
        : l10n.t(
            'What no rule allows is dropped, answers too: without conntrack each direction needs a rule of its own.',
          ),
    ],
  );
}

function ruleFact(index: LabIndex, rule: SecurityGroupRule): string {
  const { direction, ethertype, protocol, port_range_min: min, port_range_max: max } = rule;
  const range =
    min === null && max === null
      ? ''
      : ` ${min === max ? String(min) : l10n.t('{0} to {1}', String(min), String(max))}`;
  const group = index.securityGroups.get(rule.remote_group_id ?? '')?.name;
  const remote =
    group === undefined ? (rule.remote_ip_prefix ?? l10n.t('anywhere')) : l10n.t('the ports of {0}', code(group));
  const what = `${direction} ${ethertype} ${protocol ?? l10n.t('any protocol')}${range}`;
  return `${what} ${direction === 'ingress' ? l10n.t('from {0}', remote) : l10n.t('to {0}', remote)}`;
}
