/**
 * What a change of state does, when and in which order: as the recorded Neutron did (neutron/agent/l3/ha.py,
 * `_enqueue_state_change`; keepalived.conf, garp_master_delay).
 */
import assert from 'node:assert/strict';
import { FailoverScene, type Takeover, countByAddress } from '../../fidelity/failover.js';
import { TestBed } from '../../support/running.js';

/** How often keepalived announces each address at once: vrrp_garp_master_repeat. */
const REPEAT = 5;

describe('a failover of an HA router with IPv4 and IPv6', function () {
  this.timeout(120_000);
  let bed: TestBed;
  let scene: FailoverScene;
  let takeover: Takeover;

  before(async () => {
    bed = await TestBed.make();
    scene = await FailoverScene.prepare(bed);
    takeover = await scene.failOver(6);
  });

  after(async () => {
    await bed.end();
  });

  const settings = (): string => {
    const gateway = scene.lab.ports.find(({ device_owner: owner }) => owner === 'network:router_gateway');
    const device = `qg-${gateway?.id.slice(0, 11) ?? ''}`;
    return `cd /proc/sys/net/ipv6/conf && cat all/forwarding ${device}/forwarding ${device}/accept_ra | tr '\\n' ' '`;
  };

  it('takes over a second after the priority of 0', () => {
    const gap = takeover.came - takeover.left;
    assert.ok(gap > 0.3 && gap < 2.5, `${gap.toFixed(2)} s`);
  });

  it('makes the new one primary: the state file at once, the rest after advert_int, radvd last', async () => {
    const { next } = takeover;
    await scene.becomes(next, `cat /var/lib/neutron/ha_confs/${scene.router}/state`, /^primary$/);
    const radvd = await scene.until(
      'radvd on the new MASTER',
      (event, node) =>
        node === next && event.type === 'process' && event.action === 'start' && event.pidFile.endsWith('.pid.radvd'),
    );
    const wait = radvd.event.t - takeover.came;
    assert.ok(wait > 1.9 && wait < 4, `radvd started ${wait.toFixed(2)} s after the address came`);
    // What comes before radvd is there by now. The gateway has an IPv6 subnet, so nobody's advertisements are taken.
    assert.equal(
      await scene.ask(next, `ip netns exec ${scene.namespace} sh -c '${settings().replaceAll("'", "'\\''")}'`),
      '1 1 0 ',
    );
    const log = await scene.ask(next, `grep ${scene.router} /var/log/neutron/neutron-l3-agent.log`);
    assert.match(log, /Wrote router \S+ state primary\n[^]*Router \S+ transitioned to primary/);
    assert.equal(
      await scene.ask(
        next,
        `stat -c %a /var/lib/neutron/ra/${scene.router}.radvd.conf /var/lib/neutron/ha_confs/${scene.router}/state`,
      ),
      '444\n666\n',
    );
  });

  it('makes the old one backup at once, which goes on forwarding, without radvd and its file', async () => {
    await scene.becomes(scene.active, `cat /var/lib/neutron/ha_confs/${scene.router}/state`, /^backup$/);
    const gone = await scene.until(
      'the end of radvd on the old MASTER',
      (event, node) =>
        node === scene.active &&
        event.type === 'process' &&
        event.action === 'exit' &&
        event.pidFile.endsWith('.pid.radvd'),
    );
    assert.ok(gone.event.t - takeover.left < 1, 'a change to backup waits for nothing');
    assert.equal(await scene.ask(scene.active, settings(), scene.namespace), '1 0 0 ');
    assert.equal(await scene.ask(scene.active, `ls /var/lib/neutron/ra`), '');
  });

  it('announces each address five times at once, IPv4 by ARP and IPv6 by neighbour advertisements', async () => {
    const { next, heard } = takeover;
    const addresses = await scene.virtualAddresses(next);
    assert.deepEqual(countByAddress(heard), addresses.map((one) => [one, REPEAT] as const).sort());
    const span = Math.max(...heard.map(({ t }) => t)) - Math.min(...heard.map(({ t }) => t));
    assert.ok(span < 1, `${span.toFixed(2)} s from the first to the last`);
  });
});
