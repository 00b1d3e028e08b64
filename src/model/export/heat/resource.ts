/** A resource of a Heat template, and how others name it. */
import { entryLines } from '../../import/write-yaml.js';
import type { YamlMap, YamlValue } from '../../lab-file/yaml-value.js';
import { comment } from '../comment.js';
import type { DeclaredAddress, DeclaredGroup, DeclaredNetwork } from '../topology.js';

export interface HeatResource {
  readonly name: string;
  readonly type: string;
  /** What is undefined is left out. */
  readonly properties: Readonly<Record<string, YamlValue | undefined>>;
  readonly dependsOn?: readonly string[];
  readonly remarks?: readonly string[];
}

export function resourceLines({ name, type, properties, dependsOn = [], remarks = [] }: HeatResource): string[] {
  return [
    ...remarks.map((remark) => `  ${comment(remark)}`),
    `  ${name}:`,
    `    type: ${type}`,
    ...(dependsOn.length === 0 ? [] : entryLines('depends_on', dependsOn, 4)),
    '    properties:',
    ...Object.entries(properties).flatMap(([property, value]) =>
      value === undefined ? [] : entryLines(property, value, 6),
    ),
  ];
}

export function networkReference(network: DeclaredNetwork): YamlMap {
  return { [network.existing ? 'get_param' : 'get_resource']: `network_${network.label}` };
}

export function groupReference(group: DeclaredGroup): YamlMap {
  return { [group.existing ? 'get_param' : 'get_resource']: `group_${group.label}` };
}

export function reference(name: string): YamlMap {
  return { get_resource: name };
}

/** An address of a port, or of a router's gateway. */
export function addressEntry({ subnet, address }: DeclaredAddress): YamlMap {
  return { subnet: reference(`subnet_${subnet.label}`), ...(address === null ? {} : { ip_address: address }) };
}
