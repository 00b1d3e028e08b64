import assert from 'node:assert/strict';
import type { TimelineEvent } from '../../../src/experiment/timeline/event.js';
import type { TimelineHeader } from '../../../src/experiment/timeline/timeline.js';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import { drawPicture } from '../../../src/picture/draw.js';
import type { BoxShape, Picture } from '../../../src/picture/picture.js';
import { pictureAt } from '../../../webview/picture-at.js';
import { bundledLab } from '../../support/running.js';

describe('The picture of a past moment', () => {
  let picture: Picture;
  let header: TimelineHeader;

  before(async () => {
    const { lab } = readLabFile(await bundledLab('ha-router'));
    assert.ok(lab);
    const drawn = drawPicture(lab, null, false);
    // As it is when all of it runs.
    const nodes = drawn.nodes.map((node) => ({
      ...node,
      state: 'running' as const,
      boxes: node.boxes.map((box): BoxShape => ({ ...box, state: 'active' })),
      bridges: node.bridges.map((bridge) => ({ ...bridge, there: true, up: true })),
    }));
    picture = { ...drawn, state: 'running', nodes };
    const names = lab.nodes.map(({ name }) => name);
    header = { timeline: 1, lab: '', title: '', nodes: names, routers: [], probes: [], clock: { wall: 0, t: 0 } };
  });

  const dhcp = (seconds: number, changes: readonly TimelineEvent[]): BoxShape => {
    const { nodes } = pictureAt(picture, header, changes, seconds);
    return nodes.find(({ name }) => name === 'network1')!.boxes.find(({ kind }) => kind === 'qdhcp')!;
  };
  const dnsmasq = (t: number, action: 'start' | 'exit'): TimelineEvent => {
    const { name } = dhcp(0, []);
    return { kind: 'process', t, node: 'network1', source: 'process', name: 'dnsmasq', of: name, pid: 1, action };
  };
  const engine = (t: number, state: 'running' | 'exited'): TimelineEvent => {
    return { kind: 'node', t, node: 'network1', source: 'engine', state };
  };

  it('has the DHCP servers of then: before one ended, while it was gone, and after it was back', () => {
    const changes = [dnsmasq(10_000, 'exit'), dnsmasq(20_000, 'start')];
    assert.deepEqual(
      [5, 15, 25].map((at) => dhcp(at, changes).state),
      ['active', 'broken', 'active'],
    );
  });

  it('knows that what starts with its node had run before the node went', () => {
    const changes = [engine(10_000, 'exited'), engine(20_000, 'running'), dnsmasq(23_000, 'start')];
    assert.deepEqual(
      [5, 15, 22, 25].map((at) => dhcp(at, changes).state),
      ['active', 'absent', 'broken', 'active'],
    );
  });

  it('has the bridges of then, and nothing of a node that was down', () => {
    const bridge = (at: number, changes: readonly TimelineEvent[]) => {
      const { nodes } = pictureAt(picture, header, changes, at);
      const [first] = nodes.find(({ name }) => name === 'network1')!.bridges;
      return `${first!.there ? 'there' : 'gone'} ${first!.up ? 'up' : 'down'}`;
    };
    const link = (t: number, action: 'up' | 'down' | 'add' | 'del'): TimelineEvent => {
      const device = picture.nodes.find(({ name }) => name === 'network1')!.bridges[0]!.name;
      return { kind: 'link', t, node: 'network1', source: 'kernel', namespace: '', device, action };
    };
    const changes = [link(10_000, 'down'), link(20_000, 'up'), engine(30_000, 'exited')];
    assert.deepEqual(
      [5, 15, 25].map((at) => bridge(at, changes)),
      ['there up', 'there down', 'there up'],
    );
    assert.match(bridge(35, changes), /^gone/);
  });

  it('says of a legacy router since when nobody could ask for it, and that a frozen kernel forwards on', async () => {
    const { lab } = readLabFile(await bundledLab('legacy-router'));
    assert.ok(lab);
    const drawn = drawPicture(lab, null, false);
    const there = { ...drawn, routers: drawn.routers.map((router) => ({ ...router, active: ['network1'] })) };
    const freeze: TimelineEvent = { ...engine(10_000, 'running'), kind: 'node', state: 'paused' };
    const sayAt = (at: number, changes: readonly TimelineEvent[]): readonly unknown[] => {
      const { routers, nodes } = pictureAt(there, header, changes, at);
      const boxes = nodes.flatMap((node) => node.boxes.map((box) => ({ ...box, state: 'active' as const })));
      const lines = boxes.filter(({ kind }) => kind === 'qrouter').flatMap((box) => box.lines);
      return [routers[0]?.active, routers[0]?.unseen.map(({ remark }) => remark), lines.length];
    };
    const changes = [freeze, engine(20_000, 'exited')];
    assert.deepEqual(sayAt(5, changes), [['network1'], [], 0]);
    assert.deepEqual(sayAt(15, changes).slice(0, 2), [[], ['the node is frozen; the kernel forwards on']]);
    assert.deepEqual(sayAt(25, changes).slice(0, 2), [[], ['the node is down']]);
  });

  it('shows instances of a node that was down as gone', () => {
    const [instance] = picture.instances;
    const ready = { ...picture, instances: picture.instances.map((one) => ({ ...one, state: 'ready' as const })) };
    const changes: TimelineEvent[] = [{ ...engine(10_000, 'exited'), node: instance!.node }];
    const stateThen = (at: number): string => pictureAt(ready, header, changes, at).instances[0]!.state;
    assert.deepEqual([stateThen(5), stateThen(15)], ['ready', 'gone']);
  });
});
