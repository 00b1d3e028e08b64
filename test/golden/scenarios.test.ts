/**
 * Every recorded cloud, every node of it: what `realise` says is compared with what Neutron 21.0.0 (Zed) built.
 *
 * Differences that stay, each where it is left out below, with its reason:
 *  1. Addresses, routes and radvd on the primary of an HA router are put there at run time: by keepalived, and by the
 *     L3 agent when the role changes. So are `net.ipv6.conf.all.forwarding` and what hangs on it, and `accept_ra` and
 *     `forwarding` of its qg- device.
 *  2. Link-local addresses elsewhere, and routes `proto kernel`, are the kernel's.
 *  3. What is to be radvd.conf lies on every node that hosts an HA router; the L3 agent puts it where radvd reads it on
 *     the primary.
 *  4. The order of lines in dnsmasq's host and addn_hosts depends on which of the agent's notices came first: it is
 *     the order of creation, or of the ids after a full synchronisation. The lines are compared, not their order.
 *  5. haproxy (metadata) and the Python state-change monitor have no place in a lab without Nova; one agent of ours
 *     follows the roles.
 *  6. A VXLAN floods to a list of unicast peers where Neutron used a multicast group; its `local` address stands where
 *     the group's device stood.
 *  7. Bridges without a tap that were left over from a cloud before, or from a router that is down.
 *  8. What a node filters on its bridges is compared in firewall.test.ts.
 *  9. `rp_filter` is set although Neutron trusts the host's default, since a lab's host may be any machine. `mtu` of
 *     IPv6 and the `default` and `lo` copies of a setting follow from others, and dnsmasq makes the TCP fast open key.
 * 10. dnsmasq's leases: Neutron makes up one for each port, from the time of day, so that nobody is refused after a
 *     move to another agent. A lab's file begins empty, so that an address can be given away again.
 */
import assert from 'node:assert/strict';
import { normaliseRuleset } from '../../src/neutron/iptables/normalise.js';
import type { DesiredItem, LinkItem, RouteItem } from '../../src/neutron/node-state.js';
import { realise } from '../../src/neutron/realise.js';
import { labFromCloud, loadCloud, recordedNode, scenarioNames, type Cloud } from '../support/cloud.js';
import { Recorded, recordedNamespaces, type RecordedInterface, type RecordedRoute } from '../support/recorded.js';

const UNDERLAY = { addresses: { net1: '172.31.99.21', net2: '172.31.99.22', net3: '172.31.99.23' } };

type Kind = DesiredItem['kind'];

function ofKind<K extends Kind>(items: readonly DesiredItem[], kind: K): Extract<DesiredItem, { kind: K }>[] {
  return items.filter((item): item is Extract<DesiredItem, { kind: K }> => item.kind === kind);
}

function inNamespace<T extends { readonly namespace: string }>(items: readonly T[], namespace: string): T[] {
  return items.filter((item) => item.namespace === namespace);
}

function fileAt(items: readonly DesiredItem[], path: string): string {
  const file = ofKind(items, 'file').find((item) => item.path === path);
  assert.ok(file, `no file ${path}`);
  return file.content;
}

for (const scenario of scenarioNames()) {
  describe(`recorded cloud ${scenario}`, () => {
    const cloud = loadCloud(scenario);
    const states = realise(labFromCloud(cloud), UNDERLAY);

    for (const { node, items } of states) {
      const directory = recordedNode(scenario, node);

      it(`${node} has the same namespaces`, () => {
        const ours = ofKind(items, 'namespace').map(({ namespace }) => namespace);
        assert.deepEqual(
          ours.filter((name) => !name.startsWith('instance-')).sort(),
          [...recordedNamespaces(directory)].sort(),
        );
      });

      it(`${node} has the same bridges, VXLANs and taps`, () => {
        rootLinks(items, new Recorded(`${directory}/root`));
      });

      for (const namespace of recordedNamespaces(directory)) {
        const recorded = new Recorded(`${directory}/${namespace}`);
        const id = namespace.replace(/^q(router|dhcp)-/, '');
        const isHa = cloud.routers.some((router) => router.id === id && router.ha);

        describe(`${namespace} on ${node}`, () => {
          it('has the same interfaces and addresses', () => {
            sameInterfaces(items, namespace, recorded, isHa);
          });
          it('has the same routes', () => {
            sameRoutes(items, namespace, recorded);
          });
          it('has the same rules', () => {
            sameRules(items, namespace, recorded);
          });
          it('has the same sysctls', () => {
            sameSysctls(items, namespace, recorded, isHa);
          });
          if (namespace.startsWith('qdhcp-'))
            it('has the same dnsmasq', () => {
              sameDnsmasq(items, id, recorded);
            });
          else
            it('has the same processes and their files', () => {
              sameRouterProcesses(items, id, recorded, isHa, isPrimary(cloud, id, node));
            });
        });
      }
    }
  });
}

function isPrimary(cloud: Cloud, router: string, node: string): boolean {
  return cloud.router_l3_agents[router]?.find(({ host }) => host === node)?.ha_state === 'active';
}

function rootLinks(items: readonly DesiredItem[], recorded: Recorded): void {
  const ours = inNamespace(ofKind(items, 'link'), '').map(linkSummary).sort();
  // The uplinks are the machine's own; see 7 for bridges without a tap.
  const theirs = recorded.links().filter(({ ifname }) => !ifname.startsWith('eth'));
  const used = new Set(theirs.filter(({ ifname }) => ifname.startsWith('tap')).map(({ master }) => master));
  const expected = theirs
    .filter(({ ifname, master }) => ifname.startsWith('tap') || used.has(ifname) || used.has(master))
    .map(({ ifname, kind, mtu, master, data, flags }) =>
      [ifname, kind, mtu, master, data.id, data.port, flags.includes('UP')].join(' '),
    );
  assert.deepEqual(ours, expected.sort());
}

/** A tap is one end of a veth, or a TUN device where there is a virtual machine behind it. */
function linkSummary(link: LinkItem): string {
  const kind = link.type === 'tap' ? 'veth' : link.type;
  const master = 'master' in link ? link.master : null;
  const [vni, port] = link.type === 'vxlan' ? [link.vni, link.port] : [undefined, undefined];
  return [link.name, kind, link.mtu, master, vni, port, link.up].join(' ');
}

function sameInterfaces(items: readonly DesiredItem[], namespace: string, recorded: Recorded, isHa: boolean): void {
  const ours = inNamespace(ofKind(items, 'link'), namespace).map(
    (link) => `${link.name} ${link.type === 'veth' ? link.mac : ''} ${String(link.mtu)} ${String(link.up)}`,
  );
  const theirs = recorded
    .interfaces()
    .map(({ ifname, address, mtu, flags }) => `${ifname} ${address} ${String(mtu)} ${String(flags.includes('UP'))}`);
  assert.deepEqual(ours.sort(), theirs.sort());

  const addresses = inNamespace(ofKind(items, 'address'), namespace).map(
    ({ device, address, scope, broadcast }) => `${device} ${address} ${scope} ${broadcast ?? '-'}`,
  );
  const expected = recorded.interfaces().flatMap((each) => expectedAddresses(each, isHa));
  assert.deepEqual(addresses.sort(), expected.sort());
}

/** See 1 and 2: of an HA router only the address on the HA network is there from the beginning. */
function expectedAddresses({ ifname, addr_info: addresses }: RecordedInterface, isHa: boolean): readonly string[] {
  return addresses
    .filter(
      ({ scope, broadcast }) => scope !== 'link' && (!isHa || (ifname.startsWith('ha-') && broadcast !== undefined)),
    )
    .map(
      ({ local, prefixlen, scope, broadcast }) =>
        `${ifname} ${local}/${String(prefixlen)} ${scope} ${broadcast ?? '-'}`,
    );
}

function sameRoutes(items: readonly DesiredItem[], namespace: string, recorded: Recorded): void {
  for (const family of [4, 6] as const) {
    const ours = inNamespace(ofKind(items, 'route'), namespace).filter((route) => route.family === family);
    // See 1 and 2.
    const theirs = recorded.routes(family).filter(({ protocol }) => protocol !== 'kernel' && protocol !== 'keepalived');
    assert.deepEqual(ours.map(routeSummary).sort(), theirs.map(recordedRouteSummary).sort());
  }
}

function routeSummary({ destination, protocol, scope, nexthops }: RouteItem): string {
  const hops = nexthops.map(({ via, device }) => `${via ?? ''}@${device ?? ''}`).sort();
  return [destination, protocol, scope, ...hops].join(' ');
}

function recordedRouteSummary({ dst, protocol, scope, nexthops, gateway, dev }: RecordedRoute): string {
  const all = nexthops ?? [{ gateway: gateway ?? '', dev: dev ?? '' }];
  return [dst, protocol, scope ?? 'global', ...all.map((hop) => `${hop.gateway}@${hop.dev}`).sort()].join(' ');
}

function sameRules(items: readonly DesiredItem[], namespace: string, recorded: Recorded): void {
  for (const { family, text } of inNamespace(ofKind(items, 'ruleset'), namespace)) {
    const saved = recorded.text(family === 4 ? 'iptables-save.txt' : 'ip6tables-save.txt');
    assert.equal(normaliseRuleset(text), normaliseRuleset(saved));
    assert.deepEqual(plainLines(text), plainLines(saved), 'the text itself is in the form of iptables-save');
  }
}

/** Without comments and counters; the tables stand in whatever order they were made. */
function plainLines(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return tables(lines.map((line) => line.replace(/ \[\d+:\d+\]$/, '')))
    .sort()
    .flat();
}

function tables(lines: readonly string[]): string[][] {
  const found: string[][] = [];
  for (const line of lines) {
    if (line.startsWith('*')) found.push([]);
    found.at(-1)?.push(line);
  }
  return found;
}

function sameSysctls(items: readonly DesiredItem[], namespace: string, recorded: Recorded, isHa: boolean): void {
  const ours = new Map(
    inNamespace(ofKind(items, 'sysctl'), namespace)
      .filter(({ name }) => !name.endsWith('.rp_filter'))
      .map(({ name, value }) => [name, value]),
  );
  const theirs = recorded.sysctls();
  for (const [name, value] of ours) assert.equal(theirs.get(name) ?? fresh(name), value, name);

  const follows = (name: string): boolean => {
    if (/\.(lo|mtu)(\.|$)|tcp_fastopen_key/.test(name)) return true;
    const all = name.replace(/^(net\.ipv6\.conf)\.[^.]+\./, '$1.all.');
    if (all !== name && ours.get(all) === theirs.get(name)) return true;
    return isHa && (name.endsWith('.forwarding') || /\.qg-.*\.accept_ra$/.test(name));
  };
  assert.deepEqual(
    [...theirs.keys()].filter((name) => !ours.has(name) && !follows(name)),
    [],
  );
}

/** What a new namespace has on the recorded nodes, of the settings that a recording may be silent on. */
function fresh(name: string): string {
  if (name === 'net.ipv4.ip_forward') return '1';
  return name.endsWith('.accept_ra') ? '1' : '0';
}

function sameDnsmasq(items: readonly DesiredItem[], network: string, recorded: Recorded): void {
  const directory = `/var/lib/neutron/dhcp/${network}`;
  const process = ofKind(items, 'process').find(({ pidFile }) => pidFile === `${directory}/pid`);
  assert.deepEqual(process?.argv, recorded.lines('dnsmasq-args.txt'));
  assert.equal(process.namespace, `qdhcp-${network}`);
  assert.equal(fileAt(items, `${directory}/opts`), recorded.text('dnsmasq-opts'));
  for (const file of ['host', 'addn_hosts']) {
    const content = fileAt(items, `${directory}/${file}`);
    assert.deepEqual(content.split('\n').sort(), recorded.text(`dnsmasq-${file}`).split('\n').sort());
  }
}

function sameRouterProcesses(
  items: readonly DesiredItem[],
  router: string,
  recorded: Recorded,
  isHa: boolean,
  primary: boolean,
): void {
  const processes = inNamespace(ofKind(items, 'process'), `qrouter-${router}`);
  const theirs = recorded.lines('processes.txt').filter((line) => /^(keepalived|radvd) /.test(line));
  // See 1: radvd of an HA router is started by its agent.
  const expected = theirs.filter((line) => !(primary && line.startsWith('radvd ')));
  assert.deepEqual(processes.map(({ argv }) => argv.join(' ')).sort(), [...new Set(expected)].sort());

  if (recorded.has('keepalived.conf')) {
    const conf = fileAt(items, `/var/lib/neutron/ha_confs/${router}/keepalived.conf`);
    assert.equal(conf, recorded.text('keepalived.conf'));
  }
  if (recorded.has('radvd.conf')) {
    const path = isHa ? `/var/lib/neutron-lab/radvd/${router}.conf` : `/var/lib/neutron/ra/${router}.radvd.conf`;
    assert.equal(fileAt(items, path), recorded.text('radvd.conf'));
  }
}
