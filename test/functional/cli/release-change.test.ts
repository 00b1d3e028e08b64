/** A lab that runs gets another release of Neutron: each way between the three, with nothing of the one before left. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testLabName } from '../../support/lab-name.js';
import { program } from './program.js';

const lab = testLabName('cli-release');

const text = (release: string): string => `lab: ${lab}
nodes:
  network1: { agents: [l3, dhcp] }
  network2: { agents: [l3, dhcp] }
  compute1: {}
networks:
  public:
    router:external: true
    subnets:
      public-v4: { cidr: 203.0.113.0/24, enable_dhcp: false }
  blue:
    subnets:
      blue-v4: { cidr: 192.168.10.0/24, host_routes: [{ destination: 10.77.0.0/16, nexthop: 192.168.10.77 }] }
      blue-v6: { cidr: 'fd00:b::/64', ipv6_ra_mode: slaac, ipv6_address_mode: slaac }
  green:
    subnets:
      green-v4: { cidr: 192.168.20.0/24 }
      green-v6: { cidr: 'fd00:c::/64', ipv6_ra_mode: dhcpv6-stateful, ipv6_address_mode: dhcpv6-stateful }
routers:
  edge:
    ha: true
    external_gateway_info: { network: public }
    interfaces: [blue-v4, blue-v6]
    routes:
      - { destination: 10.99.0.0/16, nexthop: 192.168.10.50 }
      - { destination: 10.99.0.0/16, nexthop: 192.168.10.51 }
  old:
    external_gateway_info: { network: public }
    interfaces: [green-v4, green-v6]
    routes:
      - { destination: 10.98.0.0/16, nexthop: 192.168.20.50 }
      - { destination: 10.98.0.0/16, nexthop: 192.168.20.51 }
instances:
  web1: { node: compute1, networks: [blue] }
  db1: { node: compute1, networks: [green] }
config:
  release: ${release}
`;

interface Status {
  readonly routers: readonly { name: string; active_on: string[]; replicas: { node: string }[] }[];
  readonly networks: readonly { name: string; dhcp: { node: string }[] }[];
}

/** What only this release has on a node that hosts `edge`. */
const MARKS = {
  pike: { word: 'master', pid: /^\S+\.pid\n\S+\.pid-vrrp\n$/, opts: /^tag:tag\d,/m },
  zed: { word: 'primary', pid: /^\S+\.pid\.keepalived\n\S+\.pid\.keepalived-vrrp\n$/, opts: /^tag:subnet-/m },
  '2026.1': { word: 'primary', pid: /^\S+\.pid\.keepalived\n\S+\.pid\.keepalived-vrrp\n$/, opts: /^tag:subnet-/m },
} as const;

/** To and fro between each two of them, but for one way that takes a part of what another does. */
const WAYS = ['zed', 'pike', '2026.1', 'zed', '2026.1', 'pike'] as const;

describe('config.release of a running lab', function () {
  this.timeout(180_000);
  let folder = '';
  let file = '';
  const shell = async (node: string, command: string): Promise<string> => {
    const { code, out, err } = await program('exec', '--lab', lab, node, '--', 'sh', '-c', command);
    assert.equal(code, 0, out + err);
    return out;
  };
  const status = async (): Promise<Status> => JSON.parse((await program('status', lab, '--json')).out) as Status;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neutron-lab-release-'));
    file = join(folder, 'release.neutron.yaml');
  });
  after(async () => {
    await program('down', lab);
    await rm(folder, { recursive: true, force: true });
  });

  for (const [index, release] of WAYS.entries())
    it(`${index === 0 ? 'is' : `goes from ${WAYS[index - 1] ?? ''} to`} ${release}`, async () => {
      await writeFile(file, text(release));
      const { code, out, err } = await program('up', file);
      assert.equal(code, 0, out + err);
      assert.match((await program('plan', file)).out, /nothing to change/);
      const now = await status();
      await rightEverywhere(now);

      const mark = MARKS[release];
      const edge = now.routers.find(({ name }) => name === 'edge');
      assert.equal(edge?.active_on.length, 1);
      for (const { node } of edge.replicas) {
        const command = 'cd /var/lib/neutron/ha_confs && cat */state && echo && pgrep -c -x keepalived && ls -d *.pid*';
        const [state, processes, ...pids] = (await shell(node, command)).split('\n');
        assert.equal(state, edge.active_on[0] === node ? mark.word : 'backup');
        // Of the release before there is no process, and no pid file.
        assert.equal(processes, '2');
        assert.match(pids.join('\n'), mark.pid);
      }
      const [dhcp] = now.networks.find(({ name }) => name === 'blue')?.dhcp ?? [];
      assert.match(await shell(dhcp?.node ?? '', 'cat /var/lib/neutron/dhcp/*/opts'), mark.opts);
      for (const instance of ['web1', 'db1']) {
        const ping = await program('exec', '--lab', lab, instance, '--', 'ping', '-c', '1', '-W', '3', '203.0.113.1');
        assert.equal(ping.code, 0, ping.out + ping.err);
      }
    });

  /** The agent acts on a new role after one advertisement. */
  async function rightEverywhere({ routers, networks }: Status): Promise<void> {
    const views = [
      ...routers.flatMap(({ name, replicas }) =>
        replicas.length === 0 ? [[name]] : replicas.map(({ node }) => [name, '--node', node]),
      ),
      ...networks.flatMap(({ name, dhcp }) => dhcp.map(({ node }) => [name, '--node', node])),
    ];
    assert.equal(views.length, 5);
    const deadline = Date.now() + 20_000;
    for (const view of views)
      for (;;) {
        const { code, out, err } = await program('show', '--lab', lab, ...view, '--diff');
        if (code === 0) break;
        assert.ok(Date.now() < deadline, `${view.join(' ')}: ${out}${err}`);
      }
  }
});
