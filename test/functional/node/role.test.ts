import assert from 'node:assert/strict';
import { TestNodes, docker, type TestNode } from './engine.js';
import { Session, run, write, type Line, type TestStep } from './session.js';
import { namespace, network, plug } from './wiring.js';

const AGENT_PID = '/run/neutron-lab/l3-agent.pid';
const ROUTER = '89b87758-9a15-41e7-8090-1b27cfbcc099';
const NAMESPACE = `qrouter-${ROUTER}`;
const STATE = `/var/lib/neutron/ha_confs/${ROUTER}/state`;
const PID = `/var/lib/neutron/ha_confs/${ROUTER}.pid.keepalived`;
const CONF = `/var/lib/neutron/ha_confs/${ROUTER}/keepalived.conf`;
const RADVD = {
  conf: `/var/lib/neutron/ra/${ROUTER}.radvd.conf`,
  pid: `/var/lib/neutron/external/pids/${ROUTER}.pid.radvd`,
};
const KEEPALIVED = ['keepalived', '-P', '-f', CONF, '-p', PID, '-r', `${PID}-vrrp`];

const keepalivedConf = `global_defs {
    router_id neutron
}
vrrp_instance VR_1 {
    state BACKUP
    interface ha-1
    virtual_router_id 1
    priority 50
    garp_master_delay 60
    nopreempt
    advert_int 1
    virtual_ipaddress {
        169.254.0.1/24 dev ha-1
    }
    virtual_ipaddress_excluded {
        192.168.1.254/24 dev qr-1 no_track
        fd00:a::1/64 dev qr-1 no_track
        fe80::f816:3eff:fe00:10/64 dev qr-1 scope link no_track
    }
}`;
const radvdConf = 'interface qr-1\n{\n   AdvSendAdvert on;\n   prefix fd00:a::/64\n   {\n   };\n};\n';
const agentFile = [
  `namespace ${NAMESPACE}`,
  ...['ha_device ha-1', 'primary_vip 169.254.0.1/24', 'advert_int 1', `state_file ${STATE}`],
  ...['gateway_device qr-1', 'gateway_accept_ra 2', `radvd_conf ${RADVD.conf}`, `radvd_pid ${RADVD.pid}`, ''],
].join('\n');
const childFile = [
  `namespace ${NAMESPACE}`,
  `pidfile ${PID}`,
  'daemonizes 1',
  ...KEEPALIVED.map((word) => `arg ${word}`),
  '',
].join('\n');

function replica(node: TestNode, peer: TestNode, last: number): readonly TestStep[] {
  return [
    ...network(10, node.address, peer.address),
    ...network(20, node.address, peer.address),
    ...namespace(NAMESPACE),
    ...plug(NAMESPACE, 'ha-1', 10, `fa:16:3e:00:00:0${last}`),
    ...plug(NAMESPACE, 'qr-1', 20, 'fa:16:3e:00:00:10'),
    run(NAMESPACE, 'sysctl -w net.ipv6.conf.all.addr_gen_mode=1'),
    run(NAMESPACE, `ip addr add 169.254.192.${last}/18 dev ha-1`),
    write(CONF, keepalivedConf),
    write(RADVD.conf, radvdConf, '444'),
    write(`/var/lib/neutron-lab/l3/${ROUTER}`, agentFile),
    write('/var/lib/neutron-lab/l3/garbage', '\u0000namespace ../../x\nha_device\nfoo'),
    write('/var/lib/neutron-lab/l3/not-there-yet', agentFile.replaceAll(ROUTER, 'later')),
    write('/var/lib/neutron-lab/l3/config', 'check_child_processes_interval 1\n'),
    write('/var/lib/neutron-lab/children/keepalived', childFile),
    { type: 'spawn', fields: [AGENT_PID, '1', '', '/usr/libexec/neutron-lab/node', 'l3-agent', AGENT_PID] },
    { type: 'spawn', namespace: NAMESPACE, fields: [PID, '1', '', ...KEEPALIVED] },
  ];
}

describe('a replica of an HA router on each of two nodes', function () {
  this.timeout(180_000);
  let nodes: TestNodes;
  const sides: { node: TestNode; session: Session; watch: number }[] = [];

  const isVip = (line: Line, action: string): boolean =>
    line.type === 'address' && line.address === '169.254.0.1/24' && line.action === action;
  const read = async (side: { session: Session }, path: string): Promise<string> =>
    (await side.session.run('', `cat ${path}`)).stdout;
  /** Reads until it is so; the node's own events say when it begins, the file follows at once. */
  const becomes = async (
    side: { session: Session },
    namespaceName: string,
    command: string,
    wanted: RegExp,
  ): Promise<void> => {
    const until = Date.now() + 8000;
    let last = '';
    while (Date.now() < until) {
      last = (await side.session.run(namespaceName, command)).stdout;
      if (wanted.test(last)) return;
    }
    assert.match(last, wanted, command);
  };
  let active: (typeof sides)[number];
  let standby: (typeof sides)[number];

  before(async () => {
    nodes = await TestNodes.create();
    const [one, two] = [await nodes.start('network1'), await nodes.start('network2')];
    for (const node of [one, two]) {
      const session = await Session.open(node.id);
      const watch = session.send('watch', 'addresses adverts processes arp');
      await session.until((line) => line.id === watch && line.type === 'watching');
      sides.push({ node, session, watch });
    }
    const applied = await Promise.all(
      sides.map(({ session, node }, i) => session.apply(...replica(node, i === 0 ? two : one, i + 1))),
    );
    for (const [i, line] of applied.entries())
      assert.equal(line.failed, null, JSON.stringify(sides[i]!.session.lines.at(-2)));
  });
  after(async () => {
    await nodes.remove(); // sessions end with their nodes
  });

  it('has one primary, whose state file and processes say so', async () => {
    await Promise.race(sides.map(({ session }) => session.until((line) => isVip(line, 'add'))));
    // Two may be primary for a moment; who hears an advertisement of the other and stays silent is the standby.
    const advert = await Promise.race(
      sides.map(({ session }) =>
        session.until((line) => line.type === 'advert' && line.direction === 'in' && line.priority === 50, 15_000),
      ),
    );
    assert.deepEqual([advert.vrid, advert.version, advert.interval, advert.addresses], [1, 2, 1, ['169.254.0.1']]);
    const until = Date.now() + 10_000;
    let states: string[];
    do states = await Promise.all(sides.map((side) => read(side, STATE)));
    while (states.toSorted().join(' ') !== 'backup primary' && Date.now() < until);
    assert.deepEqual(states.toSorted(), ['backup', 'primary']);
    active = sides[states.indexOf('primary')]!;
    standby = sides[states.indexOf('backup')]!;
    await becomes(
      active,
      NAMESPACE,
      'cat /proc/sys/net/ipv6/conf/qr-1/accept_ra /proc/sys/net/ipv6/conf/qr-1/forwarding /proc/sys/net/ipv6/conf/all/forwarding',
      /^2\n1\n1\n$/,
    );
    await becomes(
      standby,
      NAMESPACE,
      'cat /proc/sys/net/ipv6/conf/qr-1/accept_ra /proc/sys/net/ipv6/conf/qr-1/forwarding',
      /^0\n0\n$/,
    );
    await becomes(active, '', 'pgrep -c radvd', /^[12]\n$/);
    assert.equal((await standby.session.run('', 'pgrep radvd')).code, 1);
    assert.equal((await active.session.run('', `stat -c %a ${STATE}`)).stdout, '666\n');
  });

  it('keeps what keepalived says where a Debian host has it, and begins it anew before it gets large', async () => {
    await becomes(active, '', 'cat /var/log/syslog', /Keepalived_vrrp\[\d+\]: \(VR_1\) Entering MASTER STATE/);
    await active.session.run('', 'truncate -s 2M /var/log/syslog');
    await becomes(active, '', 'stat -c %s /var/log/syslog.1', /^2\d{6}$/m);
  });

  it('respawns what died, and says both', async () => {
    const from = standby.session.lines.length;
    const pid = (await read(standby, PID)).trim();
    await standby.session.run('', `kill -9 ${pid}`);
    const said = (action: string) => (line: Line) =>
      line.type === 'process' && line.pidFile === PID && line.action === action;
    assert.equal((await standby.session.until(said('exit'), 5000, from)).pid, Number(pid));
    assert.notEqual((await standby.session.until(said('start'), 5000, from)).pid, Number(pid));
  });

  it('hands over with a priority of 0 when its node is stopped', async () => {
    const from = standby.session.lines.length;
    await Promise.all([
      docker('stop', '-t', '6', active.node.id),
      standby.session.until((line) => line.type === 'advert' && line.priority === 0, 10_000, from),
    ]);
    const leave = await standby.session.until((line) => line.type === 'advert' && line.priority === 0, 100, from);
    const takeover = await standby.session.until((line) => isVip(line, 'add'), 10_000, from);
    assert.ok(Number(takeover.t) - Number(leave.t) < 1.5, 'the skew time of RFC 3768 and little more');
    await becomes(standby, '', `cat ${STATE}`, /^primary$/);
    // The agent waits for advert_int before it acts upon it.
    await becomes(standby, '', 'pgrep -c radvd', /^[12]\n$/);
    await standby.session.until(
      (line) => line.type === 'arp' && line.sender_ip === '192.168.1.254' && line.direction === 'out',
      5000,
      from,
    );
    assert.equal(await docker('inspect', '-f', '{{.State.ExitCode}}', active.node.id), '0');
  });

  it('starts again after a power cut without the pid files of its earlier life, with its state', async () => {
    await docker('start', active.node.id);
    const session = await Session.open(active.node.id);
    assert.equal((await session.run('', `test -e ${PID}`)).code, 1);
    assert.match((await session.run('', `cat ${STATE}`)).stdout, /^(primary|backup)$/);
    await session.close();
  });
});
