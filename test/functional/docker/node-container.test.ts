import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { overlaps } from '../../../src/model/addresses.js';
import type { EngineEvent, Runtime } from '../../../src/docker/runtime.js';
import { Bench, nodeImage, openOrSkip, run } from './test-engine.js';

describe('a node on the real engine', () => {
  let runtime: Runtime;
  let bench: Bench;
  before(async function () {
    runtime = await openOrSkip(this);
    bench = new Bench(runtime, await nodeImage(runtime, this));
  });
  after(async function () {
    if (!(bench as Bench | undefined)) return;
    await bench.remove();
    assert.deepEqual(await runtime.listNodes(bench.lab), []);
    assert.deepEqual(await runtime.listUnderlays(bench.lab), []);
    runtime.close();
  });

  it('is made, started, seen, and removed', async () => {
    const node = await bench.node('network1');
    const [created] = await runtime.listNodes(bench.lab);
    assert.equal(created?.state, 'created');
    assert.equal(created.address, node.address, 'its address is known before it runs');
    await runtime.start(node.id);
    await runtime.start(node.id);
    const [running, ...others] = await runtime.listNodes(bench.lab);
    assert.deepEqual(others, []);
    assert.deepEqual(running, { ...node, state: 'running', created: running?.created });
    const { stdout } = await run(runtime, node.id, ['cat', '/proc/sys/kernel/hostname']);
    assert.equal(stdout, 'network1\n');
    await runtime.remove(node.id);
    await runtime.remove(node.id);
    assert.deepEqual(await runtime.listNodes(bench.lab), []);
  });

  it('lies on an underlay that gives this machine no address', async () => {
    const { subnet } = await bench.underlay();
    assert.ok((await runtime.usedSubnets()).includes(subnet));
    assert.ok(
      (await runtime.listUnderlays()).some((underlay) => underlay.subnet === subnet && underlay.lab === bench.lab),
    );
    const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).flatMap(({ cidr }) => cidr ?? []));
    assert.ok(!own.some((cidr) => overlaps(cidr, subnet)), own.join(' '));
  });

  it('gets no underlay whose subnet another one has, and hears at once of everything else', async () => {
    const { subnet, id } = await bench.underlay();
    const half = subnet.replace(/\.0\/24$/, '.128/25');
    await assert.rejects(runtime.createUnderlay(`${bench.lab}-a`, half, '1'), { code: 'SubnetTaken' });
    await assert.rejects(runtime.createUnderlay(`${bench.lab}-a`, 'nonsense', '1'), { code: 'EngineRefused' });
    await bench.runningNode('plugged');
    await assert.rejects(runtime.removeUnderlay(id), { code: 'EngineRefused', status: 403 });
    assert.deepEqual(await runtime.listUnderlays(`${bench.lab}-a`), []);
  });

  it('may make network namespaces and VXLANs, write sysctls, and reaches the other nodes', async () => {
    const [one, two] = await Promise.all([bench.runningNode('one'), bench.runningNode('two')]);
    const script = `set -e
      ip netns add n
      ip netns exec n sysctl -qw net.ipv4.ip_forward=1
      ip link add vx type vxlan id 7 dstport 4789 local ${one.address ?? ''} nolearning
      ping -c 1 -W 5 ${two.address ?? ''}`;
    // The node's init makes /proc/sys writable in its first moments.
    const { code, stderr } = await run(runtime, one.id, ['sh', '-c', script]);
    assert.equal(code, 0, stderr);
    const capabilities = await run(runtime, one.id, ['grep', 'CapBnd', '/proc/self/status']);
    assert.match(capabilities.stdout, /00000000002034e3/, 'these nine and no more');
    await Promise.all([runtime.remove(one.id), runtime.remove(two.id)]);
  });

  it('that has the name of another lab’s container is made all the same', async () => {
    const { id: underlay, subnet } = await bench.underlay();
    const at = (last: number): string => subnet.replace(/\.0\/24$/, `.${last}`);
    const image = (await bench.node('a-b')).image;
    const twin = { lab: `${bench.lab}-a`, node: 'b', version: '1', image, underlay, address: at(200) };
    const { id } = await runtime.createNode(twin);
    assert.equal((await runtime.listNodes(twin.lab))[0]?.node, 'b');
    await assert.rejects(runtime.createNode(twin), { code: 'EngineRefused', status: 409 });
    await runtime.remove(id);
  });

  it('tells what happens to it, until nobody listens', async () => {
    const abort = new AbortController();
    const events = runtime.events(abort.signal);
    const node = await bench.runningNode('told');
    await runtime.pause(node.id);
    await runtime.unpause(node.id);
    await runtime.kill(node.id);
    await runtime.kill(node.id);
    await runtime.remove(node.id);
    const seen: EngineEvent[] = [];
    for await (const event of events) {
      if (event.id !== node.id) continue;
      seen.push(event);
      if (event.type === 'destroy') abort.abort();
    }
    // A busy engine 20.10 hears of a pause from containerd after it ended it, and tells both once more.
    assert.deepEqual(
      [...new Set(seen.map(({ type }) => type).filter((type) => type !== 'kill'))],
      ['create', 'start', 'pause', 'unpause', 'die', 'destroy'],
    );
    assert.deepEqual(new Set(seen.map(({ lab, node: name }) => `${lab} ${name}`)), new Set([`${bench.lab} told`]));
  });

  it('gets SIGTERM and leaves in time', async () => {
    const node = await bench.runningNode('graceful');
    const before = Date.now();
    await runtime.stop(node.id, 20);
    assert.ok(Date.now() - before < 15_000, 'its init takes SIGTERM');
    assert.equal((await runtime.listNodes(bench.lab)).find(({ id }) => id === node.id)?.state, 'exited');
    // What it wrote is there to be read.
    assert.match((await runtime.readFile(node.id, '/etc/passwd')) ?? '', /^neutron:/m);
    assert.equal(await runtime.readFile(node.id, '/etc/nothing'), null);
    await runtime.start(node.id);
    await runtime.remove(node.id);
  });
});
