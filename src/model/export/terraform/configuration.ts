/** A topology for Terraform and OpenTofu (https://registry.terraform.io/providers/terraform-provider-openstack/openstack). */
import { comment } from '../comment.js';
import type { Topology } from '../topology.js';
import { Expression, type HclBlock, renderBlock } from './hcl.js';
import { groupBlocks, networkBlock, portBlock, subnetBlocks } from './networks.js';
import { TYPES } from './references.js';
import { floatingIpBlock, routerBlocks, serverBlock } from './routers.js';

export function terraformConfiguration(topology: Topology): string {
  const { networks } = topology;
  const blocks = [
    ...variables(topology),
    ...topology.groups.flatMap(groupBlocks),
    ...networks.flatMap((network) => [networkBlock(network), ...network.subnets.flatMap(subnetBlocks)]),
    ...topology.ports.map(portBlock),
    ...topology.routers.flatMap(routerBlocks),
    ...topology.floatingIps.map(floatingIpBlock),
    ...topology.servers.map(serverBlock),
    ...topology.floatingIps.map(({ label }) => ({
      type: 'output',
      labels: [`floating_ip_${label}`],
      attributes: { value: new Expression(`${TYPES.floatingIp}.${label}.address`) },
    })),
  ];
  const head = [
    comment(`The lab ${topology.lab}, for Terraform or OpenTofu: in a folder of its own, init, plan, apply.`),
    comment(''),
    ...topology.remarks.map((remark) => comment(`- ${remark}`)),
  ];
  return `${[...head, ...PROVIDER, ...blocks.flatMap((block) => ['', ...renderBlock(block)])].join('\n')}\n`;
}

/** `stateful` of a security group came with the second half of 2024. Where the cloud is stands in OS_CLOUD or an openrc. */
const PROVIDER = [
  'terraform {',
  '  required_providers {',
  '    openstack = {',
  '      source  = "terraform-provider-openstack/openstack"',
  '      version = ">= 3.0.0"',
  '    }',
  '  }',
  '}',
];

function variables({ servers }: Topology): HclBlock[] {
  if (servers.length === 0) return [];
  return ['image', 'flavor'].map((name) => ({
    type: 'variable',
    labels: [name],
    attributes: { type: new Expression('string'), description: `The name of the ${name} of the instances.` },
  }));
}
