import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { NEUTRON_RECORDS, recordedOnNeutron } from '../../../src/experiment/neutron-record.js';
import type { FaultWord, ScenarioFault } from '../../../src/model/scenario.js';

interface Recording {
  readonly outages: Readonly<Record<string, readonly { readonly length_s: number }[]>>;
}

function fault(word: FaultWord, more: Partial<ScenarioFault> = {}): ScenarioFault {
  return { fault: word, at: 0, heal: null, on: 'edge', replica: 'MASTER', more: {}, ...more };
}

describe('What a real Neutron did', () => {
  for (const { name, outage_s: outage } of NEUTRON_RECORDS.filter((one) => one.outage_s !== null)) {
    it(`is told as it was recorded: ${name}`, () => {
      const recording = JSON.parse(readFileSync(`test/data/failures/${name}.json`, 'utf8')) as Recording;
      const lengths = Object.values(recording.outages).flat();
      assert.equal(outage, Math.max(0, ...lengths.map(({ length_s: length }) => length)));
    });
  }

  it('is found by what was done', () => {
    const name = (faults: readonly ScenarioFault[], ha = true): string | undefined =>
      recordedOnNeutron(faults, ha)?.name;
    assert.equal(name([fault('node')]), 'E5-node-killed');
    assert.equal(name([fault('node')], false), 'E7-legacy-node-killed');
    assert.equal(name([fault('keepalived', { replica: 'BACKUP' })]), 'E1d-kill9-on-standby');
    assert.equal(name([fault('keepalived', { more: { how: 'kill-parent' } })]), 'E1b-kill9-keepalived-parent-only');
    assert.equal(name([fault('partition', { heal: 12 })]), 'E4-split-brain-heal');
    assert.equal(name([fault('mtu')]), undefined);
  });
});
