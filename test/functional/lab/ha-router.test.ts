import assert from 'node:assert/strict';
import { inject, mend } from '../../../src/lab/break/break-and-mend.js';
import { waitUntilReady } from '../../../src/lab/bring-up/ready.js';
import type { RunningLab } from '../../../src/lab/running-lab.js';
import { readNodes, statusOf } from '../../../src/lab/status.js';
import { instanceNamespace, qrouterNamespace } from '../../../src/model/names.js';
import type { Lab } from '../../../src/model/resources.js';
import { startPings } from '../../support/pings.js';
import { TestBed, bundledLab, inNamespace, reaches, readTestLab } from '../../support/running.js';

describe('the lab ha-router on the engine', () => {
  let bed: TestBed;
  let text: string;
  let lab: Lab;
  let running: RunningLab;

  before(async () => {
    bed = await TestBed.make();
    text = await bundledLab('ha-router');
    lab = readTestLab(text, 'ha');
    running = await bed.upAndReady(lab);
  });

  after(async () => {
    await bed.end();
  });

  const floatingIp = (): string => lab.floatingips[0]?.floating_ip_address ?? '';
  const addressOf = (instance: string): string => {
    const port = lab.ports.find((one) => one.id === lab.instances.find(({ name }) => name === instance)?.ports[0]);
    return port?.fixed_ips[0]?.ip_address ?? '';
  };

  it('has exactly one MASTER, which wears the gateway addresses', async () => {
    const [router] = statusOf(lab, await readNodes(running)).routers;
    assert.deepEqual(router?.replicas.map(({ role }) => role).sort(), ['BACKUP', 'BACKUP', 'MASTER']);
    const addresses = router.addresses[router.active_on[0] ?? ''] ?? [];
    for (const address of ['192.168.10.1/24', '192.168.20.1/24', `${floatingIp()}/32`])
      assert.ok(addresses.includes(address));
  });

  it('carries packets between its networks, to the outside, and from the outside to a floating IP', async () => {
    const web1 = instanceNamespace('web1');
    assert.ok(await reaches(running, 'compute1', web1, addressOf('db1')), 'web1 reaches db1');
    assert.ok(await reaches(running, 'compute1', web1, '203.0.113.1'), 'web1 reaches the upstream');
    assert.ok(await reaches(running, 'compute1', web1, '198.51.100.7'), 'web1 reaches an address of the internet');
    assert.ok(await reaches(running, 'outside', '', floatingIp()), 'the outside reaches web1 by its floating IP');
  });

  it('gives instances their address, MTU, routes and name servers by DHCP', async () => {
    const web1 = instanceNamespace('web1');
    const link = await inNamespace(running, 'compute1', web1, ['ip', 'addr', 'show', 'dev', 'eth0']);
    assert.match(link.stdout, new RegExp(`inet ${addressOf('web1')}/24`));
    assert.match(link.stdout, /mtu 1450/);
    const routes = await inNamespace(running, 'compute1', web1, ['ip', 'route']);
    assert.match(routes.stdout, /default via 192\.168\.10\.1/);
    assert.match(routes.stdout, /169\.254\.169\.254 via 192\.168\.10\.1/);
    const resolver = await inNamespace(running, 'compute1', '', ['cat', `/etc/netns/${web1}/resolv.conf`]);
    assert.match(resolver.stdout, /nameserver 203\.0\.113\.1/);
  });

  it('answers HTTP with the name of the instance', async () => {
    const page = await inNamespace(running, 'outside', '', [
      'busybox',
      'wget',
      '-q',
      '-O',
      '-',
      `http://${floatingIp()}/`,
    ]);
    assert.match(page.stdout, /web1/);
  });

  it('needs no step when it is brought up again', async () => {
    assert.deepEqual(await bed.plan(lab), []);
  });

  it('tells later sessions what it is', async () => {
    assert.deepEqual(await running.recorded(), JSON.parse(JSON.stringify(lab)));
  });

  it('gets another subnet while it runs, without losing a packet on the others', async () => {
    const more = text
      .replace('instances:', '  # added while it runs\ninstances:')
      .replace(
        /(\n {2}green:\n {4}subnets:\n.*\n)/,
        '$1  red:\n    subnets:\n      red-v4: { cidr: 192.168.30.0/24 }\n',
      )
      .replace('interfaces: [blue-v4, green-v4]', 'interfaces: [blue-v4, green-v4, red-v4]');
    const bigger = readTestLab(more, 'ha', lab);
    const place = {
      name: 'web1 → db1',
      node: 'compute1',
      namespace: instanceNamespace('web1'),
      destination: addressOf('db1'),
    };
    const pings = await startPings(running, lab, [place]);
    const { running: grown } = await bed.up(bigger, lab);
    await waitUntilReady(grown, bigger);
    const [result] = await pings.stop();
    assert.ok(result && result.answered > 0);
    assert.equal(result.lost, 0);
    assert.ok(await reaches(grown, 'compute1', instanceNamespace('web1'), '192.168.30.1'), 'the new gateway answers');

    const { running: shrunk } = await bed.up(lab, bigger);
    assert.deepEqual(await bed.plan(lab), []);
    const links = await inNamespace(shrunk, 'network1', '', ['ip', '-br', 'link']);
    const network = bigger.networks.find(({ name }) => name === 'red');
    assert.ok(network);
    assert.ok(!links.stdout.includes(`brq${network.id.slice(0, 11)}`), 'the bridge of the removed network is gone');
  });

  it('mends a namespace that somebody deleted, and a node that somebody killed', async () => {
    const router = lab.routers[0];
    assert.ok(router);
    await inNamespace(running, 'network2', '', ['ip', 'netns', 'delete', qrouterNamespace(router.id)]);
    await bed.runtime.kill(running.container('compute2').id);
    assert.ok((await bed.plan(lab)).length > 0);
    const { running: mended } = await bed.up(lab);
    await waitUntilReady(mended, lab);
    assert.deepEqual(await bed.plan(lab), []);
    assert.ok(await reaches(mended, 'compute1', instanceNamespace('web1'), addressOf('db1')));
  });

  it('fails over when the node of the MASTER is killed, and takes it back as BACKUP', async () => {
    await running.refresh();
    const before = await waitUntilReady(running, lab);
    const active = before.routers[0]?.active_on[0] ?? '';
    await inject(running, lab, { kind: 'node', node: active, graceful: false });
    const place = {
      name: 'web1 → db1',
      node: 'compute1',
      namespace: instanceNamespace('web1'),
      destination: addressOf('db1'),
    };
    const pings = await startPings(running, lab, [place], 50);
    await pings.answered;
    await pings.stop();
    const after = statusOf(lab, await readNodes(running)).routers[0];
    assert.notEqual(after?.active_on[0], active);
    await mend(running, lab, active);
    const healed = (await waitUntilReady(running, lab)).routers[0];
    assert.equal(healed?.active_on[0], after?.active_on[0], 'nopreempt: the one that took over stays MASTER');
    assert.equal(healed?.replicas.find(({ node }) => node === active)?.role, 'BACKUP');
  });
});
