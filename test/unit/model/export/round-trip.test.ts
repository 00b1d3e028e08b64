/**
 * What is told to a cloud is the lab: each export, read by a client, a Heat or a Terraform that are not ours, makes the
 * same resources with the same attributes as the lab that was exported.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportLab, type Format } from '../../../../src/model/export/export-lab.js';
import { lessonsIn, startOf } from '../../../../src/lesson/library.js';
import { mergePatch } from '../../../../src/model/lab-file/edit/merge-patch.js';
import { hash32, macOf } from '../../../../src/model/ids.js';
import type { FixedIp, Lab, Port, SecurityGroupRule } from '../../../../src/model/resources.js';
import { labOfFile, labOfText } from '../../../support/exported.js';
import { toldByHeat } from '../../../support/read-back/heat.js';
import { toldByScript } from '../../../support/read-back/script.js';
import { toldByTerraform } from '../../../support/read-back/terraform.js';
import { labOf } from '../../../support/read-back/told.js';

const hasAddressOfMac = (port: Port): boolean => port.fixed_ips.some((ip) => ip.ip_address.includes('ff:fe'));

/** Templates have no order. */
function sorted<T>(list: readonly T[]): T[] {
  const text = (one: T): string => JSON.stringify(one, Object.keys(one as object).sort());
  return [...list].sort((a, b) => text(a).localeCompare(text(b)));
}

/** A lab without ids, and without what a cloud chooses: agents, VRIDs, DHCP ports, names of ports that have none. */
function faceOf(lab: Lab) {
  const name = (list: readonly { readonly id: string; readonly name: string }[], id: string | null): string | null =>
    list.find((one) => one.id === id)?.name ?? null;
  const subnet = (id: string): string => {
    const found = lab.subnets.find((one) => one.id === id);
    return `${name(lab.networks, found?.network_id ?? '') ?? ''}/${found?.name ?? ''}`;
  };
  const ips = (list: readonly FixedIp[]): string[] =>
    list.map((one) => `${subnet(one.subnet_id)} ${one.ip_address}`).sort();
  const rule = ({ remote_group_id: remote, ...content }: SecurityGroupRule): string =>
    JSON.stringify({ ...content, id: undefined, remote: name(lab.security_groups, remote) });
  const port = (one: Port) => ({
    network: name(lab.networks, one.network_id),
    ips: ips(one.fixed_ips),
    // One that follows from the id is the cloud's choice, unless an address follows from it.
    mac: one.mac_address === macOf(hash32(one.id) % 0x1000000) || hasAddressOfMac(one) ? null : one.mac_address,
    up: one.admin_state_up,
    groups: one.security_groups.map((id) => name(lab.security_groups, id)).sort(),
    security: one.port_security_enabled,
    pairs: one.allowed_address_pairs.map((pair) => [
      pair.ip_address,
      pair.mac_address === one.mac_address ? null : pair.mac_address,
    ]),
    options: one.extra_dhcp_opts,
  });
  const addressesOf = (id: string | null): string[] => ips(lab.ports.find((one) => one.id === id)?.fixed_ips ?? []);
  const own = lab.networks.filter((one) => one.project_id !== '' || one['router:external']);
  return {
    networks: sorted(own.map((one) => ({ ...one, id: null, project_id: null }))),
    subnets: sorted(
      lab.subnets
        .filter((one) => own.some(({ id }) => id === one.network_id))
        .map((one) => ({ ...one, id: null, project_id: null, network_id: name(lab.networks, one.network_id) })),
    ),
    groups: sorted(
      lab.security_groups.map((one) => ({
        name: one.name,
        stateful: one.stateful,
        rules: one.security_group_rules.map(rule).sort(),
      })),
    ),
    ports: sorted(lab.ports.filter(({ device_owner: owner }) => owner === '' || owner === 'compute:nova').map(port)),
    routers: sorted(
      lab.routers.map((one) => ({
        name: one.name,
        up: one.admin_state_up,
        ha: one.ha,
        gateway: one.external_gateway_info && {
          network: name(lab.networks, one.external_gateway_info.network_id),
          snat: one.external_gateway_info.enable_snat,
          ips: ips(one.external_gateway_info.external_fixed_ips),
        },
        interfaces: lab.ports
          .filter(
            (of) =>
              of.device_id === one.id &&
              of.device_owner.endsWith('interface') &&
              !of.device_owner.includes('ha_interface'),
          )
          .map((of) => ips(of.fixed_ips))
          .sort(),
        routes: sorted(one.routes),
      })),
    ),
    floatingIps: sorted(
      lab.floatingips.map((one) => ({
        address: one.floating_ip_address,
        network: name(lab.networks, one.floating_network_id),
        router: name(lab.routers, one.router_id),
        fixed: one.fixed_ip_address,
        port: addressesOf(one.port_id),
      })),
    ),
    instances: sorted(
      lab.instances.map((one) => ({ name: one.name, node: one.node, ports: one.ports.map(addressesOf) })),
    ),
  };
}

type Face = ReturnType<typeof faceOf>;

const EVERYTHING = 'test/data/export/everything.neutron.yaml';
const LABS = [
  EVERYTHING,
  ...readdirSync('labs', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.neutron.yaml'))
    .map((path) => join('labs', path))
    .sort(),
];

/** What a format cannot say, and says in a comment that it cannot. */
const UNSAID: Readonly<Record<Format, (face: Face) => Face>> = {
  openstack: (face) => ({
    ...face,
    ports: face.ports.map((one) => ({
      ...one,
      options: one.options.filter(({ opt_value: value }) => !value.includes(',')),
    })),
  }),
  heat: (face) => ({
    ...face,
    groups: face.groups.map((one) => ({
      ...one,
      stateful: true,
      rules: one.rules.some((rule) => rule.includes('"egress"')) ? one.rules : [...one.rules, ...EGRESS].sort(),
    })),
  }),
  terraform: (face) => face,
};
const EGRESS = (['IPv4', 'IPv6'] as const).map((ethertype) =>
  JSON.stringify({
    direction: 'egress',
    ethertype,
    protocol: null,
    port_range_min: null,
    port_range_max: null,
    remote_ip_prefix: null,
    remote: null,
  }),
);

describe('an export, read back', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'neutron-lab-read-back-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const read = {
    openstack: (text: string) => toldByScript(text, folder),
    heat: toldByHeat,
    terraform: toldByTerraform,
  };

  const goesRound = (lab: Lab, format: Format, when: string): void => {
    const text = exportLab(lab, format, { role: 'admin', servers: true });
    assert.deepEqual(faceOf(labOf(read[format](text), lab)), UNSAID[format](faceOf(lab)), when);
  };

  for (const format of ['openstack', 'heat', 'terraform'] as const) {
    for (const file of LABS) {
      it(`${file} as ${format} is the lab`, () => {
        goesRound(labOfFile(file), format, file);
      });
    }

    it(`what the lessons declare, as ${format}, is the lab`, async function () {
      this.timeout(60_000);
      for (const lesson of await lessonsIn('labs')) {
        let text = await startOf(lesson);
        for (const cell of lesson.reading.lesson?.cells ?? []) {
          if (cell.kind !== 'declare') continue;
          text = mergePatch(text, cell.patch);
          goesRound(labOfText(text, lesson.path), format, `${lesson.id}:${String(cell.range.line)}`);
        }
      }
    });
  }
});
