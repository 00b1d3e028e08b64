/** A topology as a Heat template (HOT; https://docs.openstack.org/heat/latest/template_guide/openstack.html). */
import { entryLines } from '../../import/write-yaml.js';
import type { YamlMap, YamlValue } from '../../lab-file/yaml-value.js';
import { comment } from '../comment.js';
import type { Topology } from '../topology.js';
import { groupResources } from './groups.js';
import { networkResource, portResource, subnetResource } from './networks.js';
import { resourceLines } from './resource.js';
import { floatingIpResource, routerResources, serverResource } from './routers.js';

/** Rocky's: the newest that Heat has a name for by date, and that every later Heat reads. */
const VERSION = '2018-08-31';

export function heatTemplate(topology: Topology): string {
  const resources = [
    ...topology.groups.flatMap(groupResources),
    ...topology.networks.flatMap((network) => [
      ...(network.existing ? [] : [networkResource(network)]),
      ...network.subnets.map(subnetResource),
    ]),
    ...topology.ports.map(portResource),
    ...topology.routers.flatMap(routerResources),
    ...topology.floatingIps.map(floatingIpResource),
    ...topology.servers.map(serverResource),
  ];
  const parameters = parametersOf(topology);
  const outputs = Object.fromEntries(
    topology.floatingIps.map(({ label }): [string, YamlValue] => [
      `floating_ip_${label}`,
      { value: { get_attr: [`floating_ip_${label}`, 'floating_ip_address'] } },
    ]),
  );
  return `${[
    comment(`The lab ${topology.lab}, for Heat: openstack stack create -t THIS_FILE ${topology.lab}`),
    comment(''),
    ...topology.remarks.map((remark) => comment(`- ${remark}`)),
    `heat_template_version: ${VERSION}`,
    '',
    ...section('parameters', parameters),
    ...(resources.length === 0 ? ['resources: {}'] : ['resources:']),
    ...resources.flatMap(resourceLines),
    ...(topology.floatingIps.length === 0 ? [] : ['', ...section('outputs', outputs).slice(0, -1)]),
  ].join('\n')}\n`;
}

function parametersOf({ servers, networks, groups }: Topology): YamlMap {
  const existing = networks.filter((network) => network.existing);
  return Object.fromEntries<YamlValue>([
    ...(servers.length === 0
      ? []
      : (['image', 'flavor'] as const).map((name): [string, YamlValue] => [
          name,
          {
            type: 'string',
            description: `The ${name} of the instances, by name or id.`,
            constraints: [{ custom_constraint: name === 'image' ? 'glance.image' : 'nova.flavor' }],
          },
        ])),
    ...existing.map((network): [string, YamlValue] => [
      `network_${network.label}`,
      {
        type: 'string',
        description: network.remarks.join(' '),
        default: network.name,
        constraints: [{ custom_constraint: 'neutron.network' }],
      },
    ]),
    ...groups
      .filter((group) => group.existing)
      .map((group): [string, YamlValue] => [
        `group_${group.label}`,
        {
          type: 'string',
          description:
            'The default security group of the project; an administrator, who sees those of others, gives its id.',
          default: group.name,
        },
      ]),
  ]);
}

function section(name: string, entries: YamlMap): string[] {
  const names = Object.entries(entries);
  if (names.length === 0) return [];
  return [
    `${name}:`,
    ...names.flatMap(([key, value]) => [
      `  ${key}:`,
      ...Object.entries(value as YamlMap).flatMap(([attribute, inner]) => entryLines(attribute, inner, 4)),
    ]),
    '',
  ];
}
