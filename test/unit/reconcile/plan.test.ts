import assert from 'node:assert/strict';
import type { ResourceRef } from '../../../src/model/resources.js';
import type { DesiredItem, Item, NodeState } from '../../../src/neutron/node-state.js';
import { radvdConfPath, radvdSourcePath } from '../../../src/neutron/radvd.js';
import { commandLine, planNode } from '../../../src/reconcile/plan.js';

const router: ResourceRef = { kind: 'router', id: '79db30c1-b715-4eb5-944e-1ce6c4d8cee7', name: 'edge' };
const because = { resource: router, why: 'the router needs it' };
const ns = `qrouter-${router.id}`;
const conf = `/var/lib/neutron/ha_confs/${router.id}/keepalived.conf`;
const pid = `/var/lib/neutron/ha_confs/${router.id}.pid.keepalived`;

const bridge: DesiredItem = {
  kind: 'link',
  type: 'bridge',
  namespace: '',
  name: 'brq7259e236-a6',
  mtu: 1450,
  up: true,
  ...because,
};
const tap: DesiredItem = {
  kind: 'link',
  type: 'tap',
  namespace: '',
  name: 'tap9bef6423-a3',
  mtu: 1450,
  up: true,
  master: bridge.name,
  ...because,
};
const veth: DesiredItem = {
  kind: 'link',
  type: 'veth',
  namespace: ns,
  name: 'qr-9bef6423-a3',
  peer: tap.name,
  mac: 'fa:16:3e:84:13:df',
  mtu: 1450,
  up: true,
  ...because,
};
const namespace: DesiredItem = { kind: 'namespace', namespace: ns, ...because };
const forward: DesiredItem = { kind: 'sysctl', namespace: ns, name: 'net.ipv4.ip_forward', value: '1', ...because };
const noRa: DesiredItem = {
  kind: 'sysctl',
  namespace: ns,
  name: `net.ipv6.conf.${veth.name}.accept_ra`,
  value: '0',
  ...because,
};
const address: DesiredItem = {
  kind: 'address',
  namespace: ns,
  device: veth.name,
  address: '192.168.10.1/24',
  scope: 'global',
  broadcast: null,
  ...because,
};
const file: DesiredItem = { kind: 'file', path: conf, content: 'vrrp_instance VR_39 {}', mode: 0o644, ...because };
const keepalived: DesiredItem = {
  kind: 'process',
  namespace: ns,
  name: 'keepalived',
  argv: ['keepalived', '-P', '-f', conf, '-p', pid],
  pidFile: pid,
  daemonizes: true,
  reloads: [conf],
  ...because,
};
const all: readonly DesiredItem[] = [address, keepalived, file, veth, tap, bridge, noRa, forward, namespace];

function state<I extends Item>(items: readonly I[]): NodeState<I> {
  return { node: 'network1', items };
}

function commands(desired: readonly DesiredItem[], observed: readonly Item[]): string[] {
  const steps = planNode(state(desired), state(observed), new Map([[router.id, router]]));
  // What is announced has a test of its own.
  return steps.filter(({ action }) => action.type !== 'spawn' || !action.argv.includes('announce')).map(commandLine);
}

describe('plan of a node', () => {
  it('is empty when everything is as it should be', () => {
    assert.deepEqual(commands(all, all), []);
  });

  it('builds from the outside in, whatever the order of the items: namespace, interfaces, addresses, files, processes', () => {
    assert.deepEqual(commands(all, []), [
      `ip netns add ${ns}`,
      `ip netns exec ${ns} sysctl -w net.ipv4.ip_forward=1`,
      `ip netns exec ${ns} ip link set dev lo up`,
      `ip link add name ${tap.name} mtu 1450 type veth peer name ${veth.name} address ${veth.mac} mtu 1450 netns ${ns}`,
      `ip link add name ${bridge.name} mtu 1450 type bridge forward_delay 0 stp_state 0`,
      `ip link set dev ${tap.name} master ${bridge.name}`,
      `ip link set dev ${tap.name} up`,
      `ip link set dev ${bridge.name} up`,
      `ip netns exec ${ns} sysctl -w net.ipv6.conf.${veth.name}.accept_ra=0`,
      `ip netns exec ${ns} ip link set dev ${veth.name} up`,
      `ip netns exec ${ns} ip addr add 192.168.10.1/24 dev ${veth.name}`,
      `write ${conf}`,
      `ip netns exec ${ns} keepalived -P -f ${conf} -p ${pid}`,
    ]);
  });

  it('gives each step its resource, its reason and, for a change, what is otherwise', () => {
    const low: Item = { ...bridge, mtu: 1400 };
    const [step] = planNode(state(all), state([...all.filter((item) => item !== bridge), low]), new Map());
    assert.equal(step?.resource.name, 'edge');
    assert.equal(step.why, 'the router needs it (now its MTU is 1400)');
    assert.equal(step.change, 'update');
  });

  it('gives an interface its MTU before its settings: with less than 1280 bytes it has no IPv6, and none of those', () => {
    const low = all
      .filter((item) => item.kind !== 'sysctl' || !item.name.includes(veth.name))
      .map((item): Item => (item === veth ? { ...veth, mtu: 1000 } : item));
    assert.deepEqual(commands(all, low), [
      `ip netns exec ${ns} ip link set dev ${veth.name} mtu 1450`,
      `ip netns exec ${ns} sysctl -w net.ipv6.conf.${veth.name}.accept_ra=0`,
    ]);
  });

  it('adds an address and touches nothing else', () => {
    const second: DesiredItem = { ...address, address: '192.168.11.1/24' };
    assert.deepEqual(commands([...all, second], all), [
      `ip netns exec ${ns} ip addr add 192.168.11.1/24 dev ${veth.name}`,
    ]);
  });

  it('announces what it adds to a router by itself, last of all', () => {
    const router: DesiredItem = { ...address, namespace: 'qrouter-r', device: 'qr-9bef6423-a3' };
    const [add, announce, ...more] = planNode(state([router]), state([]), new Map());
    assert.equal(add && commandLine(add), 'ip netns exec qrouter-r ip addr add 192.168.10.1/24 dev qr-9bef6423-a3');
    assert.deepEqual(announce?.action.type === 'spawn' && announce.action.argv.slice(-2), [
      'qr-9bef6423-a3',
      '192.168.10.1',
    ]);
    assert.deepEqual(more, []);
    const v6: DesiredItem = { ...router, address: 'fd00::1/64' };
    assert.equal(planNode(state([v6]), state([]), new Map()).length, 1, 'of IPv6 the kernel tells by itself');
  });

  it('reloads keepalived when its file changed, and does not restart it', () => {
    const changed: Item = { ...file, content: 'vrrp_instance VR_40 {}' };
    assert.deepEqual(
      commands(
        all,
        all.map((item) => (item === file ? changed : item)),
      ),
      [`write ${conf}`, `kill -HUP $(cat ${pid})  # keepalived`],
    );
  });

  it('tells a process when one of the files that it reads goes, as when a router goes from the L3 agent', () => {
    const list = (name: string): DesiredItem => ({ ...file, path: `/var/lib/neutron-lab/l3/${name}` });
    const agent: DesiredItem = {
      ...keepalived,
      name: 'l3-agent',
      namespace: '',
      argv: ['node', 'l3-agent'],
      pidFile: '/run/neutron-lab/l3-agent.pid',
      reloads: ['/var/lib/neutron-lab/l3/a'],
    };
    assert.deepEqual(commands([list('a'), agent], [list('a'), list('b'), agent]), [
      'rm -r /var/lib/neutron-lab/l3/b',
      'kill -HUP $(cat /run/neutron-lab/l3-agent.pid)  # l3-agent',
    ]);
  });

  it('restarts a process that runs with other arguments, stopping it first', () => {
    const other: Item = { ...keepalived, argv: ['keepalived', '-f', '/tmp/other.conf'] };
    const lines = commands(
      all,
      all.map((item) => (item === keepalived ? other : item)),
    );
    assert.deepEqual(lines, [
      `kill -TERM $(cat ${pid})  # keepalived`,
      `ip netns exec ${ns} keepalived -P -f ${conf} -p ${pid}`,
    ]);
  });

  it('starts a DHCP client anew when its interface is made anew: it would listen on the one that is gone', () => {
    const pidFile = '/run/neutron-lab/instances/web1/udhcpc-eth0.pid';
    const argv = ['busybox', 'udhcpc', '-f', '-i', veth.name];
    const client: DesiredItem = { ...keepalived, name: 'udhcpc', argv, pidFile, daemonizes: false, reloads: [] };
    const before: Item = { ...veth, peer: 'tap00000000-01' };
    const own = [namespace, bridge, tap, veth, client];
    const lines = commands(
      own,
      own.map((item) => (item === veth ? before : item)),
    );
    const at = (start: string): number => lines.findIndex((line) => line.startsWith(start));
    assert.ok(at(`kill -TERM $(cat ${pidFile})`) >= 0, lines.join('\n'));
    assert.ok(at('ip link add name') > 0);
    assert.ok(at(`ip netns exec ${ns} busybox udhcpc`) > at('ip link add name'));
  });

  it('removes a router: its process, its end in the root namespace, its namespace, its directory', () => {
    const lines = commands([bridge], all);
    assert.deepEqual(lines, [
      `kill -TERM $(cat ${pid})  # keepalived`,
      `ip link delete dev ${tap.name}`,
      `ip netns delete ${ns}`,
      `rm -r /var/lib/neutron/ha_confs/${router.id}`,
    ]);
  });

  it('names the resource that a removed thing belonged to', () => {
    const [step] = planNode(state([bridge]), state(all), new Map([[router.id, router]]));
    assert.deepEqual(step?.resource, router);
  });

  it('removes an interface once, although a veth has two ends', () => {
    const rest = all.filter((item) => item !== veth && item !== tap && item !== address && item !== noRa);
    assert.deepEqual(commands(rest, all), [
      `ip netns exec ${ns} ip addr del 192.168.10.1/24 dev ${veth.name}`,
      `ip netns exec ${ns} ip link delete dev ${veth.name}`,
    ]);
  });

  it('mends a namespace that was deleted by hand: the end that was left over goes first', () => {
    const lines = commands(all, [bridge, tap, file]);
    assert.equal(lines[0], `ip link delete dev ${tap.name}`);
    assert.ok(lines.includes(`ip netns add ${ns}`));
    assert.ok(lines.includes(`ip link set dev ${tap.name} master ${bridge.name}`));
  });

  it('removes the radvd.conf of a router that is gone, and leaves the one that the L3 agent made of its source', () => {
    const conf = (id: string): Item => ({
      kind: 'file',
      path: radvdConfPath(id),
      content: '',
      mode: 0o444,
    });
    const source: DesiredItem = { ...file, path: radvdSourcePath(router.id) };
    assert.deepEqual(commands([source], [source, conf(router.id), conf('gone')]), [
      'rm -r /var/lib/neutron/ra/gone.radvd.conf',
    ]);
  });

  it('makes the namespace anew when a router ceases to be HA: its addresses would go with keepalived', () => {
    const ha: Item = { ...veth, name: 'ha-af32912b-a4', peer: 'tapaf32912b-a4' };
    const legacy = all.filter((item) => item !== keepalived && item !== file);
    const lines = commands(legacy, [...all, ha]);
    assert.deepEqual(lines.slice(0, 4), [
      `kill -TERM $(cat ${pid})  # keepalived`,
      `ip link delete dev ${tap.name}`,
      `ip netns delete ${ns}`,
      `rm -r /var/lib/neutron/ha_confs/${router.id}`,
    ]);
    assert.equal(lines[4], `ip netns add ${ns}`);
    assert.ok(lines.includes(`ip netns exec ${ns} ip addr add 192.168.10.1/24 dev ${veth.name}`));
  });

  it('leaves alone what a person made by hand', () => {
    const byHand: Item[] = [
      { kind: 'namespace', namespace: 'host1' },
      { kind: 'link', type: 'bridge', namespace: '', name: 'br0', mtu: 1500, up: true },
      { kind: 'link', type: 'tap', namespace: '', name: 'veth0', mtu: 1500, up: true, master: 'br0' },
      {
        kind: 'address',
        namespace: 'host1',
        device: 'veth1',
        address: '10.0.0.1/24',
        scope: 'global',
        broadcast: null,
      },
      { kind: 'file', path: '/etc/netns/host1/resolv.conf', content: '', mode: 0o644 },
    ];
    assert.deepEqual(commands(all, [...all, ...byHand]), []);
  });

  it('starts keepalived anew when its routes are to be of another origin: on SIGHUP it would leave some behind', () => {
    const routes = (mark: string): DesiredItem => ({
      ...file,
      content: `    virtual_routes {\n        10.9.0.0/16 via 10.0.0.9${mark}\n    }`,
    });
    const steps = (from: string, to: string) => commands([keepalived, routes(to)], [keepalived, routes(from)]);
    const restart = [
      `kill -TERM $(cat ${pid})  # keepalived`,
      `write ${conf}`,
      `ip netns exec ${ns} keepalived -P -f ${conf} -p ${pid}`,
    ];
    assert.deepEqual(steps(' protocol static', ''), restart);
    assert.deepEqual(steps('', ' protocol static'), restart);
    assert.deepEqual(steps('', ' no_track'), [`write ${conf}`, `kill -HUP $(cat ${pid})  # keepalived`]);
  });

  it('takes back what another release of Neutron set in a router', () => {
    const ha: DesiredItem = { ...veth, name: 'ha-af32912b-a4', peer: tap.name };
    const setting = (name: string, value: string): DesiredItem => ({
      kind: 'sysctl',
      namespace: ns,
      name,
      value,
      ...because,
    });
    const modern = setting('net.ipv6.conf.all.addr_gen_mode', '1');
    const lla: Item = { ...address, device: ha.name, address: 'fe80::f816:3eff:fe84:13df/64', scope: 'link' };
    const there = [namespace, tap, bridge, ha];
    // In 2026.1 connections are tracked with less care.
    const liberal = setting('net.netfilter.nf_conntrack_tcp_be_liberal', '1');
    assert.deepEqual(commands(there, [...there, liberal]), [
      `ip netns exec ${ns} sysctl -w ${liberal.kind === 'sysctl' ? liberal.name : ''}=0`,
    ]);
    // In Pike the kernel gave the ha- device a link-local address.
    assert.deepEqual(commands([...there, modern], [...there, modern, lla]), [
      `ip netns exec ${ns} ip addr del fe80::f816:3eff:fe84:13df/64 dev ${ha.name}`,
    ]);
    assert.deepEqual(commands(there, [...there, lla]), []);
    // Back to Pike: only a new namespace has link-local addresses where they are to be, and nowhere else.
    assert.ok(commands(there, [...there, modern]).includes(`ip netns delete ${ns}`));
  });

  it('leaves the addresses that keepalived put up in an HA router', () => {
    const ha: Item = { ...veth, name: 'ha-af32912b-a4', peer: 'tapaf32912b-a4' };
    const vip: Item = { ...address, address: '203.0.113.145/32' };
    const desired = all.filter((item) => item !== address);
    const wantedHa: DesiredItem = { ...ha, ...because };
    assert.deepEqual(commands([...desired, wantedHa], [...desired, ha, address, vip]), []);
  });

  it('never puts a word of the lab where a shell would read it', () => {
    const evil: DesiredItem = { ...file, path: "/etc/netns/instance-web1/hosts'; reboot #", content: '$(reboot)' };
    const [step] = planNode(state([evil]), state([]), new Map());
    assert.ok(step);
    assert.deepEqual(step.action, { type: 'write', path: evil.path, content: '$(reboot)', mode: 0o644 });
  });
});
