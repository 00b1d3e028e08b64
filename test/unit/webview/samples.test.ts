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
        const samples = new Samples(
          sent,
          Float32Array.from(trips, (trip) => trip ?? LOST),
        );
        const drawn = samples.columns(0, trips.length * 0.02, columns);
        const lost = drawn.reduce((sum, column) => sum + (column?.lost ?? 0), 0);
        const worst = Math.max(...drawn.map((column) => column?.worst ?? 0));
        assert.equal(lost, trips.filter((trip) => trip === null).length);
        assert.equal(worst, Math.max(0, ...trips.map((trip) => trip ?? 0)));
      }),
    );
  });
});
