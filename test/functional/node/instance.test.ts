import assert from 'node:assert/strict';
import { TestNodes, docker, type TestNode } from './engine.js';
import { Session, run, write } from './session.js';
import { namespace, network, plug } from './wiring.js';

const INSTANCE = 'instance-web1';
const UTS = `/run/neutron-lab/uts/${INSTANCE}`;
const DHCP = '/var/lib/neutron/dhcp/blue';

describe('an instance and its DHCP server', function () {
  this.timeout(180_000);
  let nodes: TestNodes;
  let node: TestNode;
  let session: Session;

  before(async () => {
    nodes = await TestNodes.create();
    node = await nodes.start('compute1');
    session = await Session.open(node.id);
    const applied = await session.apply(
      ...network(100, node.address, node.address.replace(/\d+$/, '250')),
      ...namespace('qdhcp-blue'),
      ...namespace(INSTANCE),
      ...plug('qdhcp-blue', 'ns-1', 100, 'fa:16:3e:00:00:01'),
      ...plug(INSTANCE, 'eth0', 100, 'fa:16:3e:00:00:02'),
      run('qdhcp-blue', 'ip addr add 192.168.10.2/24 dev ns-1'),
      run('', `unshare --uts=${UTS} hostname web1`),
      {
        type: 'spawn',
        namespace: INSTANCE,
        fields: [
          ...[
            '/run/neutron-lab/instance-web1.udhcpc.pid',
            '0',
            'web1',
            '/usr/bin/busybox',
            'udhcpc',
            '-f',
            '-i',
            'eth0',
          ],
          ...[
            '-s',
            '/usr/libexec/neutron-lab/udhcpc-script',
            '-t',
            '3',
            '-T',
            '1',
            '-A',
            '3',
            '-S',
            '-x',
            'hostname:web1',
          ],
          ...['-O', '121', '-O', '26', '-O', '119'],
        ],
      },
    );
    assert.equal(applied.failed, null, JSON.stringify(session.lines.at(-2)));
  });
  after(async () => {
    await nodes.remove(); // sessions end with their nodes
  });

  it('gets address, MTU, routes and name servers once the server is there', async () => {
    const watch = session.send('watch', 'addresses');
    const applied = await session.apply(
      write(`${DHCP}/host`, 'fa:16:3e:00:00:02,host-192-168-10-112.openstacklocal,192.168.10.112\n'),
      write(
        `${DHCP}/opts`,
        [
          'tag:subnet-1,option:dns-server,203.0.113.1,203.0.113.2',
          'tag:subnet-1,option:classless-static-route,10.77.0.0/16,192.168.10.77,0.0.0.0/0,192.168.10.1',
          'tag:subnet-1,option:router,192.168.10.9',
          '',
        ].join('\n'),
      ),
      {
        type: 'spawn',
        namespace: 'qdhcp-blue',
        fields: [
          ...[
            `${DHCP}/pid`,
            '1',
            '',
            'dnsmasq',
            '--no-hosts',
            '--no-resolv',
            `--pid-file=${DHCP}/pid`,
            `--dhcp-hostsfile=${DHCP}/host`,
          ],
          ...[`--dhcp-optsfile=${DHCP}/opts`, `--dhcp-leasefile=${DHCP}/leases`, '--local-service', '--bind-dynamic'],
          ...[
            '--dhcp-range=set:subnet-1,192.168.10.0,static,255.255.255.0,86400s',
            '--dhcp-option-force=option:mtu,1400',
          ],
          ...['--dhcp-lease-max=256', '--conf-file=/dev/null', '--domain=openstacklocal'],
        ],
      },
    );
    assert.equal(applied.failed, null, JSON.stringify(session.lines.at(-2)));
    await session.until(
      (line) => line.id === watch && line.namespace === INSTANCE && line.address === '192.168.10.112/24',
    );
    const resolver = '/etc/netns/instance-web1/resolv.conf';
    const until = Date.now() + 5000;
    while ((await session.run('', `grep -q nameserver ${resolver}`)).code !== 0 && Date.now() < until);
    const routes = (await session.run(INSTANCE, 'ip route')).stdout;
    assert.match(routes, /^default via 192\.168\.10\.1 dev eth0/m);
    assert.match(routes, /^10\.77\.0\.0\/16 via 192\.168\.10\.77 dev eth0/m);
    assert.doesNotMatch(routes, /192\.168\.10\.9/);
    assert.match((await session.run(INSTANCE, 'ip link show eth0')).stdout, /mtu 1400/);
    assert.equal(
      (await session.run('', `cat ${resolver}`)).stdout,
      'search openstacklocal\nnameserver 203.0.113.1\nnameserver 203.0.113.2\n',
    );
  });

  it('keeps its address while it renews', async () => {
    const from = session.lines.length;
    const watch = session.send('watch', 'addresses');
    await session.until((line) => line.id === watch && line.type === 'watching');
    await session.run('', 'pkill -USR1 udhcpc');
    const script = 'for i in 1 2 3 4 5 6 7 8 9; do sleep 0.1; done; ip -br addr show eth0';
    const line = await session.ask('exit', 'run', INSTANCE, '5000', '', 'sh', '-c', script);
    assert.match(String(line.stdout), /192\.168\.10\.112\/24/);
    assert.ok(!session.lines.slice(from).some((one) => one.type === 'address' && one.action === 'del'));
  });

  it('is a host of its own to who enters it', async () => {
    const shell = ['exec', node.id, '/usr/libexec/neutron-lab/shell'];
    assert.equal(await docker(...shell, INSTANCE, '--', 'hostname'), 'web1');
    assert.match(await docker(...shell, INSTANCE, 'cat', '/etc/resolv.conf'), /nameserver 203\.0\.113\.1/);
    assert.equal(await docker(...shell, 'qdhcp-blue', '--', 'hostname'), 'compute1');
    assert.equal(await docker(...shell, '', 'hostname'), 'compute1');
    await assert.rejects(docker(...shell, 'nowhere', 'true'), /no such namespace: nowhere/);
    const observed = await session.ask('observed', 'observe');
    assert.match(JSON.stringify(observed.namespaces), /"hostname":"web1"/);
  });

  it('goes with all that is its', async () => {
    const applied = await session.apply(
      { type: 'signal', namespace: INSTANCE, fields: ['TERM', '/run/neutron-lab/instance-web1.udhcpc.pid', 'udhcpc'] },
      run('', 'ip link del tapeth0'),
      { type: 'remove', fields: [UTS] },
      { type: 'remove', fields: [`/etc/netns/${INSTANCE}`] },
      run('', `ip netns del ${INSTANCE}`),
    );
    assert.equal(applied.failed, null, JSON.stringify(session.lines.at(-2)));
    assert.doesNotMatch((await session.run('', `ls /run/netns /run/neutron-lab/uts /etc/netns`)).stdout, /web1/);
  });
});
