import assert from 'node:assert/strict';
import { z } from 'zod';
import { TestNodes, docker, type TestNode } from './engine.js';
import { Session, run, type TestStep } from './session.js';
import { namespace, network, plug } from './wiring.js';

const Unknown = z.looseObject({});
const Observed = z.looseObject({
  namespaces: z.record(
    z.string(),
    z.looseObject({
      addr: z.array(Unknown),
      route4: z.array(Unknown),
      route6: z.array(Unknown),
      fdb: z.array(Unknown).optional(),
      sysctls: z.record(z.string(), z.string()),
      iptables: z.string().optional(),
      ip6tables: z.string().optional(),
      ebtables: z.string().optional(),
      ipset: z.string().optional(),
    }),
  ),
});

/** Some keys of each object, in one order, as text that can be compared. */
function words(objects: readonly Readonly<Record<string, unknown>>[], keys: readonly string[]): readonly string[] {
  return objects.map((object) => JSON.stringify(keys.map((key) => [key, object[key]]))).sort();
}

/** iptables-save without comments and counters. */
function rules(text: string | undefined): string {
  return (text ?? '').replace(/^#.*\n/gm, '').replace(/\[\d+:\d+\]/g, '[0:0]');
}

describe('what a node observes', function () {
  this.timeout(180_000);
  let nodes: TestNodes;
  let node: TestNode;
  let session: Session;
  const observe = async (): Promise<z.infer<typeof Observed>['namespaces']> =>
    Observed.parse(await session.ask('observed', 'observe')).namespaces;
  const apply = async (...steps: readonly TestStep[]): Promise<void> => {
    const applied = await session.apply(...steps);
    assert.equal(applied.failed, null, JSON.stringify(session.lines.at(-2)));
  };
  const tool = async (where: string, command: string): Promise<Readonly<Record<string, unknown>>[]> => {
    const { stdout } = await session.run(where, command);
    // iproute2 prints nothing where some lists are empty.
    return z.array(Unknown).parse(JSON.parse(stdout.trim() === '' ? '[]' : stdout));
  };

  before(async () => {
    nodes = await TestNodes.create();
    node = await nodes.start('network1');
    session = await Session.open(node.id);
    await apply(
      ...network(100, node.address, '10.99.99.99'),
      ...namespace('qrouter-1'),
      ...plug('qrouter-1', 'qr-1', 100, 'fa:16:3e:00:00:01'),
      run('', 'ip link set tapqr-1 alias a\u00e9b'),
      run('qrouter-1', 'ip link add qg-1 type veth peer name qg-2'),
      run('qrouter-1', 'ip link set qg-1 up'),
      run('qrouter-1', 'ip addr add 192.168.1.1/24 broadcast 192.168.1.255 dev qr-1'),
      run('qrouter-1', 'ip addr add 169.254.0.1/24 scope link dev qr-1'),
      run('qrouter-1', 'ip addr add 192.168.2.1/24 dev qr-1 valid_lft 1000 preferred_lft 1000'),
      run('qrouter-1', 'ip addr add fd00:1::1/64 dev qr-1 nodad'),
      run('qrouter-1', 'ip route add default via 192.168.1.254 proto static'),
      run('qrouter-1', 'ip route add 10.1.0.0/16 via 192.168.7.1 dev qr-1 onlink proto static metric 5'),
      run('qrouter-1', 'ip route add 10.2.3.4 dev qr-1 proto static scope link src 192.168.1.1'),
      run('qrouter-1', 'ip route add unreachable 10.3.0.0/16 proto keepalived'),
      run('qrouter-1', 'ip route add 10.4.0.0/16 nexthop via 192.168.1.8 weight 2 nexthop via 192.168.1.9'),
      run('qrouter-1', 'ip route add 10.5.0.0/16 via inet6 fd00:1::5 dev qr-1 proto 77'),
      run('qrouter-1', 'ip route add 10.6.0.0/16 dev qr-1 table 42'),
      run('qrouter-1', 'ip -6 route add default via fd00:1::ff proto static metric 7'),
      run('qrouter-1', 'ip -6 route add unreachable fd00:7::/64'),
      run('qrouter-1', 'ip -6 route add fd00:8::/64 nexthop via fd00:1::8 nexthop via fd00:1::9'),
    );
  });
  after(async () => {
    await nodes.remove(); // sessions end with their nodes
  });

  for (const where of ['', 'qrouter-1']) {
    const place = where === '' ? 'the root' : where;
    it(`tells the links and addresses of ${place} as ip(8) does`, async () => {
      const seen = (await observe())[where]!.addr;
      const told = (await tool(where, 'ip -j -d addr show')).map((link) => ({
        ...link,
        // M-DOWN is about another link, the one that this one is joined to.
        flags: z
          .array(z.string())
          .parse(link.flags)
          .filter((flag) => flag !== 'M-DOWN'),
        address: link.address,
      }));
      const keys = ['ifindex', 'ifname', 'flags', 'mtu', 'operstate', 'master', 'link', 'link_index', 'ifalias'];
      assert.deepEqual(words(seen, keys), words(told, keys));
      const Link = z.looseObject({
        linkinfo: z.looseObject({ info_kind: z.string(), info_data: Unknown.optional() }).optional(),
        addr_info: z.array(Unknown),
      });
      for (const [i, link] of seen.entries()) {
        const [mine, its] = [Link.parse(link), Link.parse(told[i])];
        assert.equal(mine.linkinfo?.info_kind, its.linkinfo?.info_kind);
        if (mine.linkinfo?.info_kind === 'vxlan') {
          const data = ['id', 'local', 'port'];
          assert.deepEqual(words([mine.linkinfo.info_data!], data), words([its.linkinfo!.info_data!], data));
        }
        const address = ['family', 'local', 'prefixlen', 'scope', 'broadcast', 'dynamic'];
        assert.deepEqual(words(mine.addr_info, address), words(its.addr_info, address));
        assert.ok(link.address === undefined || link.address === told[i]!.address);
      }
    });

    it(`tells the routes of ${place} as ip(8) does`, async () => {
      const namespace = (await observe())[where]!;
      const keys = ['type', 'dst', 'gateway', 'via', 'dev', 'protocol', 'scope', 'prefsrc', 'metric'];
      const plain = (route: Readonly<Record<string, unknown>>): boolean => route.nexthops === undefined;
      const hops = (routes: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
        routes.flatMap((route) =>
          words(z.array(Unknown).parse(route.nexthops ?? []), ['gateway', 'dev', 'weight']).map(
            (hop) => `${String(route.dst)} ${hop}`,
          ),
        );
      const four = await tool(where, 'ip -j -d route show');
      assert.deepEqual(words(namespace.route4.filter(plain), keys), words(four.filter(plain), keys));
      assert.deepEqual(hops(namespace.route4), hops(four));
      const all = await tool(where, 'ip -j -d -6 route show table all');
      const six = all.filter((route) => route.table === undefined || route.table === 'main');
      assert.deepEqual(words(namespace.route6.filter(plain), keys), words(six.filter(plain), keys));
      assert.deepEqual(hops(namespace.route6), hops(six));
    });
  }

  it('tells the forwarding entries of the root as bridge(8) does', async () => {
    const keys = ['mac', 'ifname', 'dst', 'state', 'master'];
    const seen = words((await observe())['']!.fdb ?? [], keys);
    assert.deepEqual(seen, words(await tool('', 'bridge -j fdb show'), keys));
    assert.ok(seen.some((entry) => entry.includes('10.99.99.99')));
  });

  it('tells the settings of devices as /proc/sys has them', async () => {
    const names = ['forwarding', 'accept_ra', 'addr_gen_mode', 'disable_ipv6'].map(
      (name) => `net.ipv6.conf.DEV.${name}`,
    );
    names.push('net.ipv4.conf.DEV.rp_filter');
    const device = 'qr/1'; // sysctl(8) writes a dot within a name so
    await apply(run('qrouter-1', 'ip link add qr.1 type veth peer name qr-9'));
    for (const value of ['0', '1', '2']) {
      for (const name of names) {
        const setting = name.replace('DEV', device);
        if (value === '2' && /forwarding|disable|gen_mode/.test(name)) continue;
        await apply(run('qrouter-1', `sysctl -w ${setting}=${value}`));
        const { sysctls } = (await observe())['qrouter-1']!;
        assert.equal(sysctls[setting], value, setting);
        const { stdout } = await session.run(
          'qrouter-1',
          `cat /proc/sys/${name.replaceAll('.', '/').replace('DEV', 'qr.1')}`,
        );
        assert.equal(stdout.trim(), value);
      }
    }
  });

  describe('of the firewall', () => {
    const check = async (where: string): Promise<string> => {
      const seen = (await observe())[where]!;
      assert.equal(rules(seen.iptables), rules((await session.run(where, 'iptables-save')).stdout));
      assert.equal(rules(seen.ip6tables), rules((await session.run(where, 'ip6tables-save')).stdout));
      return rules(seen.iptables) + rules(seen.ip6tables);
    };
    const changes: readonly TestStep[] = [
      run('qrouter-1', 'iptables -A FORWARD -s 10.1.1.1 -j DROP'),
      run('qrouter-1', 'iptables -I FORWARD -s 10.1.1.2 -j DROP'),
      run('qrouter-1', 'iptables -R FORWARD 1 -s 10.1.1.3 -j DROP'),
      run('qrouter-1', 'iptables -P FORWARD DROP'),
      run('qrouter-1', 'iptables -N neutron-l3-agent-x'),
      run('qrouter-1', 'iptables -t nat -A POSTROUTING -j MASQUERADE'),
      run('qrouter-1', 'iptables -D FORWARD 1'),
      run('qrouter-1', 'ip6tables -A FORWARD -s fd00::1 -j DROP'),
      run('qrouter-1', 'iptables-restore', '*filter\n-A FORWARD -s 10.1.1.4 -j DROP\nCOMMIT\n'),
      run('qrouter-1', 'iptables-restore -n', '*mangle\n-A FORWARD -s 10.1.1.5 -j DROP\nCOMMIT\n'),
      run('qrouter-1', 'iptables -E neutron-y neutron-z'),
      run('qrouter-1', 'ip6tables -F'),
      run('', 'iptables -A FORWARD -s 10.1.1.6 -j DROP'),
    ];

    it('tells every change at once, whatever it was, and only where it was', async () => {
      await apply(run('qrouter-1', 'iptables -N neutron-y'));
      for (const step of changes) {
        const where = step.namespace ?? '';
        const before = await check(where);
        const other = await check(where === '' ? 'qrouter-1' : '');
        // The filter table was restored: the chain is made again for the step that renames it.
        if (step.fields.includes('-E')) await apply(run('qrouter-1', 'iptables -N neutron-y'));
        await apply(step);
        assert.notEqual(await check(where), before, step.fields.join(' '));
        assert.equal(await check(where === '' ? 'qrouter-1' : ''), other);
      }
    });

    it('tells sets, which no rule counts, and what filters bridges', async () => {
      assert.equal((await observe())['']!.ipset, undefined);
      await apply(
        run('', 'ipset create one hash:net family inet'),
        run('', 'iptables -A FORWARD -m set --match-set one src -j DROP'),
        run('', 'ebtables -A FORWARD -s fa:16:3e:00:00:09 -j DROP'),
      );
      for (const member of ['10.1.0.0/16', '10.2.0.0/16']) {
        await apply(run('', `ipset add one ${member}`));
        const root = (await observe())['']!;
        assert.equal(root.ipset, (await session.run('', 'ipset save')).stdout);
        assert.match(root.ipset ?? '', new RegExp(`add one ${member}`));
        assert.match(root.iptables ?? '', /--match-set one src/);
        assert.match(root.ebtables ?? '', /-A FORWARD -s fa:16:3e:00:00:09 -j DROP/);
      }
      assert.notEqual(
        (await session.run('', 'ipset rename one two')).code,
        0,
        'a set that a rule names keeps its name',
      );
      await apply(run('', 'ebtables -F'));
      assert.doesNotMatch((await observe())['']!.ebtables ?? '', /fa:16:3e/);
    });

    it('tells the same when nothing changed, to another session too', async () => {
      const before = await check('qrouter-1');
      const other = await Session.open(node.id);
      const seen = Observed.parse(await other.ask('observed', 'observe')).namespaces['qrouter-1']!;
      await other.close();
      assert.equal(rules(seen.iptables) + rules(seen.ip6tables), before);
    });

    it('does not take a namespace for one of the same name that is gone', async () => {
      for (const source of ['10.9.9.1', '10.9.9.2']) {
        await apply(...namespace('qrouter-again'), run('qrouter-again', `iptables -A FORWARD -s ${source} -j DROP`));
        assert.match(await check('qrouter-again'), new RegExp(`-s ${source}/32`));
        await apply(run('', 'ip netns del qrouter-again'));
        assert.equal((await observe())['qrouter-again'], undefined);
      }
      const kept = await docker('exec', node.id, 'cat', '/run/neutron-lab/cache/firewalls');
      assert.ok(!kept.includes('10.9.9.'), 'what is kept of a namespace goes with it');
    });

    it('looks again where what it kept makes no sense', async () => {
      const before = await check('qrouter-1');
      await docker('exec', node.id, 'sh', '-c', 'printf "\\377\\377\\377\\377x" > /run/neutron-lab/cache/firewalls');
      assert.equal(await check('qrouter-1'), before);
    });
  });
});
