import assert from 'node:assert/strict';
import { TestNodes, type TestNode } from './engine.js';
import { Session, run } from './session.js';
import { namespace, network, plug } from './wiring.js';

describe('two nodes and a network between them', function () {
  this.timeout(180_000);
  let nodes: TestNodes;
  let pair: readonly [TestNode, TestNode];
  let left: Session;
  let right: Session;

  before(async () => {
    nodes = await TestNodes.create();
    pair = [await nodes.start('compute1'), await nodes.start('compute2')];
    [left, right] = [await Session.open(pair[0].id), await Session.open(pair[1].id)];
    const side = async (session: Session, from: TestNode, to: TestNode, last: number): Promise<void> => {
      const applied = await session.apply(
        ...network(100, from.address, to.address),
        ...namespace('qrouter-x'),
        ...plug('qrouter-x', 'eth0', 100, `fa:16:3e:00:00:0${last}`),
        run('qrouter-x', `ip addr add 192.168.1.${last}/24 dev eth0`),
        run('qrouter-x', `ip addr add fd00::${last}/64 dev eth0 nodad`),
      );
      assert.equal(applied.failed, null, JSON.stringify(session.lines.at(-2)));
    };
    await Promise.all([side(left, pair[0], pair[1], 1), side(right, pair[1], pair[0], 2)]);
  });
  after(async () => {
    await nodes.remove(); // sessions end with their nodes
  });

  for (const destination of ['192.168.1.2', 'fd00::2']) {
    it(`pings ${destination} over VXLAN and counts every answer`, async () => {
      const done = await left.ask('done', 'ping', 'qrouter-x', '', destination, '20', '25');
      assert.deepEqual([done.sent, done.received], [25, 25]);
      const replies = left.lines.filter((line) => line.id === done.id && line.type === 'reply');
      assert.deepEqual(
        replies.map((line) => line.seq),
        [...Array(25).keys()],
      );
      const trip = Number(replies[10]!.t) - Number(replies[10]!.sent);
      assert.ok(trip > 0 && trip < 0.5, `round trip ${trip} s`);
    });
  }

  it('tells which probes were lost, and why where the kernel says so', async () => {
    const silent = await left.ask('lost', 'ping', 'qrouter-x', '192.168.1.1', '192.168.1.77', '50', '2');
    assert.equal(silent.seq, 0);
    const nowhere = await left.ask('lost', 'ping', 'qrouter-x', '', '203.0.113.9', '50', '1');
    assert.match(String(nowhere.error), /unreachable/i);
  });

  describe('with a router between two hosts, whose way on is narrower', () => {
    before(async () => {
      const host = (name: string, net: number) => [
        ...namespace(name),
        run('', `ip link add name eth0 mtu 1450 netns ${name} type veth peer name to-${name} mtu 1450 netns router`),
        run('router', `ip addr add 10.0.${net}.1/24 dev to-${name}`),
        run('router', `ip addr add fd00:${net}::1/64 dev to-${name} nodad`),
        run('router', `ip link set to-${name} up`),
        run(name, 'ip link set eth0 up'),
        run(name, `ip addr add 10.0.${net}.2/24 dev eth0`),
        run(name, `ip addr add fd00:${net}::2/64 dev eth0 nodad`),
        run(name, `ip route add default via 10.0.${net}.1`),
        run(name, `ip -6 route add default via fd00:${net}::1`),
      ];
      const applied = await left.apply(
        ...namespace('router'),
        ...host('near', 1),
        ...host('far', 2),
        run('router', 'sysctl -w net.ipv4.ip_forward=1'),
        run('router', 'sysctl -w net.ipv6.conf.all.forwarding=1'),
      );
      assert.equal(applied.failed, null, JSON.stringify(left.lines.at(-2)));
    });
    const narrow = async (mtu: number): Promise<void> => {
      await left.apply(run('router', `ip link set to-far mtu ${mtu}`), run('far', `ip link set eth0 mtu ${mtu}`));
    };
    const ask = async (answer: 'reply' | 'lost', to: string, ...size: readonly string[]) =>
      await left.ask(answer, 'ping', 'near', '', to, '20', '1', ...size);

    for (const [destination, said] of [
      ['10.0.2.2', 'Frag needed and DF set (mtu = 1300)'],
      ['fd00:2::2', 'Packet too big: mtu=1300'],
    ] as const) {
      it(`pings ${destination} with what nobody may fragment: what is too long is lost, with what the router says`, async () => {
        await narrow(1300);
        await ask('reply', destination);
        await ask('reply', destination, '1200');
        assert.equal((await ask('lost', destination, '1380')).error, said);
        assert.equal((await ask('lost', destination, '1800')).error, 'Message too long');
        // Who says nothing of a size lets the kernel do as it likes.
        await ask('reply', destination);
        await narrow(1450);
        await ask('reply', destination, '1380');
      });
    }

    it('refuses a size that no packet has', async () => {
      for (const size of ['0', '19', '65508', 'long'])
        assert.match(
          String((await left.ask('error', 'ping', 'near', '', '10.0.2.2', '20', '1', size)).message),
          /size of a ping is 20 to 65507/,
        );
    });
  });

  it('asks a web server over VXLAN, and tells when each answer came rather than when it was read', async () => {
    await right.apply(
      run('', 'mkdir -p /tmp/www'),
      run('', 'cp /etc/hostname /tmp/www/index.html'),
      run('qrouter-x', 'busybox httpd -p [::]:80 -h /tmp/www'),
    );
    for (const destination of ['192.168.1.2', 'fd00::2']) {
      const done = await left.ask('done', 'probe', 'http', 'qrouter-x', destination, '20', '25', '80');
      assert.deepEqual([done.sent, done.received], [25, 25]);
      const replies = left.lines.filter((line) => line.id === done.id && line.type === 'reply');
      assert.deepEqual(
        replies.map((line) => line.seq),
        [...Array(25).keys()],
      );
      const trips = replies.map((line) => Number(line.t) - Number(line.sent)).sort((a, b) => a - b);
      assert.ok(trips[0]! > 0 && trips[12]! < 0.02, `round trips ${trips.join(', ')} s`);
    }
  });

  it('tells why a web server is not taken for one that answers', async () => {
    const nobody = await left.ask('lost', 'probe', 'http', 'qrouter-x', '192.168.1.2', '50', '1', '81');
    assert.match(String(nobody.error), /refused/i);
    await right.apply(run('', 'rm /tmp/www/index.html'));
    const nothing = await left.ask('lost', 'probe', 'http', 'qrouter-x', '192.168.1.2', '50', '1', '80');
    assert.equal(nothing.error, 'HTTP status 404');
    const silent = await left.ask('done', 'probe', 'http', 'qrouter-x', '192.168.1.77', '200', '3', '80');
    assert.deepEqual([silent.sent, silent.received], [3, 0]);
  });

  it('tells of an address in the very moment, in a namespace that was made after the watch began', async () => {
    const id = left.send('watch', 'addresses links');
    await left.until((line) => line.id === id && line.type === 'watching');
    await left.apply(...namespace('qdhcp-y'), run('qdhcp-y', 'ip addr add 10.5.0.1/16 dev lo'));
    const event = await left.until((line) => line.id === id && line.address === '10.5.0.1/16');
    assert.deepEqual([event.type, event.namespace, event.device, event.action], ['address', 'qdhcp-y', 'lo', 'add']);
    // The kernel's own clock at the change, by another process in the node, against the event's.
    const script = 'cut -d" " -f1 /proc/uptime; ip -n qdhcp-y addr add 10.6.0.1/16 dev lo';
    const before = await left.ask('exit', 'run', '', '5000', '', 'sh', '-c', script);
    const late = await left.until((line) => line.id === id && line.address === '10.6.0.1/16');
    assert.ok(Number(late.t) - Number(before.stdout) < 0.2, 'the event is late');
    // One after the other: the kernel tells nobody of a carrier that was away for less than a moment.
    for (const action of ['down', 'up']) {
      await left.apply(run('', `ip link set tapeth0 ${action}`));
      await left.until((line) => line.namespace === 'qrouter-x' && line.device === 'eth0' && line.action === action);
    }
  });

  it('sees a gratuitous ARP where it leaves and where it arrives', async () => {
    const watches = [left, right].map((session) => ({ session, id: session.send('watch', 'arp') }));
    for (const { session, id } of watches) await session.until((line) => line.id === id && line.type === 'watching');
    await left.run('qrouter-x', 'arping -U -c 1 -I eth0 192.168.1.1');
    const found = (namespace: string, direction: string) => (line: Readonly<Record<string, unknown>>) =>
      line.type === 'arp' &&
      line.namespace === namespace &&
      line.direction === direction &&
      line.sender_ip === '192.168.1.1';
    await left.until(found('qrouter-x', 'out'));
    const arrived = await right.until(found('qrouter-x', 'in'));
    assert.equal(arrived.sender_mac, 'fa:16:3e:00:00:01');
    assert.equal((await right.until(found('', 'in'))).device, 'brq100');
  });
});
