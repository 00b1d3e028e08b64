import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { runExperiment } from '../../../src/experiment/experiment.js';
import { captureRouters } from '../../../src/experiment/packets/capture.js';
import { readTimeline, writeTimeline } from '../../../src/experiment/timeline/json-lines.js';
import { ofKind } from '../../../src/experiment/timeline/timeline.js';
import { inject, mend, removeFault } from '../../../src/lab/break/break-and-mend.js';
import type { Fault } from '../../../src/lab/break/fault.js';
import { waitUntilReady } from '../../../src/lab/bring-up/ready.js';
import type { RunningLab } from '../../../src/lab/running-lab.js';
import { readNodes, statusOf } from '../../../src/lab/status.js';
import { instanceNamespace, qrouterNamespace } from '../../../src/model/names.js';
import type { Lab } from '../../../src/model/resources.js';
import type { Scenario, ScenarioFault, ScenarioProbe } from '../../../src/model/scenario.js';
import { experimentHtml } from '../../../src/render/experiment/experiment-html.js';
import { TestBed, bundledLab, inNamespace, readTestLab } from '../../support/running.js';

const probe = (kind: ScenarioProbe['kind'], from: string, to: string | null): ScenarioProbe => ({
  kind,
  from,
  to,
  interval: 20,
});

const fault = (word: ScenarioFault['fault'], more: ScenarioFault['more'] = {}): ScenarioFault => ({
  fault: word,
  at: 0,
  heal: null,
  on: 'edge',
  replica: 'MASTER',
  more,
});

const scenario = (probes: readonly ScenarioProbe[], faults: readonly ScenarioFault[], watch: number): Scenario => ({
  title: 'A test',
  story: null,
  probes,
  faults,
  watch,
  expectations: [{ fault: 'keepalived', below: 3 }],
});

/** Interfaces and packets of a pcapng file, in its own order. */
function readBlocks(file: Buffer): { interfaces: string[]; packets: { place: number; time: bigint }[] } {
  const interfaces: string[] = [];
  const packets: { place: number; time: bigint }[] = [];
  for (let at = 0; at < file.length; at += file.readUInt32LE(at + 4)) {
    const type = file.readUInt32LE(at);
    // Of an interface the name is the only option: 16 bytes of block, then its code, its length and itself.
    if (type === 1) interfaces.push(file.toString('utf8', at + 20, at + 20 + file.readUInt16LE(at + 18)));
    if (type === 6)
      packets.push({
        place: file.readUInt32LE(at + 8),
        time: (BigInt(file.readUInt32LE(at + 12)) << 32n) + BigInt(file.readUInt32LE(at + 16)),
      });
  }
  return { interfaces, packets };
}

describe('an experiment on the lab ha-router', () => {
  let bed: TestBed;
  let lab: Lab;
  let running: RunningLab;

  before(async () => {
    bed = await TestBed.make();
    lab = readTestLab((await bundledLab('ha-router')).replace('ha_vrrp_advert_int: 2', 'ha_vrrp_advert_int: 1'), 'exp');
    running = await bed.upAndReady(lab);
  });

  after(async () => {
    await bed.end();
  });

  const routerId = (): string => lab.routers[0]?.id ?? '';
  const active = async (): Promise<string> => (await waitUntilReady(running, lab)).routers[0]?.active_on[0] ?? 'nobody';
  const marks = async (node: string): Promise<readonly string[]> =>
    statusOf(lab, await readNodes(running, [node])).nodes.find(({ name }) => name === node)?.faults ?? [];

  it('measures a graceful leave by every kind of probe, and tells who was MASTER when', async () => {
    const before = await active();
    const probes = [
      probe('ping', 'web1', 'db1'),
      probe('tcp', 'web1', 'db1'),
      probe('http', 'outside', 'web1'),
      probe('dhcp', 'web1', null),
    ];
    const declared = scenario(probes, [fault('keepalived', { how: 'terminate' })], 4);
    const { report, timelines } = await runExperiment(running, lab, declared, { times: 1 });
    const [run] = report.runs;
    assert.ok(run);
    const [ping, tcp, http, dhcp] = run.probes;
    for (const one of [ping, tcp, http]) {
      assert.ok(one && one.lost > 0 && one.sent > 100, `${one?.name ?? ''} lost something`);
      assert.ok(one.outage_s > 0.5 && one.outage_s < 3, `${one.name}: ${String(one.outage_s)} s`);
    }
    assert.equal(tcp?.broken, 0, 'a connection that nobody translates lives on');
    assert.equal(dhcp?.lost, 0, 'the DHCP server is on the network itself');
    assert.deepEqual(run.active_before, [before]);
    assert.notDeepEqual(run.active_after, [before]);
    // Two equal backups may both take over in the same moment; one of them is MASTER for the blink of an eye then.
    const lasting = run.masters.filter(({ from_s: from, to_s: to }) => to === null || to - from > 0.5);
    assert.deepEqual(
      lasting.map(({ node }) => node),
      [before, run.active_after[0]],
    );
    assert.ok((run.announcements[run.active_after[0] ?? ''] ?? 0) >= 5, 'the new MASTER announces itself');
    assert.equal(report.neutron?.name, 'E1c-sigterm-keepalived');
    assert.equal(report.expectations[0]?.met, true);

    const [timeline] = timelines;
    assert.ok(timeline);
    assert.deepEqual(readTimeline(writeTimeline(timeline)), timeline);
    const farewell = ofKind(timeline.events, 'advert').find(({ priority }) => priority === 0);
    assert.equal(farewell?.node === before || farewell?.direction === 'in', true, 'a farewell was on the wire');
    const page = experimentHtml(report, timelines);
    assert.match(page, /<svg class="timeline"/);
    assert.doesNotMatch(page, /<script|https?:\/\//);
  });

  it('shows by a ping that nobody may fragment what a short one does not: an MTU that was lowered', async () => {
    const long = { ...probe('ping', 'db1', 'web1'), size: 1300 };
    const declared = scenario(
      [probe('ping', 'web1', 'db1'), long, { ...long, from: 'web1', to: 'db1' }],
      [{ ...fault('mtu', { device: 'qr', mtu: 1200 }), heal: 3 }],
      2,
    );
    const { report } = await runExperiment(running, lab, declared, { times: 1 });
    const [run] = report.runs;
    assert.ok(run);
    const [short, ...longer] = run.probes;
    assert.equal(short?.lost, 0);
    for (const one of longer) {
      assert.match(one.name, /1300 bytes/);
      assert.ok(one.outage_s > 2.8, `${one.name}: ${String(one.outage_s)} s`);
      assert.equal(one.healing_outage_s, 0, 'it is answered as soon as the way is wide again');
    }
    assert.equal(report.agrees, true, run.explanation);
    assert.match(run.explanation, /1328 bytes that nobody may fragment does not get through 1200/);
    // Which of the two is refused and which comes in too long depends on which interface is the first one.
    const [, said] = /Refused: .*: (.*)\.$/.exec(run.remarks.find((one) => one.startsWith('Refused')) ?? '') ?? [];
    assert.equal(said, 'Frag needed and DF set (mtu = 1200)');
    assert.equal(run.remarks.filter((one) => one.startsWith('Lost without a word')).length, 1);
  });

  it('hears a node that shuts down give its addresses up, and never has it beside its successor', async () => {
    const before = await active();
    const { report } = await runExperiment(running, lab, scenario([], [fault('stop')], 3), { times: 1 });
    const [run] = report.runs;
    assert.ok(run);
    assert.deepEqual(run.roles.find(({ node }) => node === before)?.role, 'BACKUP');
    const companies = run.several_masters.filter(({ nodes }) => nodes.includes(before));
    assert.deepEqual(companies, []);
    assert.doesNotMatch(report.theory.reason, new RegExp(`${before} gave addresses up`));
  });

  it('finds nothing lost where theory says so, and leaves the lab as it was', async () => {
    const faults = [
      fault('keepalived', { how: 'reload' }),
      { ...fault('agent', { how: 'terminate' }), at: 1, heal: 3 },
    ];
    const { report } = await runExperiment(running, lab, scenario([probe('ping', 'web1', 'db1')], faults, 1), {
      times: 1,
    });
    assert.equal(report.outage_s.max, 0);
    assert.equal(report.agrees, true);
    assert.deepEqual(await bed.plan(lab), []);
  });

  it('marks what lasts, several at once, and takes back each by itself', async () => {
    const node = await active();
    const network = lab.networks.find(({ name }) => name === 'blue')?.id ?? '';
    const server = lab.network_dhcp_agents[network]?.[0] ?? '';
    const faults: readonly (readonly [Fault, name: string])[] = [
      [{ kind: 'impair', node, delay: 30, jitter: 0, loss: 0, rate: 0 }, 'impair'],
      [{ kind: 'mtu', node, router: routerId(), device: 'qr', mtu: 1200 }, 'mtu-'],
      [{ kind: 'config', node, router: routerId(), change: { what: 'priority', value: 77 } }, `config-${routerId()}`],
      [{ kind: 'agent', node, how: 'kill' }, 'l3-agent'],
      [{ kind: 'dhcp', node: server, network, respawn: false }, `dhcp-${network}`],
      [{ kind: 'partition', node, from: ['outside'], router: null, oneWay: true }, 'partition-underlay'],
    ];
    for (const [one] of faults) await inject(running, lab, one);
    const before = [
      ...(await marks(node)),
      ...(server === node ? [] : await marks(server)),
      ...(await marks('outside')),
    ];
    assert.equal(before.length, faults.length, before.join(', '));

    for (const [one, name] of faults) {
      const place = one.kind === 'partition' ? 'outside' : one.node;
      const mark = (await marks(place)).find((other) => other.startsWith(name));
      assert.ok(mark !== undefined, `${name} is on ${place}`);
      const others = (await marks(place)).filter((other) => other !== mark);
      await removeFault(running, lab, place, mark);
      assert.deepEqual(await marks(place), others, 'the others stay');
    }
    await waitUntilReady(running, lab);
    assert.deepEqual(await bed.plan(lab), []);
  });

  it('gives a MASTER back what it lost with an interface: routes, and addresses that keepalived believes to be there', async () => {
    const node = await active();
    const namespace = `qrouter-${routerId()}`;
    const has = async (): Promise<string[]> => {
      const session = await running.session(node);
      const lines = await Promise.all(
        ['-4 route', '-6 route', '-o address'].map(async (what) => {
          const { stdout } = await session.run(namespace, ['ip', ...what.split(' ')]);
          return stdout.split('\n').map((line) => line.trim());
        }),
      );
      return lines.flat().sort();
    };
    const whole = await has();
    const device = async (prefix: string): Promise<string> => {
      const { stdout } = await (await running.session(node)).run(namespace, ['ip', '-o', 'link']);
      return new RegExp(`${prefix}-[0-9a-f-]+`).exec(stdout)?.[0] ?? '';
    };
    const [qr, qg] = [await device('qr'), await device('qg')];
    const breaks: readonly (readonly [name: string, () => Promise<unknown>])[] = [
      ['qg- down', () => inject(running, lab, { kind: 'link', node, router: routerId(), device: 'qg' })],
      ['MTU', () => inject(running, lab, { kind: 'mtu', node, router: routerId(), device: 'qr', mtu: 1200 })],
      ['MTU', () => inject(running, lab, { kind: 'mtu', node, router: routerId(), device: 'qr', mtu: 1000 })],
      [
        'by hand',
        async () => {
          const session = await running.session(node);
          await session.run(namespace, ['ip', 'link', 'set', 'dev', qr, 'mtu', '1000']);
          await session.run(namespace, ['ip', 'address', 'flush', 'dev', qr]);
          await session.run(namespace, ['ip', 'route', 'delete', 'default', 'dev', qg]);
        },
      ],
    ];
    for (const [name, strike] of breaks) {
      await strike();
      assert.notDeepEqual(await has(), whole, name);
      if (name !== 'MTU') await mend(running, lab, node);
      else for (const mark of await marks(node)) await removeFault(running, lab, node, mark);
      assert.deepEqual(await has(), whole, `${name}: all is there again`);
      assert.deepEqual(await bed.plan(lab), []);
    }
    await inject(running, lab, { kind: 'mtu', node, router: routerId(), device: 'qr', mtu: 1200 });
    await inject(running, lab, { kind: 'mtu', node, router: routerId(), device: 'qr', mtu: 1000 });
    await mend(running, lab, node);
    assert.deepEqual(await has(), whole, 'what was there before the first of two comes back');
    await waitUntilReady(running, lab);
  });

  it('holds packets back where a link is slow, and loses some where it is lossy', async () => {
    const node = await active();
    const slow = { ...fault('impair', { delay: 60 }), on: node, heal: 2 };
    const declared = scenario([probe('ping', 'web1', 'db1')], [slow], 1);
    const { timelines } = await runExperiment(running, lab, declared, { times: 1 });
    const [timeline] = timelines;
    const rtts = ofKind(timeline?.events ?? [], 'probe').flatMap(({ rtt }) => (rtt === null ? [] : [rtt]));
    // The router sends to both ends: each way is late once.
    assert.ok(
      rtts.filter((rtt) => rtt > 115 && rtt < 180).length > 30,
      `round trips of ${String(Math.max(...rtts))} ms`,
    );
    assert.ok(rtts.filter((rtt) => rtt < 30).length > 30, 'and none before and after');
  });

  it('says that a frozen node cannot be asked, and thaws it', async () => {
    const node = await active();
    await inject(running, lab, { kind: 'freeze', node });
    await assert.rejects(inject(running, lab, { kind: 'agent', node, how: 'kill' }), /paused/);
    await mend(running, lab, node);
    await waitUntilReady(running, lab);
    assert.deepEqual(await marks(node), []);
  });

  it('does not wait for a frozen node to take its leave of what is measured', async () => {
    const frozen = scenario([probe('ping', 'web1', 'db1')], [fault('freeze')], 1);
    const { report } = await runExperiment(running, lab, frozen, { times: 1, endBeforeHealing: true });
    assert.equal(report.runs[0]?.outage_s, 0);
  });

  it('captures a node again after it came back, in the one file', async () => {
    const first = await active();
    const node = lab.router_l3_agents[routerId()]?.find((one) => one !== first) ?? '';
    const capturing = await captureRouters(running, lab);
    /** A tcpdump runs there, and an advertisement arrived since. */
    const hears = async (): Promise<void> => {
      const session = await running.session(node);
      const wait = 'until pgrep -x tcpdump >/dev/null; do sleep 0.1; done';
      assert.equal((await session.run('', ['sh', '-c', wait], { timeoutMs: 60_000 })).code, 0, 'it is captured');
      let heard = 0;
      let enough = (): void => undefined;
      const twice = new Promise<void>((resolve) => (enough = resolve));
      const watching = await session.watch(['adverts'], (event) => {
        if (event.type === 'advert' && (heard += 1) === 2) enough();
      });
      await twice;
      await watching.stop();
    };
    await hears();
    await inject(running, lab, { kind: 'restart', node });
    const back = BigInt(Date.now()) * 1000n;
    await hears();
    const { interfaces, packets } = readBlocks(await capturing.stop());
    const places = (lab.router_l3_agents[routerId()] ?? []).map((one) => `${one} edge`);
    assert.deepEqual([...interfaces].sort(), [...places].sort(), 'each place is one interface');
    const own = packets.filter(({ place }) => interfaces[place] === `${node} edge`);
    assert.ok(
      own.some(({ time }) => time < back) && own.some(({ time }) => time > back),
      `${String(own.length)} packets, before and after`,
    );
    await waitUntilReady(running, lab);
  });

  it('waits before another run for what its healing left behind: a neighbour may be silent for most of a minute', async () => {
    const web1 = instanceNamespace('web1');
    const filter = async (action: '-I' | '-D'): Promise<void> => {
      await inNamespace(running, 'compute1', web1, ['iptables', action, 'INPUT', '-p', 'icmp', '-j', 'DROP']);
    };
    let silence = Promise.resolve();
    const { report } = await runExperiment(
      running,
      lab,
      scenario([probe('ping', 'web1', 'db1')], [fault('conntrack')], 1),
      {
        times: 2,
        endBeforeHealing: true,
        onRun: ({ run }) => {
          // Longer than anybody waits who has broken nothing before.
          if (run === 1)
            silence = filter('-I')
              .then(() => delay(17_000))
              .then(() => filter('-D'));
        },
      },
    );
    await silence;
    assert.equal(report.runs.length, 2);
  });

  it('forgets connections when told so', async () => {
    const node = await active();
    const namespace = qrouterNamespace(routerId());
    await inNamespace(running, 'compute1', instanceNamespace('web1'), ['ping', '-c', '1', '-W', '2', '203.0.113.1']);
    const tracked = async (): Promise<string> =>
      (await inNamespace(running, node, namespace, ['conntrack', '-L', '-p', 'icmp'])).stdout;
    assert.match(await tracked(), /203\.0\.113\.1/);
    await inject(running, lab, { kind: 'conntrack', node, router: routerId() });
    assert.doesNotMatch(await tracked(), /203\.0\.113\.1/);
    assert.deepEqual(await marks(node), [], 'nothing of it lasts');
  });
});
