/** What can be changed of networks and subnets. Pure. */
import type { Target } from '../../model/lab-file/edit/edits.js';
import type { OpenLabFile } from '../../model/lab-file/edit/open.js';
import { NETWORK, SUBNET } from '../../model/lab-file/words/networks.js';
import type { HostRoute, Ipv6Mode } from '../../model/resources.js';
import * as l10n from '@vscode/l10n';
import { type EditableAttribute, choice, flag, several, text } from './attribute.js';
import { hostsOf, networkNamed, plainChoices, subnetNamed } from './choices.js';
import { listIn, numberOrText, poolsIn, routesIn } from './values.js';

export function attributesOfNetwork(file: OpenLabFile, target: Target): EditableAttribute[] {
  const network = networkNamed(file, target.ref);
  if (network === undefined) return [];
  const serving = file.analysis.built?.network_dhcp_agents[network.id] ?? [];
  const nodes = hostsOf(file).filter(({ agents }) => agents.includes('dhcp'));
  const of = (name: keyof typeof NETWORK) => ({ target, words: NETWORK[name] });
  return [
    flag('admin_state_up', of('admin_state_up'), network.admin_state_up),
    flag('router:external', of('router:external'), network['router:external']),
    text('mtu', of('mtu'), String(network.mtu), numberOrText),
    flag('port_security_enabled', of('port_security_enabled'), network.port_security_enabled),
    several('dhcp_agents', of('dhcp_agents'), serving, plainChoices(nodes.map(({ name }) => name))),
    text(
      'provider:segmentation_id',
      of('provider:segmentation_id'),
      String(network['provider:segmentation_id']),
      numberOrText,
    ),
  ];
}

const MODES: readonly Ipv6Mode[] = ['slaac', 'dhcpv6-stateful', 'dhcpv6-stateless'];

export function attributesOfSubnet(file: OpenLabFile, target: Target): EditableAttribute[] {
  const subnet = subnetNamed(file, target.ref);
  if (subnet === undefined) return [];
  const of = (name: keyof typeof SUBNET) => ({ target, words: SUBNET[name] });
  const gateway = text('gateway_ip', of('gateway_ip'), subnet.gateway_ip ?? '', (given) => given);
  const modes = [...plainChoices(MODES), { value: '', label: l10n.t('none') }];
  return [
    text('cidr', of('cidr'), subnet.cidr, (given) => given),
    {
      ...gateway,
      // An empty box means none, which has a word of its own in the file: left out it would be the default.
      edit: (answer) =>
        String(answer).trim() === '' && subnet.gateway_ip !== null
          ? { do: 'set', target, attribute: 'gateway_ip', value: null }
          : gateway.edit(answer),
    },
    flag('enable_dhcp', of('enable_dhcp'), subnet.enable_dhcp),
    text(
      'allocation_pools',
      of('allocation_pools'),
      subnet.allocation_pools.map(({ start, end }) => `${start}-${end}`).join(', '),
      poolsIn,
    ),
    text('dns_nameservers', of('dns_nameservers'), subnet.dns_nameservers.join(', '), listIn),
    text('host_routes', of('host_routes'), routesText(subnet.host_routes), routesIn),
    ...(subnet.ip_version === 4
      ? []
      : [
          choice('ipv6_ra_mode', of('ipv6_ra_mode'), subnet.ipv6_ra_mode ?? '', modes),
          choice('ipv6_address_mode', of('ipv6_address_mode'), subnet.ipv6_address_mode ?? '', modes),
        ]),
  ];
}

function routesText(routes: readonly HostRoute[]): string {
  return routes.map(({ destination, nexthop }) => `${destination} via ${nexthop}`).join(', ');
}
