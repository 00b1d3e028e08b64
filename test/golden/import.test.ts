/**
 * Every recorded cloud, imported: the lab file that comes out is read again, and what its nodes must have is item by item
 * what the cloud itself asks for, which `scenarios.test.ts` compares with what the real nodes had.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { importCloud, type Imported } from '../../src/model/import/import-cloud.js';
import { readLabFile } from '../../src/model/lab-file/read.js';
import { OUTSIDE } from '../../src/model/names.js';
import type { Lab } from '../../src/model/resources.js';
import type { DesiredItem } from '../../src/neutron/node-state.js';
import { realise } from '../../src/neutron/realise.js';
import { labFromCloud, loadCloud, scenarioNames } from '../support/cloud.js';

const UNDERLAY = {
  addresses: { net1: '172.31.99.21', net2: '172.31.99.22', net3: '172.31.99.23', [OUTSIDE]: '172.31.99.20' },
};

function imported(scenario: string): Imported {
  const path = `test/data/scenarios/${scenario}/cloud.json`;
  return importCloud([{ name: path, text: readFileSync(path, 'utf8') }], 'recorded');
}

/** Items of a node, its own settings apart: those are there whatever the lab is. */
function itemsOf(lab: Lab, node: string): readonly DesiredItem[] {
  return realise(lab, UNDERLAY).find((state) => state.node === node)?.items ?? [];
}

interface Identified {
  readonly id: string;
}

const byId = <T extends Identified>(list: readonly T[]): T[] =>
  [...list].sort((one, other) => (one.id < other.id ? -1 : 1));

for (const scenario of scenarioNames()) {
  describe(`recorded cloud ${scenario}, imported`, () => {
    const { text, notes, inputProblems } = imported(scenario);
    const { lab, problems } = readLabFile(text ?? '');
    const cloud = loadCloud(scenario);

    it('is a lab file without errors, and without a note: nothing was lost', () => {
      assert.deepEqual(inputProblems, []);
      assert.deepEqual(
        problems.filter(({ severity }) => severity === 'error'),
        [],
      );
      assert.deepEqual(notes, []);
    });

    it('has the resources of the cloud', () => {
      assert.ok(lab);
      const expected = labFromCloud(cloud);
      const pick = <T extends object>(given: T, like: object): Partial<T> =>
        Object.fromEntries(Object.entries(given).filter(([key]) => key in like)) as Partial<T>;
      for (const kind of ['networks', 'subnets', 'ports', 'floatingips', 'security_groups'] as const) {
        const ours: readonly Identified[] = byId<Identified>(lab[kind]);
        const theirs: readonly Identified[] = byId<Identified>(expected[kind]);
        assert.deepEqual(
          ours.map(({ id }) => id),
          theirs.map(({ id }) => id),
        );
        for (const [index, one] of ours.entries()) {
          const other = { ...pick(theirs[index]!, one) } as Record<string, unknown>;
          const own = { ...one } as Record<string, unknown>;
          // An HA router's are plugged on every node: the cloud names the one that is active at that moment.
          if (own['binding:host_id'] === '') other['binding:host_id'] = '';
          if (kind === 'security_groups') {
            const rules = (own.security_group_rules as object[]).map((rule, at) =>
              pick((other.security_group_rules as object[])[at]!, rule),
            );
            other.security_group_rules = rules;
          }
          assert.deepEqual(own, other);
        }
      }
      assert.deepEqual(
        lab.routers,
        expected.routers.map((router, index) => pick(router, lab.routers[index]!)),
      );
      assert.deepEqual(lab.instances, expected.instances);
      assert.deepEqual(lab.ha_vr_ids, expected.ha_vr_ids);
      for (const placements of ['router_l3_agents', 'network_dhcp_agents'] as const) {
        const sorted = (record: Readonly<Record<string, readonly string[]>>): object =>
          Object.fromEntries(Object.entries(record).map(([id, hosts]) => [id, [...hosts].sort()]));
        assert.deepEqual(sorted(lab[placements]), sorted(expected[placements]));
      }
    });

    it('asks the same of every node, item by item', () => {
      assert.ok(lab);
      const expected = labFromCloud(cloud);
      const outside = lab.nodes.filter(({ name }) => name === OUTSIDE);
      const whole: Lab = { ...expected, nodes: [...expected.nodes, ...outside] };
      for (const { name } of lab.nodes) assert.deepEqual(itemsOf(lab, name), itemsOf(whole, name), name);
    });
  });
}
