/** A lab that runs gets another release of Neutron: each way between the three, with nothing of the one before left. */
import assert from 'node:assert/strict';
import { attachLab } from '../../../src/lab/attach.js';
import { drawBlueprint } from '../../../src/lab/bring-up/blueprint.js';
import { type Shown, show } from '../../../src/lab/show.js';
import { isRight } from '../../../src/lab/show/part.js';
import { waitUntilReady } from '../../../src/lab/bring-up/ready.js';
import type { Subject } from '../../../src/lab/subject.js';
import { type LabStatus, statusOf } from '../../../src/lab/status.js';
import { instanceNamespace } from '../../../src/model/names.js';
import type { Lab } from '../../../src/model/resources.js';
import { TestBed, inNamespace, reaches, readTestLab } from '../../support/running.js';

const text = (release: string): string => `lab: release
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

/** What only this release has on a node that hosts `edge`. */
const MARKS = {
  pike: { word: 'master', pid: /^\S+\.pid\n\S+\.pid-vrrp\n$/, opts: /^tag:tag\d,/m },
  zed: { word: 'primary', pid: /^\S+\.pid\.keepalived\n\S+\.pid\.keepalived-vrrp\n$/, opts: /^tag:subnet-/m },
  '2026.1': { word: 'primary', pid: /^\S+\.pid\.keepalived\n\S+\.pid\.keepalived-vrrp\n$/, opts: /^tag:subnet-/m },
} as const;

/** To and fro between each two of them, but for one way that takes a part of what another does. */
const WAYS = ['zed', 'pike', '2026.1', 'zed', '2026.1', 'pike'] as const;

/** The agent acts on a new role after one advertisement; a machine may be busy. */
const SETTLING = 60_000;

describe('config.release of a running lab', function () {
  this.timeout(240_000);
  let bed: TestBed;
  let lab: Lab | undefined;

  before(async () => {
    bed = await TestBed.make();
  });
  after(async () => {
    await bed.end();
  });

  for (const [index, release] of WAYS.entries())
    it(`${index === 0 ? 'is' : `goes from ${WAYS[index - 1] ?? ''} to`} ${release}`, async () => {
      const previous = lab;
      const next = readTestLab(text(release), 'release', previous);
      lab = next;
      const { running } = await bed.up(next, previous);
      await waitUntilReady(running, next, { deadline: 120 });
      assert.deepEqual(await bed.plan(next), []);
      await rightEverywhere(next);

      const mark = MARKS[release];
      const edge = (await look(next)).status.routers.find(({ name }) => name === 'edge');
      assert.equal(edge?.active_on.length, 1);
      const shell = async (node: string, command: string): Promise<string> =>
        (await inNamespace(running, node, '', ['sh', '-c', command])).stdout;
      for (const { node } of edge.replicas) {
        const state = await shell(node, 'cat /var/lib/neutron/ha_confs/*/state');
        assert.equal(state, edge.active_on[0] === node ? mark.word : 'backup');
        // Of the release before there is no pid file, and no process.
        assert.match(await shell(node, 'cd /var/lib/neutron/ha_confs && ls -d *.pid*'), mark.pid);
        assert.equal(await shell(node, 'pgrep -c -x keepalived'), '2\n');
      }
      const blue = next.networks.find(({ name }) => name === 'blue')?.id ?? '';
      const [server = ''] = next.network_dhcp_agents[blue] ?? [];
      assert.match(await shell(server, `cat /var/lib/neutron/dhcp/${blue}/opts`), mark.opts);
      for (const instance of ['web1', 'db1'])
        assert.ok(await reaches(running, 'compute1', instanceNamespace(instance), '203.0.113.1'), instance);
      running.close();
    });

  async function look(wanted: Lab): Promise<{ readonly status: LabStatus; readonly shown: readonly Shown[] }> {
    const attached = await attachLab(bed.runtime, wanted.name);
    assert.ok(attached?.recorded);
    const { running, readings, recorded } = attached;
    try {
      const addresses = Object.fromEntries(
        running.containers.flatMap(({ node, address }) => (address === null ? [] : [[node, address] as const])),
      );
      const { states } = drawBlueprint(recorded, addresses);
      const places: (readonly [Subject, readonly string[]])[] = [
        ...recorded.routers.map(
          ({ id, name }) => [{ kind: 'router', id, name }, recorded.router_l3_agents[id]] as const,
        ),
        ...recorded.networks.map(
          ({ id, name }) => [{ kind: 'network', id, name }, recorded.network_dhcp_agents[id]] as const,
        ),
      ].map(([subject, nodes]) => [subject, nodes ?? []]);
      const shown = places.flatMap(([subject, nodes]) =>
        nodes.map((node) => {
          const document = readings.get(node)?.document;
          assert.ok(document);
          return show(recorded, subject, node, states.get(node)?.items ?? [], document);
        }),
      );
      return { status: statusOf(recorded, readings), shown };
    } finally {
      running.close();
    }
  }

  /** Files, rules, addresses, routes, settings and processes of each replica, legacy router and DHCP server. */
  async function rightEverywhere(wanted: Lab): Promise<void> {
    const until = Date.now() + SETTLING;
    for (;;) {
      const { shown } = await look(wanted);
      assert.equal(shown.length, 5);
      const wrong = shown.flatMap(({ subject, node, parts }) =>
        parts.filter((part) => !isRight(part)).map((part) => ({ subject: subject.name, node, ...part })),
      );
      if (wrong.length === 0) return;
      if (Date.now() > until) assert.deepEqual(wrong, []);
    }
  }
});
