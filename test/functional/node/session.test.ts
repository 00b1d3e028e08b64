import assert from 'node:assert/strict';
import { z } from 'zod';
import { TestNodes, docker, type TestNode } from './engine.js';
import { Session, request, run, write, type TestStep } from './session.js';

const Observed = z.looseObject({
  namespaces: z.record(
    z.string(),
    z.looseObject({
      addr: z.array(z.looseObject({ ifname: z.string() })),
      route4: z.array(z.unknown()),
      route6: z.array(z.unknown()),
      sysctls: z.record(z.string(), z.string()),
      iptables: z.string().optional(),
      ip6tables: z.string().optional(),
      hostname: z.string().optional(),
    }),
  ),
  files: z.array(
    z.looseObject({ path: z.string(), mode: z.number(), content: z.string().optional(), size: z.number() }),
  ),
  processes: z.array(
    z.looseObject({ argv: z.array(z.string()), namespace: z.string().nullable(), pidFile: z.string() }),
  ),
  faults: z.array(z.object({ name: z.string(), content: z.string() })),
});

describe('a session with a node', function () {
  this.timeout(180_000);
  let nodes: TestNodes;
  let node: TestNode;
  let session: Session;
  const observe = async (): Promise<z.infer<typeof Observed>> =>
    Observed.parse(await session.ask('observed', 'observe'));

  before(async () => {
    nodes = await TestNodes.create();
    node = await nodes.start('network1');
    session = await Session.open(node.id);
  });
  after(async () => {
    await nodes.remove(); // sessions end with their nodes
  });

  it('observes what steps have made', async () => {
    const rules = '*filter\n:neutron-filter - [0:0]\n-A FORWARD -j neutron-filter\nCOMMIT\n';
    const applied = await session.apply(
      run('', 'ip netns add qrouter-1'),
      run('qrouter-1', 'ip link set lo up'),
      run('qrouter-1', 'sysctl -w net.ipv4.conf.all.arp_ignore=1'),
      run('qrouter-1', 'ip addr add 10.1.2.3/24 dev lo'),
      run('qrouter-1', 'ip -6 route add unreachable fd00:7::/64'),
      run('qrouter-1', 'iptables-restore', rules),
      write('/var/lib/neutron/ra/1.conf', 'interface "x"\n', '444'),
    );
    assert.deepEqual({ ran: applied.ran, failed: applied.failed }, { ran: 7, failed: null });
    const { namespaces, files } = await observe();
    const router = namespaces['qrouter-1']!;
    assert.match(JSON.stringify(router.addr), /"local":"10\.1\.2\.3","prefixlen":24/);
    assert.match(JSON.stringify(router.route6), /fd00:7::\/64/);
    assert.equal(router.sysctls['net.ipv4.conf.all.arp_ignore'], '1');
    assert.match(router.iptables ?? '', /-A FORWARD -j neutron-filter/);
    assert.equal(router.ip6tables, undefined);
    assert.ok(namespaces['']!.addr.some((link) => link.ifname === 'eth0'));
    const file = files.find((one) => one.path === '/var/lib/neutron/ra/1.conf')!;
    assert.deepEqual([file.mode, file.content, file.size], [0o444, 'interface "x"\n', 14]);
  });

  it('stops at the step that fails and says which and why', async () => {
    const applied = await session.apply(
      run('qrouter-1', 'ip addr add 10.1.2.4/24 dev lo'),
      run('qrouter-1', 'ip link set nothing up'),
      run('qrouter-1', 'ip addr add 10.1.2.5/24 dev lo'),
    );
    assert.deepEqual({ ran: applied.ran, failed: applied.failed }, { ran: 1, failed: 1 });
    const failed = session.lines.findLast((line) => line.type === 'step' && line.step === 1)!;
    assert.equal(failed.code, 1);
    assert.match(String(failed.stderr), /Cannot find device "nothing"/);
    const { stdout } = await session.run('qrouter-1', 'ip -br addr show lo');
    assert.match(stdout, /10\.1\.2\.4/);
    assert.doesNotMatch(stdout, /10\.1\.2\.5/);
  });

  it('says which step failed among those that share a process', async () => {
    const entry = (mac: string, device: string): TestStep =>
      run('', `bridge fdb append ${mac} dev ${device} dst 10.9.8.7`);
    const applied = await session.apply(
      run('', 'ip link add vxlan-7 type vxlan id 7 local 10.9.8.6 dstport 8472'),
      entry('00:00:00:00:00:01', 'vxlan-7'),
      entry('00:00:00:00:00:02', 'vxlan-8'),
      entry('00:00:00:00:00:03', 'vxlan-7'),
    );
    assert.deepEqual({ ran: applied.ran, failed: applied.failed }, { ran: 2, failed: 2 });
    const failed = session.lines.findLast((line) => line.type === 'step' && line.step === 2)!;
    assert.match(String(failed.stderr), /vxlan-8/);
    const { stdout } = await session.run('', 'bridge fdb show dev vxlan-7');
    assert.match(stdout, /00:00:00:00:00:01 dst 10\.9\.8\.7/);
    assert.doesNotMatch(stdout, /00:00:00:00:00:03/);
  });

  it('gives no word of a request to a shell', async () => {
    const word = '$(touch /tmp/pwned);`touch /tmp/pwned` "quoted\' # \\';
    const echo: TestStep = {
      type: 'write',
      fields: [`/etc/netns/${word}/resolv.conf`, word, '644'].toSpliced(1, 2, '644', word),
    };
    await session.apply(echo, { type: 'run', fields: ['', 'ip', 'link', 'set', 'lo', 'alias', word] });
    const { namespaces, files } = await observe();
    assert.ok(files.some((file) => file.content === word));
    assert.equal(namespaces['']!.addr.find((link) => link.ifname === 'lo')!.ifalias, word);
    assert.equal((await session.run('', 'test -e /tmp/pwned')).code, 1);
    await session.apply({ type: 'remove', fields: [`/etc/netns/${word}`] });
    assert.ok(!(await observe()).files.some((file) => file.content === word));
  });

  it('starts a process that keeps running, finds it by its pid file, and ends it', async () => {
    const pidFile = '/run/neutron-lab/web1.httpd.pid';
    const argv = ['busybox', 'httpd', '-f', '-p', '8080', '-h', '/tmp'];
    await session.apply({ type: 'spawn', namespace: 'qrouter-1', fields: [pidFile, '0', '', ...argv] });
    const there = (await observe()).processes.find((one) => one.pidFile === pidFile)!;
    assert.deepEqual(there.argv, argv);
    assert.equal(there.namespace, 'qrouter-1');
    await session.apply({ type: 'signal', namespace: 'qrouter-1', fields: ['TERM', pidFile, 'busybox'] });
    assert.ok(!(await observe()).processes.some((one) => one.pidFile === pidFile));
  });

  it('tells that a process cannot be started', async () => {
    const applied = await session.apply({
      type: 'spawn',
      fields: ['/run/neutron-lab/no.pid', '0', '', '/no/such/program'],
    });
    assert.equal(applied.failed, 0);
    const step = session.lines.findLast((line) => line.type === 'step')!;
    assert.match(String(step.stderr), /\/no\/such\/program: No such file/);
  });

  it('reaps what is left to it', async () => {
    for (let i = 0; i < 20; i++) await session.run('', 'setsid -f true');
    const until = Date.now() + 3000;
    let states: string;
    do states = (await session.run('', 'ps axo stat')).stdout;
    while (/^Z/m.test(states) && Date.now() < until);
    assert.doesNotMatch(states, /^Z/m);
  });

  it('ends a command that is over its time, with all it started', async () => {
    const line = await session.ask('exit', 'run', '', '200', '', 'sh', '-c', 'sleep 77 & sleep 77');
    assert.equal(line.code, 124);
    assert.doesNotMatch((await session.run('', 'ps axo args')).stdout, /sleep 77/);
  });

  it('answers requests beside one another and goes on after one that makes no sense', async () => {
    const slow = session.ask('exit', 'run', '', '5000', '', 'sleep', '0.5');
    assert.equal((await session.ask('exit', 'teleport', 'x')).type, 'error');
    assert.equal((await session.ask('applied', 'apply', 'run', 'too', 'short')).type, 'error');
    assert.equal((await session.ask('done', 'cancel', '4711')).type, 'error');
    assert.equal((await session.run('', 'echo quick')).stdout, 'quick\n');
    assert.equal((await slow).code, 0);
  });

  it('takes a request in pieces', async () => {
    const bytes = request(['run', '9001', '', '5000', 'héllo\n', 'cat']);
    for (const byte of bytes) session.raw(Buffer.from([byte]));
    const line = await session.until((one) => one.id === 9001);
    assert.equal(line.stdout, 'héllo\n');
  });

  it('writes down each step with its reason', async () => {
    const log = (await docker('exec', node.id, 'tail', '-n', '1', '/var/log/neutron-lab/commands.jsonl')).trim();
    const line = z
      .looseObject({ why: z.string(), resource: z.object({ kind: z.string(), id: z.string(), name: z.string() }) })
      .parse(JSON.parse(log));
    assert.equal(line.why, 'because a test wants it');
    assert.deepEqual(line.resource, { kind: 'router', id: '89b87758', name: 'edge one' });
  });

  it('lets go of a namespace that it watches when that is deleted', async () => {
    const id = session.send('watch', 'addresses links adverts arp processes');
    await session.until((line) => line.id === id && line.type === 'watching');
    await session.apply(
      run('', 'ip netns add qrouter-2'),
      run('', 'ip link add tap2 type veth peer name qr-2 netns qrouter-2'),
    );
    await session.until((line) => line.id === id && line.namespace === 'qrouter-2' && line.device === 'qr-2');
    await session.apply(run('', 'ip netns del qrouter-2'));
    await session.until((line) => line.id === id && line.device === 'tap2' && line.action === 'del');
    session.send('cancel', String(id));
    await session.until((line) => line.id === id && line.type === 'done');
  });

  it('ends when its input ends, leaving nothing', async () => {
    const other = await Session.open(node.id);
    other.send('watch', 'addresses');
    await other.ask('reply', 'ping', '', '', '127.0.0.1', '20', '0');
    assert.equal(await other.close(), 0);
    assert.equal((await session.run('', 'pgrep -c -f neutron-lab/node')).stdout, '1\n');
  });
});
