import assert from 'node:assert/strict';
import { bothWhole, measuredOf, meetingPoint } from '../../../webview/clock/measured.js';
import { Samples } from '../../../webview/clock/samples.js';
import type { Track } from '../../../webview/clock/track.js';

const broken = {
  fault: 'node',
  node: 'network1',
  router: 'r',
  lastAdvert: null,
  advertInt: 2,
  priority: 50,
  farewell: false,
  taken: null,
  together: [],
  until: Infinity,
};

function run(start: number, at: number, outage: number | null): Track {
  return {
    start,
    end: at + 20,
    faults: [{ at, fault: 'node', node: 'network1', more: '', healed: false }],
    theory: null,
    broken: { ...broken, at },
    lanes: [
      {
        kind: 'holder',
        key: 'h',
        address: '192.168.10.1',
        hue: 0,
        announced: new Float64Array(),
        spans: [{ from: at, to: outage === null ? null : at + outage, tone: 'nobody', word: '' }],
      },
    ],
  };
}

describe('Two runs beside each other', () => {
  it('meet where the fault was, whatever their clocks said', () => {
    const [one, other] = [run(100, 110, 5), run(7000, 7004, 6)];
    const shift = meetingPoint(other) - meetingPoint(one);
    assert.equal(shift, 6894);
    // Of the first clock: both whole, the longer run before the fault and the same time after it.
    assert.deepEqual(bothWhole(one, other, shift), { from: 100, to: 130 });
    assert.deepEqual(bothWhole(other, one, -shift), { from: 6994, to: 7024 });
  });

  it('are measured by who held the gateway where nobody probed, and not while it lasts', () => {
    assert.deepEqual(measuredOf(run(0, 10, 5.5)), { length: 5.5, by: 'holder' });
    assert.deepEqual(measuredOf(run(0, 10, null)), { length: null, by: 'holder' });
    assert.equal(measuredOf({ ...run(0, 10, 1), broken: null }), null);
  });

  it('are not said to have lasted no time where nothing was measured', () => {
    assert.deepEqual(measuredOf({ ...run(0, 10, 1), lanes: [] }), { length: null, by: 'nothing' });
  });

  it('have the outage that began with the fault, though the fault was told late, and none before it can be known', () => {
    const probed = (end: number, outages: { from: number; to: number | null; lost: number }[]): Track => ({
      ...run(0, 10, 5),
      end,
      lanes: [{ kind: 'probe', key: 'p', id: 'p', name: 'p', samples: new Samples(), outages }],
    });
    const [late, over] = [
      { from: 8, to: 14, lost: 300 },
      { from: 7, to: 9, lost: 100 },
    ];
    assert.deepEqual(measuredOf(probed(20, [over, late])), { length: 6, by: 'probe' });
    assert.deepEqual(measuredOf(probed(11, [over])), { length: null, by: 'probe' });
    assert.deepEqual(measuredOf(probed(20, [over])), { length: 0, by: 'probe' });
  });

  it('count from the fault where nothing had got through before, and not what was lost after the next one', () => {
    const { broken: found, ...rest } = run(0, 10, 5);
    const outages = [
      { from: 1, to: 16, lost: 700 },
      { from: 30, to: 40, lost: 500 },
    ];
    const lanes = [{ kind: 'probe', key: 'p', id: 'p', name: 'p', samples: new Samples(), outages } as const];
    const track: Track = { ...rest, lanes, broken: found && { ...found, until: 25 } };
    assert.deepEqual(measuredOf(track), { length: 6, by: 'probe' });
  });
});
