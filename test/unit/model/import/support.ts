/** Clouds for tests. */
import assert from 'node:assert/strict';
import { importCloud, type Imported } from '../../../../src/model/import/import-cloud.js';
import type { Note } from '../../../../src/model/import/notes.js';
import { readLabFile } from '../../../../src/model/lab-file/read.js';
import type { Lab } from '../../../../src/model/resources.js';

/** Imports documents, each a file of its own. */
export function imported(...documents: readonly unknown[]): Imported {
  return importCloud(
    documents.map((document, index) => ({ name: `${String(index)}.json`, text: JSON.stringify(document) })),
    'cloud',
  );
}

/** The lab of an import that must be right, read from the text that a person would keep. */
export function labOf({ text, inputProblems }: Imported): Lab {
  assert.deepEqual(inputProblems, []);
  const { lab, problems } = readLabFile(text ?? '');
  assert.ok(lab, `${problems.map(({ message }) => message).join('\n')}\n${text ?? ''}`);
  return lab;
}

/** Sentences of the notes about resources of a kind. */
export function told(notes: readonly Note[], kind: string): string[] {
  return notes.filter(({ resources }) => resources.some((one) => one.kind === kind)).map(({ message }) => message);
}

export const id = (number: number): string => `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`;
export const mac = (number: number): string => `fa:16:3e:00:00:${number.toString(16).padStart(2, '0')}`;

export function network(number: number, rest: object = {}): Record<string, unknown> {
  return {
    id: id(number),
    name: `net${String(number)}`,
    project_id: 'p',
    admin_state_up: true,
    mtu: 1450,
    'router:external': false,
    port_security_enabled: true,
    'provider:network_type': 'vxlan',
    'provider:segmentation_id': number,
    ...rest,
  };
}

export function subnet(
  number: number,
  networkNumber: number,
  cidr: string,
  rest: object = {},
): Record<string, unknown> {
  return {
    id: id(number),
    name: `sub${String(number)}`,
    project_id: 'p',
    network_id: id(networkNumber),
    cidr,
    ip_version: 4,
    gateway_ip: cidr.replace('.0/24', '.1'),
    enable_dhcp: false,
    ...rest,
  };
}

export function port(number: number, networkNumber: number, rest: object = {}): Record<string, unknown> {
  return {
    id: id(number),
    name: `port${String(number)}`,
    project_id: 'p',
    network_id: id(networkNumber),
    mac_address: mac(number),
    admin_state_up: true,
    device_id: '',
    device_owner: '',
    fixed_ips: [],
    security_groups: [],
    port_security_enabled: false,
    'binding:host_id': '',
    ...rest,
  };
}
