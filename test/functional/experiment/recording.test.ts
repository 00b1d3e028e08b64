import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabRecording } from '../../../src/editor/topology/lab-recording.js';
import { RecordingFile } from '../../../src/editor/topology/recording-file.js';
import { watchLive } from '../../../src/editor/topology/watch-live.js';
import { masterSpans } from '../../../src/experiment/timeline/mastership.js';
import { type Timeline, ofKind } from '../../../src/experiment/timeline/timeline.js';
import { LiveLab } from '../../../src/lab/live-lab.js';
import { watchLab } from '../../../src/lab/watch.js';
import type { Lab } from '../../../src/model/resources.js';
import type { TimelinePart } from '../../../src/picture/messages.js';
import { until } from '../../editor/support/until.js';
import { TestBed, readTestLab } from '../../support/running.js';

const LAB = `lab: recording
nodes:
  network1: { agents: [l3, dhcp] }
  network2: { agents: [l3] }
networks:
  blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24 } } }
  green: { subnets: { green-v4: { cidr: 192.168.20.0/24, enable_dhcp: false } } }
routers:
  edge: { ha: true, interfaces: [blue-v4] }
config: { ha_vrrp_advert_int: 1 }
`;
const MORE = LAB.replace('config:', '  second: { ha: true, interfaces: [green-v4] }\nconfig:');

describe('The recording behind a picture', function () {
  this.timeout(120_000);
  let bed: TestBed;
  let lab: Lab;
  let live: LiveLab;
  let folder: string;
  let recording: LabRecording;
  let part: TimelinePart | null;

  const record = (): LabRecording => {
    part = null;
    const tell = (told: TimelinePart): void => {
      part = told;
    };
    return new LabRecording({ watch: watchLive }, tell, new RecordingFile(folder, 'a lab'));
  };
  const lastPart = (): TimelinePart | null => part;
  const timeline = (): Timeline => {
    assert.ok(recording.timeline, 'nothing is recorded');
    return recording.timeline;
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neutron-lab-recording-'));
    bed = await TestBed.make();
    lab = readTestLab(LAB, 'recording');
    await bed.upAndReady(lab);
    recording = record();
    live = await LiveLab.open(bed.runtime, lab.name, { onChange: () => void recording.follow(live) });
    await recording.follow(live);
  });
  after(async () => {
    await recording.end();
    live.close();
    await bed.end();
    await rm(folder, { recursive: true, force: true });
  });

  const answers = (): number =>
    ofKind(timeline().events, 'probe').filter(({ outcome }) => outcome === 'answered').length;

  it('goes on when another process takes it up: the past is there, the time between is not known, and the probe runs on', async () => {
    await recording.probe((probes) => probes.startThroughRouters());
    await until('the probe is answered', () => Promise.resolve(answers() > 10));
    // As much as is on the disk: what a process that is killed leaves.
    await until('it is kept', async () => {
      const file = new RecordingFile(folder, 'a lab');
      const { boot } = await watchLiveOnce(live);
      const kept = await file.read(
        boot,
        live.running.containers.map(({ id }) => id),
      );
      return (kept?.recorder.kept.packets[0]?.sent.length ?? 0) > 10 && kept?.state.probing.length === 1;
    });
    const [first] = timeline().events;
    // Without a word to the file: what it finds is what a process that was killed leaves.
    await recording.follow(null);
    assert.equal(lastPart()?.now, null, 'no clock goes on');
    recording = record();
    await recording.follow(live);
    const again = timeline();
    assert.deepEqual(again.events[0], first);
    assert.ok(
      ofKind(again.events, 'role').some(({ role, remark }) => role === 'UNKNOWN' && remark === 'nobody watched'),
    );
    const edge = again.header.routers.find(({ name }) => name === 'edge');
    const spans = masterSpans(again, edge?.id ?? '');
    assert.deepEqual(
      spans.map(({ open }) => open),
      [false, true],
    );
    assert.equal(again.header.probes.length, 1);
    assert.equal(lastPart()?.probing.length, 1, 'the probe runs again, in its lane');
    const answered = answers();
    await until('it is answered again', () => Promise.resolve(answers() > answered + 10));
  });

  it('has the router that was added to the lab meanwhile, and what was recorded before', async () => {
    const [first] = timeline().events;
    await bed.up(readTestLab(MORE, 'recording', lab));
    await until('its MASTER is told', () => {
      const now = timeline();
      const second = now.header.routers.find(({ name }) => name === 'second');
      return Promise.resolve(
        ofKind(now.events, 'role').some((one) => one.router === second?.id && one.role === 'MASTER'),
      );
    });
    assert.deepEqual(timeline().events[0], first);
    const t = timeline();
    const edge = t.header.routers.find(({ name }) => name === 'edge');
    assert.equal(masterSpans(t, edge?.id ?? '').filter(({ open }) => open).length, 1, 'edge went on');
  });

  it('hears a node that started after the nodes were listed and before anybody listened', async () => {
    const { running } = await bed.up(readTestLab(MORE, 'recording', lab));
    const [node] = running.containers;
    assert.ok(node);
    await bed.runtime.kill(node.id);
    await running.refresh();
    await bed.runtime.start(node.id);
    const watching = await watchLab(running, lab, () => undefined);
    assert.equal(watching.first.get(node.node)?.state, 'running');
    await watching.stop();
  });

  it('leaves nothing when nobody looks at it any more', async () => {
    await recording.end();
    assert.deepEqual(await readdir(folder), []);
    assert.equal(recording.timeline, null);
  });
});

async function watchLiveOnce(live: LiveLab): Promise<{ boot: string }> {
  const watch = await watchLive(live, () => undefined);
  await watch.stop();
  return watch;
}
