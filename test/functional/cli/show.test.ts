import assert from 'node:assert/strict';
import { LabCopy, program } from './program.js';

interface ShownJson {
  readonly node: string;
  readonly namespace: string;
  readonly role: string | null;
  readonly parts: readonly { readonly part: string; readonly title: string; readonly right: boolean }[];
}

describe('neutron-lab show on labs/dual-stack', function () {
  this.timeout(120_000);
  let copy: LabCopy;
  const ask = (command: string, ...words: readonly string[]) => program(command, '--lab', copy.lab, ...words);
  const json = async (...words: readonly string[]): Promise<ShownJson> =>
    JSON.parse((await ask('show', ...words, '--json')).out) as ShownJson;

  before(async () => {
    copy = await LabCopy.of('dual-stack', 'cli-show');
    const { code, out, err } = await program('up', copy.folder);
    assert.equal(code, 0, out + err);
  });
  after(async () => {
    await copy.remove();
  });

  it('finds every router, network and instance as it should be, on every node', async () => {
    const lab = JSON.parse((await program('status', copy.lab, '--json')).out) as {
      routers: { name: string; replicas: { node: string }[] }[];
      networks: { name: string; dhcp: { node: string }[] }[];
      instances: { name: string }[];
    };
    const views = [
      ...lab.routers.flatMap(({ name, replicas }) => [[name], ...replicas.map(({ node }) => [name, '--node', node])]),
      ...lab.networks.flatMap(({ name, dhcp }) => dhcp.map(({ node }) => [name, '--node', node])),
      ...lab.instances.map(({ name }) => [name]),
    ];
    for (const view of views) {
      const { code, out, err } = await ask('show', ...view, '--diff');
      assert.equal(code, 0, `${view.join(' ')}: ${out}${err}`);
    }
  });

  it('puts another release of Neutron beside the own one, without a word on what is on the node', async () => {
    const { code, out } = await ask('show', 'edge', '--release', 'pike', '--diff');
    assert.equal(code, 1);
    assert.match(out, /- only in pike {3}\+ only in zed/);
    assert.match(out, / {2}\+ +0\.0\.0\.0\/0 via \S+ dev qg-\S+ no_track\n/);
    assert.equal((await ask('show', 'edge', '--release', 'zed', '--diff')).code, 0);
  });

  it('shows what somebody changed by hand as a difference, with exit code 1, until `up` mends it', async () => {
    const { node, namespace, role, parts } = await json('edge');
    assert.equal(role, 'MASTER');
    assert.deepEqual(
      [...new Set(parts.map(({ part }) => part))],
      [...['keepalived', 'radvd', 'iptables', 'addresses', 'routes', 'sysctls', 'processes']],
    );
    const damage = [
      'sysctl -qw net.ipv4.ip_forward=0',
      'ip route add 198.18.0.0/15 dev lo proto static',
      'iptables -I FORWARD -s 192.0.2.7 -j DROP',
    ];
    const done = await ask('exec', node, '-n', namespace, '--', 'sh', '-c', damage.join(' && '));
    assert.equal(done.code, 0, done.err);
    const conf = `/var/lib/neutron/ha_confs/${namespace.replace('qrouter-', '')}/keepalived.conf`;
    await ask('exec', node, '--', 'sed', '-i', 's/priority 50/priority 90/', conf);

    const diff = await ask('show', 'edge', '--diff');
    assert.equal(diff.code, 1);
    for (const line of [
      / {2}- +priority 50\n {2}\+ +priority 90\n/,
      / {2}- net\.ipv4\.ip_forward = 1\n {2}\+ net\.ipv4\.ip_forward = 0\n/,
      / {2}\+ 198\.18\.0\.0\/15 dev lo proto static/,
      / {2}\+ -A FORWARD -s 192\.0\.2\.7\/32 -j DROP\n/,
      /4 things are not as they should be: keepalived\.conf; iptables, IPv4; routes, IPv4; kernel settings/,
    ])
      assert.match(diff.out, line);
    assert.equal((await ask('show', 'edge', '--diff', '--part', 'processes')).code, 0);

    const { code, out, err } = await program('up', copy.folder);
    assert.equal(code, 0, out + err);
    const after = await ask('show', 'edge', '--diff', '--node', node);
    assert.equal(after.code, 0, after.out);
  });

  it('refuses what the lab does not have', async () => {
    const unknown = await ask('show', 'nothing');
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /"nothing"[^]*edge/);
    assert.equal((await ask('show', 'edge', '--node', 'nowhere')).code, 2);
    assert.equal((await ask('show', 'edge', '--part', 'colour')).code, 2);
  });
});
