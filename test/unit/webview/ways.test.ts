import assert from 'node:assert/strict';
import type { Hop } from '../../../src/lab/path/hop.js';
import { type Way, changedHops, nodesOn, otherWay, shownWay, withWay } from '../../../webview/path/ways.js';

/** From web1 through the router on a node and back. */
function through(node: string): Hop[] {
  return [
    { node: 'compute1', namespace: 'web1', kind: 'route', device: 'eth0', gateway: '192.168.10.1' },
    { node: 'compute1', namespace: '', kind: 'vxlan', device: 'vxlan-1', to: node, address: '10.0.0.2' },
    { node, namespace: 'qrouter-1', kind: 'route', device: 'qr-2', gateway: null },
    { node: 'compute1', namespace: 'db1', kind: 'arrived', device: 'eth0', address: '192.168.20.31' },
  ];
}

function endingOn(node: string): Hop[] {
  return [...through(node).slice(0, 2), { node, namespace: '', kind: 'ends', why: 'node-down', detail: node }];
}

/** A failover at 10 s; web1's connection is tracked from 5 s on. */
function failover(): readonly Way[] {
  const tracked: Hop = { node: 'network1', namespace: 'qrouter-1', kind: 'conntrack', entry: 'icmp 1 29' };
  const [first, second, ...more] = through('network1');
  const told: readonly (readonly [number, readonly Hop[]])[] = [
    [1, through('network1')],
    [5, [first!, second!, tracked, ...more]],
    [10, endingOn('network1')],
    [12, endingOn('network3')],
    [16, through('network2')],
  ];
  return told.reduce<readonly Way[]>((ways, [at, hops]) => withWay(ways, { at, wall: at * 1000, hops }), []);
}

describe('The ways of a packet', () => {
  it('are three of a failover: before, none, and by another node', () => {
    assert.deepEqual(failover().map(nodesOn), [
      ['compute1', 'network1', 'compute1'],
      ['compute1', 'network3'],
      ['compute1', 'network2', 'compute1'],
    ]);
    assert.deepEqual(
      failover().map(({ at }) => at),
      [1, 10, 16],
    );
  });

  it('mark what goes elsewhere now, beside the one before the failover and not beside the outage', () => {
    const ways = failover();
    const now = shownWay(ways, null, null)!;
    const other = otherWay(ways, now)!;
    assert.equal(other.at, 1);
    assert.deepEqual(
      [...changedHops(now, other)].map(({ node, kind }) => `${node} ${kind}`),
      ['compute1 vxlan', 'network2 route'],
    );
  });

  it('are shown as they were at the moment that the clock shows, and as a person chooses', () => {
    const ways = failover();
    const at = (chosen: number | null, moment: number | null) => shownWay(ways, chosen, moment)?.at;
    assert.equal(at(null, 12), 10);
    assert.equal(at(null, 0), 1);
    assert.equal(at(1000, 12), 1);
    assert.equal(otherWay(ways, ways[0]!)?.at, 16);
  });

  it('stay few, whatever happens', () => {
    let ways: readonly Way[] = [];
    for (let at = 0; at < 40; at += 1)
      ways = withWay(ways, { at, wall: at, hops: through(at % 2 === 0 ? 'network1' : 'network2') });
    assert.equal(ways.length, 5);
    assert.equal(ways.at(-1)?.at, 39);
  });
});
