/** What is exported of the bundled labs, and of a lab with all that can be declared. `RECORD=1` writes it anew. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { exportLab, type Format } from '../../src/model/export/export-lab.js';
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
