import assert from 'node:assert/strict';
import { type Arrow, type Tie, stepAlong } from '../../../webview/canvas/cable-walk.js';

/**
 * outside-net above a router with two ports down to blue, on which two instances hang.
 */
const places = new Map([
  ['network ext', { x: 0, y: 0, width: 300, height: 28 }],
  ['router edge', { x: 50, y: 100, width: 200, height: 78 }],
  ['network blue', { x: 0, y: 240, width: 300, height: 28 }],
  ['instance web1', { x: 10, y: 320, width: 124, height: 46 }],
  ['instance web2', { x: 160, y: 320, width: 124, height: 46 }],
]);
const ties: Tie[] = [
  { key: 'port web2', device: 'instance web2', network: 'network blue', dx: 62 },
  { key: 'port web1', device: 'instance web1', network: 'network blue', dx: 62 },
  { key: 'port qg', device: 'router edge', network: 'network ext', dx: 100 },
  { key: 'port qr2', device: 'router edge', network: 'network blue', dx: 120 },
  { key: 'port qr1', device: 'router edge', network: 'network blue', dx: 80 },
];
const step = (arrow: Arrow, at: string, origin: string | null = null) => stepAlong(arrow, at, origin, ties, places);

describe('The arrow keys along the cables', () => {
  it('go from a thing to its leftmost cable, upwards and downwards', () => {
    assert.equal(step('ArrowUp', 'router edge'), 'port qg');
    assert.equal(step('ArrowDown', 'router edge'), 'port qr1');
    assert.equal(step('ArrowDown', 'network blue'), 'port web1');
    assert.equal(step('ArrowUp', 'network blue'), 'port qr1');
  });

  it('go from a cable to the end that lies there', () => {
    assert.equal(step('ArrowDown', 'port qr1'), 'network blue');
    assert.equal(step('ArrowUp', 'port qr1'), 'router edge');
    assert.equal(step('ArrowUp', 'port web2'), 'network blue');
  });

  it('go to the cables beside, of the end from which one came', () => {
    assert.equal(step('ArrowRight', 'port qr1', 'router edge'), 'port qr2');
    assert.equal(step('ArrowRight', 'port web1', 'network blue'), 'port web2');
    assert.equal(step('ArrowLeft', 'port web2', 'network blue'), 'port web1');
    assert.equal(step('ArrowRight', 'port web1', 'instance web1'), null);
    assert.equal(step('ArrowRight', 'port web2', 'network blue'), null);
  });

  it('go nowhere where no cable is', () => {
    assert.equal(step('ArrowUp', 'network ext'), null);
    assert.equal(step('ArrowLeft', 'router edge'), null);
    assert.equal(step('ArrowDown', 'node network1'), null);
  });

  it('reach every cable and every thing from any of them', () => {
    const all = [...places.keys(), ...ties.map(({ key }) => key)];
    for (const begin of places.keys()) {
      // Where one is, and from where one came.
      const seen = new Map<string, readonly [string, string | null]>();
      const open: (readonly [string, string | null])[] = [[begin, null]];
      for (let now = open.pop(); now; now = open.pop()) {
        const [at, origin] = now;
        if (seen.has(`${at} ${String(origin)}`)) continue;
        seen.set(`${at} ${String(origin)}`, now);
        for (const arrow of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const) {
          const next = step(arrow, at, origin);
          if (next !== null) open.push([next, places.has(next) ? null : places.has(at) ? at : origin]);
        }
      }
      const reached = new Set([...seen.values()].map(([at]) => at));
      assert.deepEqual(
        all.filter((one) => !reached.has(one)),
        [],
        begin,
      );
    }
  });
});
