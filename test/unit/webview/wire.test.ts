import assert from 'node:assert/strict';
import { type Bar, wireOf } from '../../../webview/canvas/wire.js';

describe('The way of a cable', () => {
  const device = { x: 100, y: 0, width: 100, height: 40 };
  const bar = (key: string, y: number): Bar => ({ key, left: 0, right: 300, y });

  it('goes straight down to the bar below', () => {
    assert.equal(wireOf(device, 50, null, bar('blue', 100), []).path, 'M 150 40 V 100');
  });

  it('arches over the bars that it passes', () => {
    const { path } = wireOf(device, 50, null, bar('green', 200), [bar('blue', 100), bar('green', 200)]);
    assert.equal(path, 'M 150 40 V 93 a 7 7 0 0 1 0 14 V 200');
  });

  it('goes along to the end of a bar that is not above or below', () => {
    const { path } = wireOf({ ...device, x: 500 }, 50, null, bar('blue', 100), []);
    assert.equal(path, 'M 550 40 V 100 H 294');
  });

  it('goes up to a bar above', () => {
    assert.equal(wireOf({ ...device, y: 200 }, 50, null, bar('blue', 100), []).path, 'M 150 200 V 100');
  });
});
