import assert from 'node:assert/strict';
import { type Circumstances, forecast } from '../../../src/experiment/forecast.js';
import type { Fault } from '../../../src/lab/break/fault.js';

const about: Circumstances = {
  advertInt: 2,
  priority: 50,
  version: 2,
  strikesMaster: true,
  strikesAll: false,
  respawnAfter: null,
  ha: true,
  healedAfter: null,
  places: {
    all: ['network1', 'network2', 'network3', 'compute1', 'outside'],
    replicas: ['network1', 'network2', 'network3'],
    users: ['compute1', 'outside'],
  },
};
const keepalived = (how: 'kill' | 'kill-parent' | 'kill-child' | 'terminate' | 'reload'): Fault => ({
  kind: 'keepalived',
  node: 'network1',
  router: 'r',
  how,
});
const link = (device: 'ha' | 'qr' | 'underlay'): Fault => ({ kind: 'link', node: 'network1', router: 'r', device });

/** Whether an outage of so many seconds is what theory expects. */
function expects(fault: Fault, outage: number, more: Partial<Circumstances> = {}): boolean {
  const { low, high } = forecast(fault, { ...about, ...more });
  return outage >= low && outage <= high;
}

describe('What theory expects of a fault', () => {
  // The medians that were measured on real containers and on a real Neutron, advert_int 2.
  for (const [what, fault, seconds] of [
    ['a node that is killed', { kind: 'node', node: 'network1', graceful: false }, 6.13],
    ['a node that is shut down', { kind: 'node', node: 'network1', graceful: true }, 0.82],
    ['a node that is restarted', { kind: 'restart', node: 'network1' }, 0.82],
    ['a node that freezes', { kind: 'freeze', node: 'network1' }, 0],
    ['an HA interface that goes down', link('ha'), 5.73],
    ['a cable that is pulled', link('underlay'), 6.16],
    ['keepalived that is told to end', keepalived('terminate'), 0.81],
    ['keepalived that loses its parent', keepalived('kill-parent'), 0.82],
    ['keepalived that loses its child', keepalived('kill-child'), 5.47],
    ['keepalived that is killed', keepalived('kill'), 0],
    ['keepalived that reads its file again', keepalived('reload'), 0],
    ['an agent that ends', { kind: 'agent', node: 'network1', how: 'kill' }, 0],
    ['a split brain', { kind: 'partition', node: 'network1', from: ['network2'], router: 'r' }, 0],
  ] as const satisfies readonly (readonly [string, Fault, number])[]) {
    it(`is ${String(seconds)} s for ${what}`, () => {
      assert.ok(expects(fault, seconds));
      assert.ok(!expects(fault, 12));
    });
  }

  it('is the whole timer for a file that breaks off: keepalived advertises once more when it reads it', () => {
    const damaged: Fault = { kind: 'config', node: 'network1', router: 'r', change: { what: 'damaged' } };
    assert.ok(expects(damaged, 6.8, { sinceLastAdvert: 1.9 }));
    assert.ok(!expects(damaged, 5, { sinceLastAdvert: 1.9 }));
  });

  it('is a timer where nobody hears the MASTER, and nothing where nobody hears a standby', () => {
    const from = about.places.all.filter((one) => one !== 'network1');
    const mute: Fault = { kind: 'partition', node: 'network1', from, router: null, oneWay: true };
    assert.ok(expects(mute, 5.8));
    assert.match(forecast(mute, about).reason, /^Nothing that the node sends gets through.* what the others send does/);
    const { high, reason } = forecast(mute, { ...about, strikesMaster: false });
    assert.ok(high < 0.5);
    assert.match(reason, /hears its MASTER as before/);
    const cut = forecast(link('underlay'), { ...about, strikesMaster: false });
    assert.ok(cut.high < 0.5);
    assert.match(cut.reason, /hears no MASTER becomes one/);
  });

  it('speaks of no MASTER and no timer where the router is a legacy one', () => {
    const impaired: Fault = { kind: 'impair', node: 'network1', delay: 20, jitter: 0, loss: 0, rate: 0 };
    const from = ['compute1'];
    const parted: Fault = { kind: 'partition', node: 'network1', from, router: null };
    for (const fault of [link('qr'), link('underlay'), { kind: 'freeze', node: 'network1' }, impaired, parted] as const)
      assert.doesNotMatch(forecast(fault, { ...about, ha: false }).reason, /MASTER|backup|timer|advertisement/);
    assert.ok(expects(link('underlay'), 30, { ha: false, healedAfter: 30 }));
    assert.ok(!expects(link('underlay'), 6, { ha: false, healedAfter: 30 }));
  });

  it('is the time to the healing where nobody tracks the interface', () => {
    assert.ok(expects(link('qr'), 11, { healedAfter: 10 }));
    assert.ok(!expects(link('qr'), 6, { healedAfter: 10 }));
    assert.ok(expects(link('qr'), 600));
  });

  it('is no failover where a node and only some others lose each other', () => {
    const from = (...nodes: string[]): Fault => ({ kind: 'partition', node: 'network1', from: nodes, router: null });
    assert.ok(expects(from('network2', 'network3', 'compute1', 'outside'), 6.13));
    assert.ok(expects(from('network2'), 0));
    assert.ok(!expects(from('network2'), 6.13));
    assert.ok(expects(from('compute1'), 20, { healedAfter: 18 }));
    assert.ok(expects(from('network2', 'network3', 'compute1', 'outside'), 0, { strikesMaster: false }));
  });

  it('is up to its healing where the node has instances of its own', () => {
    const fault: Fault = { kind: 'node', node: 'compute1', graceful: false };
    assert.ok(expects(fault, 9, { strikesMaster: false, healedAfter: 8 }));
    assert.ok(expects(fault, 0, { strikesMaster: false, healedAfter: 8 }));
    assert.ok(!expects(fault, 20, { strikesMaster: false, healedAfter: 8 }));
  });

  it('is the skew time where the MASTER is given another VRID', () => {
    const change = { what: 'virtual_router_id', value: 9 } as const;
    const fault: Fault = { kind: 'config', node: 'network1', router: 'r', change };
    assert.ok(expects(fault, 0.85));
    assert.ok(!expects(fault, 6));
  });

  it('is the time to the healing where a legacy router was', () => {
    const fault: Fault = { kind: 'node', node: 'network1', graceful: false };
    assert.ok(expects(fault, 13, { ha: false, healedAfter: 10 }));
    assert.ok(!expects(fault, 6, { ha: false, healedAfter: 10 }));
  });

  it('is what is left of the timer where keepalived is started again before a takeover', () => {
    assert.ok(expects(keepalived('kill'), 4.7, { respawnAfter: 1 }));
    assert.ok(!expects(keepalived('kill'), 0, { respawnAfter: 1 }));
    assert.ok(expects(keepalived('kill'), 0, { respawnAfter: 19 }));
  });

  it('is nothing where a BACKUP is struck', () => {
    assert.ok(expects({ kind: 'node', node: 'network2', graceful: false }, 0, { strikesMaster: false }));
    assert.ok(!expects({ kind: 'node', node: 'network2', graceful: false }, 5, { strikesMaster: false }));
  });

  it('of an MTU that was lowered: nothing for short packets, and for long ones that they are lost until it is healed', () => {
    const mtu = (device: 'qr' | 'underlay', node = 'network1'): Fault => ({
      kind: 'mtu',
      node,
      router: 'r',
      device,
      mtu: 1200,
    });
    for (const ha of [true, false]) {
      assert.ok(expects(mtu('qr'), 0, { ha, healedAfter: 8 }));
      assert.ok(expects(mtu('qr'), 0, { ha, healedAfter: 8, longest: 1200 }));
      assert.ok(expects(mtu('qr'), 8.1, { ha, healedAfter: 8, longest: 1328 }));
      assert.ok(!expects(mtu('qr'), 0, { ha, healedAfter: 8, longest: 1328 }));
      assert.ok(!expects(mtu('qr'), 8.1, { ha, healedAfter: 8, longest: 1200 }));
    }
    assert.match(forecast(mtu('qr'), { ...about, longest: 1328 }).reason, /1328 bytes .* 1200: .*nobody takes over/);
    const standby = { strikesMaster: false, longest: 1328, healedAfter: 8 };
    assert.ok(!expects(mtu('qr', 'network2'), 8.1, standby));
    assert.ok(expects(mtu('underlay', 'compute1'), 8.1, standby), 'what lives there sends long packets itself');
  });
});
