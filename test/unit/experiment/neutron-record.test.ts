import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { NEUTRON_RECORDINGS, recordedOnNeutron } from '../../../src/experiment/neutron-record.js';
import type { FaultWord, ScenarioFault } from '../../../src/model/scenario.js';

interface Recording {
  readonly outages: Readonly<Record<string, readonly { readonly length_s: number }[]>>;
}

function fault(word: FaultWord, more: Partial<ScenarioFault> = {}): ScenarioFault {
  return { fault: word, at: 0, heal: null, on: 'edge', replica: 'MASTER', more: {}, ...more };
}

describe('What a real Neutron did', () => {
  for (const { name, outage_s: outage } of NEUTRON_RECORDINGS.filter((one) => one.outage_s !== null)) {
    it(`is told as it was recorded: ${name}`, () => {
      const recording = JSON.parse(readFileSync(`test/data/failures/${name}.json`, 'utf8')) as Recording;
      const lengths = Object.values(recording.outages).flat();
      assert.equal(outage, Math.max(0, ...lengths.map(({ length_s: length }) => length)));
    });
  }

  it('is found by what was done', () => {
    const name = (faults: readonly ScenarioFault[], ha = true): string | undefined =>
      recordedOnNeutron(faults, { ha, respawnsEarly: false })?.name;
    assert.equal(name([fault('node')]), 'E5-node-killed');
    assert.equal(name([fault('node')], false), 'E7-legacy-node-killed');
    assert.equal(name([fault('keepalived', { replica: 'BACKUP' })]), 'E1d-kill9-on-standby');
    assert.equal(name([fault('keepalived', { more: { how: 'kill-parent' } })]), 'E1b-kill9-keepalived-parent-only');
    const split = recordedOnNeutron([fault('partition', { heal: 12 })], { ha: true, respawnsEarly: false });
    assert.deepEqual([split?.name, split?.healing?.name], ['E4-split-brain', 'E4-split-brain-heal']);
    assert.equal(name([fault('mtu')]), undefined);
  });

  it('has every recording at its place, the healings too', () => {
    const recorded = readdirSync('test/data/failures').flatMap((file) => /^(E.*)\.json$/.exec(file)?.[1] ?? []);
    const told = NEUTRON_RECORDINGS.map((one) => one.name).filter((one) => one !== 'E7-legacy-node-killed');
    assert.deepEqual(told.sort(), recorded.sort());
  });

  it('is not held against a keepalived that is respawned before anybody takes over: the real one was long after', () => {
    const killed = [fault('keepalived')];
    assert.equal(
      recordedOnNeutron(killed, { ha: true, respawnsEarly: false })?.name,
      'E1a-kill9-both-keepalived-processes',
    );
    assert.equal(recordedOnNeutron(killed, { ha: true, respawnsEarly: true }), null);
  });
});
