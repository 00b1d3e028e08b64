import assert from 'node:assert/strict';
import { TestNodes } from './engine.js';
import { run, Session, write, type Line } from './session.js';
import { namespace, network, plug } from './wiring.js';

const ROUTER = '9d1f0c56-2222-4222-8222-222222222222';
const NAMESPACE = `qrouter-${ROUTER}`;
const STATE = `/var/lib/neutron/ha_confs/${ROUTER}/state`;
const CONF = `/var/lib/neutron/ra/${ROUTER}.radvd.conf`;
const RADVD_PID = `/var/lib/neutron/external/pids/${ROUTER}.pid.radvd`;
const RADVD = ['radvd', '-C', CONF, '-p', RADVD_PID, '-u', 'neutron', '-m', 'syslog'];
const AGENT_PID = '/run/neutron-lab/l3-agent.pid';
const AGENT_FILE = [
  `namespace ${NAMESPACE}`,
  ...['ha_device ha-1', 'primary_vip 169.254.0.1/24', 'advert_int 2', `state_file ${STATE}`],
  ...['state_primary master', 'primary_waits never', 'announces all'],
  ...[`radvd_conf ${CONF}`, `radvd_pid ${RADVD_PID}`, ...RADVD.map((word) => `arg ${word}`), ''],
].join('\n');

describe('a replica of an HA router with the habits of Pike', function () {
  this.timeout(120_000);
  let nodes: TestNodes;
  let session: Session;

  before(async () => {
    nodes = await TestNodes.create();
    const node = await nodes.start('network1');
    session = await Session.open(node.id);
    const watch = session.send('watch', 'addresses processes arp');
    await session.until((line) => line.id === watch && line.type === 'watching');
    const applied = await session.apply(
      ...network(10, node.address, node.address),
      ...namespace(NAMESPACE),
      ...plug(NAMESPACE, 'ha-1', 10, 'fa:16:3e:00:00:01'),
      ...plug(NAMESPACE, 'qr-1', 10, 'fa:16:3e:00:00:10'),
      write(CONF, 'interface qr-1\n{\n   AdvSendAdvert on;\n};\n', '444'),
      write(`/var/lib/neutron-lab/l3/${ROUTER}`, AGENT_FILE),
      { type: 'spawn', fields: [AGENT_PID, '1', '', '/usr/libexec/neutron-lab/node', 'l3-agent', AGENT_PID] },
    );
    assert.equal(applied.failed, null, JSON.stringify(session.lines.at(-2)));
  });
  after(async () => {
    await nodes.remove();
  });

  it('is called master, acts without a wait, and starts radvd as Pike does', async () => {
    await session.apply(run(NAMESPACE, 'ip addr add 169.254.0.1/24 dev ha-1'));
    const vip = await session.until((line) => line.type === 'address' && line.address === '169.254.0.1/24');
    const radvd = await session.until(
      (line) => line.type === 'process' && line.pidFile === RADVD_PID && line.action === 'start',
    );
    assert.ok(Number(radvd.t) - Number(vip.t) < 1.5, 'sooner than advert_int');
    assert.equal((await session.run('', `cat ${STATE}`)).stdout, 'master');
    const running = (await session.run('', 'pgrep -a radvd')).stdout.split('\n');
    assert.ok(running.includes(`${String(radvd.pid)} ${RADVD.join(' ')}`), running.join('\n'));
  });

  it('announces a new address in three rounds of requests and replies', async () => {
    const from = session.lines.length;
    const seen: Line[] = [];
    const done = session.until(
      (line) => {
        const isOurs = line.type === 'arp' && line.sender_ip === '192.168.1.254';
        if (isOurs && line.device === 'qr-1' && line.direction === 'out') seen.push(line);
        return seen.length === 6;
      },
      15_000,
      from,
    );
    await session.apply(run(NAMESPACE, 'ip addr add 192.168.1.254/24 dev qr-1'));
    await done;
    assert.deepEqual(seen.map(({ operation }) => operation).sort(), [1, 1, 1, 2, 2, 2]);
    const rounds = seen.map(({ t }) => Math.round((Number(t) - Number(seen[0]!.t)) / 2));
    assert.deepEqual(rounds, [0, 0, 1, 1, 2, 2]);
  });
});
