/** A topology as a script of the `openstack` client (python-openstackclient); the order is what Neutron demands. */
import { comment } from '../comment.js';
import { renderCommand as render } from './command.js';
import { groupCommand, networkCommands, portCommand, ruleCommands, subnetCommand } from './networks.js';
import { floatingIpCommand, routerCommands, serverCommand } from './routers.js';
import { References } from './references.js';
import type { Topology } from '../topology.js';

export function openstackScript(topology: Topology): string {
  const references = new References(topology);
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    [
      'Security groups',
      [
        ...topology.groups.filter(({ existing }) => !existing).map((group) => groupCommand(group, references)),
        ...topology.groups.flatMap((group) => ruleCommands(group, references)),
      ].flatMap(render),
    ],
    [
      'Networks and subnets',
      topology.networks.flatMap((network) => [
        ...networkCommands(network, references).flatMap(render),
        ...network.subnets.flatMap((subnet) => render(subnetCommand(subnet, references))),
      ]),
    ],
    ['Ports', topology.ports.flatMap((port) => render(portCommand(port, references)))],
    ['Routers', topology.routers.flatMap((router) => routerCommands(router, references)).flatMap(render)],
    ['Floating IPs', topology.floatingIps.flatMap((one) => render(floatingIpCommand(one, references)))],
    ['Instances', topology.servers.flatMap((server) => render(serverCommand(server, references)))],
  ];
  const body = sections.flatMap(([title, lines]) => (lines.length === 0 ? [] : ['', comment(title), ...lines]));
  return `${[...head(topology), ...references.prologue, ...body].join('\n')}\n`;
}

function head({ lab, remarks, servers }: Topology): string[] {
  return [
    '#!/usr/bin/env bash',
    comment(`The lab ${lab}, for the openstack client; run it once, in a project where these names are free:`),
    comment(servers.length === 0 ? '. openrc && bash SCRIPT' : '. openrc && IMAGE=cirros FLAVOR=m1.tiny bash SCRIPT'),
    comment(''),
    ...remarks.map((remark) => comment(`- ${remark}`)),
    'set -euo pipefail',
    ...(servers.length === 0
      ? []
      : [': "${IMAGE:?the image of the instances, a name or id}" "${FLAVOR:?their flavor, a name or id}"']),
  ];
}
