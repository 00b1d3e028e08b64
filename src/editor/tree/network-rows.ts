/** Networks › subnets and DHCP servers. Pure. */
import * as l10n from '@vscode/l10n';
import { qdhcpNamespace } from '../../model/names.js';
import type { Network, Subnet } from '../../model/resources.js';
import { describeNetwork, describeSubnet } from '../../model/teaching/networks.js';
import { type Row, dotted } from './row.js';
import { type Scene, about, flagsOf, isNew, rowId } from './scene.js';
import { notApplied } from './words.js';

/** The networks of a lab as its file has them: the HA networks come by themselves and stand under their routers. */
export function networkRows(scene: Scene): Row[] {
  const { index } = scene;
  return index.lab.networks.filter(({ id }) => id !== index.haNetwork?.id).map((network) => networkRow(scene, network));
}

function networkRow(scene: Scene, network: Network): Row {
  const { index, status } = scene;
  const external = network['router:external'];
  const subnets = index.subnetsOfNetwork(network.id);
  const servers = status?.networks.find(({ id }) => id === network.id)?.dhcp ?? [];
  return {
    id: rowId(scene, 'network', network.id),
    label: network.name || network.id,
    description: dotted(
      subnets.map(({ cidr }) => cidr).join(', '),
      external && l10n.t('external'),
      !network.admin_state_up && l10n.t('admin down'),
      isNew(scene, 'networks', network.id) && notApplied(),
    ),
    icon: external ? { codicon: 'globe' } : { codicon: 'circuit-board' },
    flags: flagsOf(scene, external && 'external'),
    about: about(scene, 'network', network.id, network.name),
    tooltip: () => describeNetwork(index, network.id) ?? '',
    children: () => [
      ...subnets.map((subnet) => subnetRow(scene, network, subnet)),
      ...servers.map(({ node, running }) => dhcpRow(scene, network, node, running)),
    ],
  };
}

function subnetRow(scene: Scene, network: Network, subnet: Subnet): Row {
  const dhcp = subnet.enable_dhcp ? (subnet.ipv6_address_mode ?? 'DHCP') : l10n.t('no DHCP');
  return {
    id: rowId(scene, 'subnet', subnet.id),
    label: subnet.name || subnet.cidr,
    description: dotted(
      subnet.cidr,
      subnet.gateway_ip === null ? l10n.t('no gateway') : l10n.t('gateway {0}', subnet.gateway_ip),
      dhcp,
      isNew(scene, 'subnets', subnet.id) && notApplied(),
    ),
    icon: { codicon: 'symbol-numeric' },
    flags: flagsOf(scene),
    about: about(scene, 'subnet', subnet.id, subnet.name, {
      owner: { kind: 'network', id: network.id, name: network.name },
    }),
    tooltip: () => describeSubnet(scene.index, subnet.id) ?? '',
  };
}

function dhcpRow(scene: Scene, network: Network, node: string, running: boolean): Row {
  const namespace = qdhcpNamespace(network.id);
  return {
    id: rowId(scene, 'dhcp', network.id, node),
    label: 'dnsmasq',
    description: dotted(node, namespace.slice(0, 14), !running && l10n.t('does not run')),
    icon: running ? { codicon: 'server-process' } : { codicon: 'error', colour: 'list.errorForeground' },
    flags: flagsOf(scene),
    about: about(scene, 'namespace', namespace, namespace, {
      node,
      namespace,
      owner: { kind: 'network', id: network.id, name: network.name },
    }),
    tooltip: () =>
      l10n.t(
        'The DHCP server of the network, in the namespace `{0}` on {1}. Double-click opens a terminal there.',
        namespace,
        node,
      ),
  };
}
