import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LOST, Samples } from '../../../webview/clock/samples.js';

describe('What a probe saw, drawn in columns', () => {
  it('loses no loss and no longest round trip, however far out one zooms', () => {
    const packets = fc.array(fc.option(fc.integer({ min: 1, max: 1000 }), { nil: null }), {
      minLength: 1,
      maxLength: 3000,
    });
    fc.assert(
      fc.property(packets, fc.integer({ min: 1, max: 40 }), (trips, columns) => {
        const sent = Float64Array.from(trips, (_, nth) => nth * 0.02);
        const samples = new Samples();
        // As they come: some at once, the others one by one, and a loss a second late.
        const half = trips.length >> 1;
        samples.addAll(
          sent.subarray(0, half),
          Float32Array.from(trips.slice(0, half), (trip) => trip ?? LOST),
        );
        samples.columns(0, 1, columns);
        const rest = trips.slice(half).map((trip, nth) => ({ trip, at: sent[half + nth]! }));
        const known = ({ trip, at }: (typeof rest)[number]): number => at + (trip === null ? 1 : 0);
        for (const { trip, at } of rest.sort((one, other) => known(one) - known(other))) samples.add(at, trip ?? LOST);
        const drawn = samples.columns(0, trips.length * 0.02, columns);
        const lost = drawn.reduce((sum, column) => sum + (column?.lost ?? 0), 0);
        const worst = Math.max(...drawn.map((column) => column?.worst ?? 0));
        assert.equal(lost, trips.filter((trip) => trip === null).length);
        assert.equal(worst, Math.max(0, ...trips.map((trip) => trip ?? 0)));
      }),
    );
  });
});
