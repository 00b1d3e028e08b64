import assert from 'node:assert/strict';
import * as l10n from '@vscode/l10n';
import { failoverDocument } from '../../../../src/editor/failover/failover-document.js';
import { failoverStage } from '../../../../src/editor/failover/failover-words.js';
import type { FailoverReport, FailoverRun } from '../../../../src/experiment/failover-report.js';

const run: FailoverRun = {
  fault: 'node',
  active_before: 'network1',
  active_after: 'network2',
  since_last_advert_s: 0.4,
  takeover_s: 6.1,
  several_masters: [],
  roles: [{ at_s: 6.1, node: 'network2', role: 'MASTER' }],
  probes: [
    {
      ...{ name: 'web1 → db1 | <b>', sent: 500, received: 200, lost: 300, duplicates: 0, outage_s: 6.2 },
      outages: [{ begins_s: 0.01, length_s: 6.2, lost: 300 }],
    },
  ],
  outage_s: 6.2,
  theory: { low: 4.8, high: 6.8 } as FailoverRun['theory'],
  expected: null,
  agrees: true,
  explanation: 'The standby waited for the master-down timer.',
  healed_s: 2,
};
const report: FailoverReport = {
  ...{ lab: 'a', router: 'edge', fault: 'node', advert_int_s: 2, priority: 50, probe_interval_ms: 20, runs: [run] },
  ...{ outage_median_s: 6.2, outage_min_s: 6.2, outage_max_s: 6.2, agreeing: 1 },
};

describe('The report of a failover as a document', () => {
  it('says what was measured, what theory allows, and why', () => {
    const text = failoverDocument(report);
    assert.match(text, /^# Failover of edge: its node loses its power/);
    assert.match(text, /\*\*Outage 6\.2 s, theory 4\.8 s to 6\.8 s\.\*\* It agrees/);
    assert.match(text, /The standby waited for the master-down timer\./);
  });

  it('tells what happened in its order, the last advertisement before the fault', () => {
    const text = failoverDocument(report);
    const order = ['last advertisement', 'network1: its node', 'first of 300', 'network2 is MASTER', 'answered again'];
    const places = order.map((part) => text.indexOf(part, text.indexOf('In order')));
    assert.ok(places.every((place) => place > 0));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  });

  it('says who was MASTER beside another one, for how long, and who stayed it', () => {
    assert.doesNotMatch(failoverDocument(report), /at once/);
    const several = [{ from_s: 6.1, to_s: 6.128, nodes: ['network2', 'network3'] }];
    const text = failoverDocument({
      ...report,
      runs: [{ ...run, several_masters: several, active_after: 'network3' }],
    });
    assert.match(text, /^MASTER at once: network2, network3 for 28 ms\. network3 stayed it\.$/m);
  });

  it('says of a single request that it is lost', () => {
    const probes = run.probes.map((one) => ({ ...one, outages: [{ begins_s: 0.01, length_s: 0.02, lost: 1 }] }));
    assert.match(failoverDocument({ ...report, runs: [{ ...run, probes }] }), /: a request is lost \|/);
  });

  it('has its figures in German where the window is', () => {
    l10n.config({ contents: { '{0} to {1}': '{0} bis {1}', theory: 'Theorie', measured: 'gemessen' } });
    try {
      const text = failoverDocument(report);
      assert.match(text, /^ {2}Theorie .* 4\.8 s bis 6\.8 s$/m);
      assert.match(text, /^ {2}gemessen /m);
    } finally {
      l10n.config({ contents: {} });
    }
  });

  it('takes nothing of a name for Markdown or HTML', () => {
    assert.ok(!/[^\\]<b>|[^\\]\| \\</.test(failoverDocument(report)));
  });

  it('has a table over all runs where there are several', () => {
    const text = failoverDocument({ ...report, runs: [run, { ...run, agrees: false }], agreeing: 1 });
    assert.match(text, /1 of 2 runs agree with the theory/);
    assert.match(text, /\| 2 \| network1 → network2 \| 6\.1 s \| 6\.2 s \| 4\.8 s to 6\.8 s \| ✗ \|/);
  });
});

describe('A failover as it goes', () => {
  it('says which run it is in and what it is at', () => {
    const stage = failoverStage({ type: 'stage', run: 2, stage: 'takeover', detail: '' }, 3);
    assert.equal(stage?.text, 'run 2 of 3: waiting for another MASTER');
    assert.ok(stage.share! > 1 / 3 && stage.share! < 2 / 3);
    assert.equal(failoverStage({ type: 'stage', run: 1, stage: 'done', detail: '' }, 1), null);
  });
});
