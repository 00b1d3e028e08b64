import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { Interrupted } from '../../../src/lab/lab-errors.js';
import { RunningLab } from '../../../src/lab/running-lab.js';
import { watchLab } from '../../../src/lab/watch.js';
import { instanceNamespace } from '../../../src/model/names.js';
import { TestBed, inNamespace, reaches, readTestLab } from '../../support/running.js';

const LAB = `
lab: twin
nodes:
  network1: { agents: [l3, dhcp] }
  compute1: {}
networks:
  blue:
    subnets:
      blue-v4: { cidr: 192.168.10.0/24 }
  green:
    subnets:
      green-v4: { cidr: 192.168.20.0/24 }
routers:
  edge:
    interfaces: [blue-v4, green-v4]
instances:
  web1: { node: compute1, networks: [blue] }
  db1: { node: compute1, networks: [green] }
`;

/** Addresses and routes of this machine, which no lab may change. */
async function hostNetwork(): Promise<string> {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family }) => family === 'IPv4')
    .map(({ address }) => address);
  const routes = await readFile('/proc/net/route', 'utf8').catch(() => '');
  return [
    ...addresses.sort(),
    ...routes
      .split('\n')
      .map((line) => line.split('\t').slice(0, 3).join(' '))
      .sort(),
  ].join('\n');
}

describe('two labs on one engine', () => {
  let bed: TestBed;

  before(async () => {
    bed = await TestBed.make();
  });

  after(async () => {
    await bed.end();
  });

  it('have the same addresses inside and do not see each other; down leaves nothing of either', async () => {
    const before = await hostNetwork();
    const one = readTestLab(LAB, 'twin-1');
    const other = readTestLab(LAB, 'twin-2');
    const [runningOne, runningOther] = await Promise.all([bed.upAndReady(one), bed.upAndReady(other)]);
    const web1 = instanceNamespace('web1');
    for (const running of [runningOne, runningOther])
      assert.ok(await reaches(running, 'compute1', web1, '192.168.20.1'));

    // The other's web1 has another address; nothing on this side answers there.
    const address = other.ports.find(({ device_owner }) => device_owner === 'compute:nova')?.fixed_ips[0]?.ip_address;
    assert.ok(address);
    const { stdout } = await inNamespace(runningOne, 'compute1', web1, ['ip', '-4', 'addr', 'show', 'dev', 'eth0']);
    if (!stdout.includes(address)) assert.equal(await reaches(runningOne, 'compute1', web1, address), false);
    const underlay = await reaches(runningOne, 'network1', '', runningOther.container('network1').address ?? '');
    assert.equal(underlay, false, 'their underlays are apart');
    assert.equal(await hostNetwork(), before, 'the host has no address and no route more');

    await bed.down(one.name);
    assert.ok(await reaches(runningOther, 'compute1', web1, '192.168.20.1'), 'the other goes on');
    await bed.down(other.name);
    assert.deepEqual(await bed.runtime.listNodes(one.name), []);
    assert.deepEqual(await bed.runtime.listUnderlays(other.name), []);
    assert.equal(await hostNetwork(), before);
  });

  it('an interrupted up leaves a lab that the next up finishes', async () => {
    const lab = readTestLab(LAB, 'cut');
    const stop = new AbortController();
    const interrupted = bed.up(lab, undefined, stop.signal);
    setImmediate(() => {
      stop.abort();
    });
    await assert.rejects(interrupted, Interrupted);
    const running = await bed.upAndReady(lab);
    assert.ok(await reaches(running, 'compute1', instanceNamespace('web1'), '192.168.20.1'));

    // A node that dies before it is watched is told as dead, and the others are watched.
    const late = await RunningLab.attach(bed.runtime, lab.name);
    await bed.runtime.kill(late.container('network1').id);
    const watching = await watchLab(late, lab, () => undefined);
    assert.equal(watching.first.get('network1')?.state, 'exited');
    assert.equal(watching.first.get('compute1')?.state, 'running');
    await watching.stop();
    late.close();
    await bed.down(lab.name);
    assert.deepEqual(await bed.runtime.listNodes(lab.name), []);
  });
});
