/** The script of the client, read by a real shell: its words are the resources of the lab, and nothing else is run. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportLab } from '../../../../src/model/export/export-lab.js';
import type { Lab } from '../../../../src/model/resources.js';
import { callsOf, labOfFile, valuesOf } from '../../../support/exported.js';

const EVERYTHING = 'test/data/export/everything.neutron.yaml';

describe('export openstack', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'neutron-lab-export-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const calls = (lab: Lab): readonly (readonly string[])[] =>
    callsOf(exportLab(lab, 'openstack', { role: 'admin', servers: true }), folder);
  const created = (all: readonly (readonly string[])[], what: string): string[] =>
    all
      .filter(
        (call) =>
          call.slice(0, 3).join(' ').startsWith(`${what} create`) || call.slice(0, 4).join(' ') === `${what} create`,
      )
      .map((call) => call.at(-1) ?? '');

  it('makes every resource of the lab once, under its name', () => {
    const lab = labOfFile(EVERYTHING);
    const all = calls(lab);
    const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name).sort();
    const own = <T extends { readonly project_id: string }>(list: readonly T[]): T[] =>
      list.filter((one) => one.project_id !== '');
    assert.deepEqual(created(all, 'network').sort(), names(own(lab.networks)));
    assert.deepEqual(created(all, 'subnet').sort(), names(own(lab.subnets)));
    assert.deepEqual(created(all, 'router').sort(), names(lab.routers));
    assert.deepEqual(created(all, 'server').sort(), names(lab.instances));
    assert.deepEqual(created(all, 'security group').sort(), ['db', 'silent', 'web']);
    assert.equal(created(all, 'floating ip').length, lab.floatingips.length);
    // Neutron makes the others by itself, or by `router add subnet`.
    const ofNeutron = /^network:(?!router_interface)/;
    const told = lab.ports.filter(
      (port) => !ofNeutron.test(port.device_owner) && (port.device_owner === 'compute:nova' || port.name !== ''),
    );
    const byName = created(all, 'port');
    assert.equal(new Set(byName).size, byName.length);
    for (const { name } of told) if (name !== '') assert.ok(byName.includes(name), name);
    const addresses = all.flatMap((call) => valuesOf(call, '--fixed-ip')).map((word) => word.split('ip-address=')[1]);
    for (const port of told) {
      for (const { ip_address: address } of port.fixed_ips) {
        if (address.includes(':') && port.network_id === lab.networks.find(({ name }) => name === 'blue')?.id) continue;
        assert.equal(addresses.filter((one) => one === address).length, 1, address);
      }
    }
  });

  it('names a subnet by its id where two have its name', () => {
    const all = calls(labOfFile(EVERYTHING));
    const ids = all.flatMap((call) => valuesOf(call, '--fixed-ip')).map((word) => /^subnet=(.*?),/.exec(word)?.[1]);
    assert.ok(!ids.includes('v4'));
    assert.ok(ids.includes('green-v6'));
    assert.equal(new Set(ids.filter((id) => id?.startsWith('id-of-'))).size, 2);
  });

  it('makes groups before the rules that name them, and networks before what is on them', () => {
    const all = calls(labOfFile(EVERYTHING)).map((call) => call.join(' '));
    const at = (start: string): number => {
      const index = all.findIndex((call) => call.startsWith(start));
      assert.notEqual(index, -1, start);
      return index;
    };
    const last = (start: string): number =>
      all.length - 1 - [...all].reverse().findIndex((call) => call.startsWith(start));
    assert.ok(last('security group create') < at('security group rule create'));
    assert.ok(last('security group rule create') < at('port create'));
    assert.ok(last('subnet create') < at('port create'));
    assert.ok(last('router add') < at('floating ip create'));
    assert.ok(at('router add subnet edge') < at('router set --route'));
  });

  it('hands hostile names over as they are: nothing of them is run, in commands and in comments', () => {
    const lab = labOfFile('labs/ha-router/ha-router.neutron.yaml');
    const hostile = [
      `'; touch canary-1; '`,
      '"$(touch canary-2)`touch canary-3`"',
      '-f json --os-cloud evil',
      'a\ntouch canary-4\n# b',
      '$HOME ~ * ? [a] {b,c} !!',
      '\\',
      '',
    ];
    const name = (index: number): string => hostile[index % hostile.length] ?? '';
    const renamed: Lab = {
      ...lab,
      name: name(3),
      networks: lab.networks.map((one, index) => (one.project_id === '' ? one : { ...one, name: name(index) })),
      subnets: lab.subnets.map((one, index) => (one.project_id === '' ? one : { ...one, name: name(index + 2) })),
      routers: lab.routers.map((one) => ({ ...one, name: name(2) })),
      instances: lab.instances.map((one, index) => ({ ...one, name: name(index + 1), node: name(3) })),
      ports: lab.ports.map((one, index) => (one.device_owner === 'compute:nova' ? { ...one, name: name(index) } : one)),
    };
    const all = calls(renamed);
    assert.deepEqual(readdirSync(folder), []);
    const networks = renamed.networks.filter((one) => one.project_id !== '').map((one) => one.name);
    assert.deepEqual(created(all, 'network'), networks);
    assert.deepEqual(created(all, 'router'), [name(2)]);
    assert.deepEqual(
      created(all, 'server'),
      renamed.instances.map((one) => one.name),
    );
  });

  it('says nothing to a cloud that a member of a project may not say', () => {
    const script = exportLab(labOfFile(EVERYTHING), 'openstack', { role: 'member', servers: true });
    const all = callsOf(script, folder).map((call) => call.join(' '));
    // Neutron's default policies (neutron/conf/policies) keep these for administrators.
    for (const word of [/--external /, /--provider/, /--(no-)?ha\b/, /--disable-snat/, /--floating-ip-address/]) {
      assert.deepEqual(
        all.filter((call) => word.test(call)),
        [],
        String(word),
      );
    }
    assert.ok(all.some((call) => call === 'router set --external-gateway public edge'));
  });
});
