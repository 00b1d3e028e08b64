/** What is exported of the bundled labs, and of a lab with all that can be declared. `RECORD=1` writes it anew. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { exportLab, type Format } from '../../src/model/export/export-lab.js';
import { importCloud } from '../../src/model/import/import-cloud.js';
import type { Role } from '../../src/model/export/topology.js';
import { labOfFile } from '../support/exported.js';

const LABS: Readonly<Record<string, string>> = {
  'ha-router': 'labs/ha-router/ha-router.neutron.yaml',
  'legacy-router': 'labs/legacy-router/legacy-router.neutron.yaml',
  'dual-stack': 'labs/dual-stack/dual-stack.neutron.yaml',
  everything: 'test/data/export/everything.neutron.yaml',
};

const ENDINGS: Readonly<Record<Format, string>> = { openstack: 'sh', heat: 'hot.yaml', terraform: 'tf' };

function compare(name: string, format: Format, role: Role): void {
  const golden = `test/data/export/${name}${role === 'admin' ? '' : `-${role}`}.${ENDINGS[format]}`;
  const text = exportLab(labOfFile(LABS[name] ?? ''), format, { role, servers: true });
  if (process.env.RECORD === '1') writeFileSync(golden, text);
  assert.equal(text, readFileSync(golden, 'utf8'));
}

for (const name of Object.keys(LABS)) {
  describe(`export of ${name}`, () => {
    for (const format of ['openstack', 'heat', 'terraform'] as const) {
      it(`as ${format}`, () => {
        compare(name, format, 'admin');
      });
    }
  });
}

describe('export of everything for a member of a project', () => {
  for (const format of ['openstack', 'heat', 'terraform'] as const) {
    it(`as ${format}`, () => {
      compare('everything', format, 'member');
    });
  }
});

describe('the script of lesson 15, run on a real Neutron and imported', () => {
  const FOLDER = 'labs/15-from-lab-to-production/cloud';
  const files = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(`${FOLDER}/${name}`, 'utf8') }));
  const { lab } = importCloud(files, 'back');

  it('is the topology that was exported', () => {
    assert.ok(lab);
    const { networks, subnets, routers, instances, floatingips, security_groups: groups } = lab;
    const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name).sort();
    assert.deepEqual(names(networks.filter((one) => one.project_id !== '')), ['db', 'public', 'web']);
    assert.deepEqual(names(subnets.filter((one) => one.project_id !== '')), ['db-v4', 'public-v4', 'web-v4']);
    assert.deepEqual(names(groups), ['db', 'web']);
    assert.deepEqual(
      routers.map(({ name, ha, external_gateway_info: info }) => [name, ha, info?.external_fixed_ips[0]?.ip_address]),
      [['edge', true, '203.0.113.195']],
    );
    const addresses = instances.flatMap(({ ports }) =>
      ports.map((id) => lab.ports.find((port) => port.id === id)?.fixed_ips[0]?.ip_address),
    );
    assert.deepEqual(addresses.sort(), ['192.168.10.80', '192.168.20.141']);
    assert.deepEqual(
      floatingips.map((one) => [one.floating_ip_address, one.fixed_ip_address]),
      [['203.0.113.80', '192.168.10.80']],
    );
    const web = groups.find(({ name }) => name === 'web');
    assert.deepEqual(
      groups
        .flatMap(({ security_group_rules: rules }) =>
          rules
            .filter(({ direction }) => direction === 'ingress')
            .map(
              (rule) =>
                `${rule.protocol ?? ''} ${String(rule.port_range_min)} ${String(rule.remote_group_id === web?.id)}`,
            ),
        )
        .sort(),
      ['icmp null false', 'tcp 80 false', 'tcp 80 true'],
    );
  });
});
