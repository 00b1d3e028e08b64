import assert from 'node:assert/strict';
import type { RunningLab } from '../../../src/lab/running-lab.js';
import { instanceNamespace, portDevice } from '../../../src/model/names.js';
import type { Instance, Lab, Port } from '../../../src/model/resources.js';
import { setName } from '../../../src/neutron/security-groups/address-set.js';
import { TestBed, inNamespace, reaches, readTestLab } from '../../support/running.js';

/** Filtered ports stand beside the router's and the DHCP server's, whose traffic must pass the same bridges. */
const LAB = `lab: filtered
nodes:
  network1: { agents: [l3, dhcp] }
  network2: { agents: [l3] }
  compute1: {}
networks:
  blue:
    subnets:
      # Ports get what suits the lab's name; what the tests add by hand lies beside it.
      blue-v4:
        cidr: 192.168.10.0/24
        gateway_ip: 192.168.10.1
        allocation_pools: [{ start: 192.168.10.10, end: 192.168.10.60 }]
      blue-v6: { cidr: 'fd00:b::/64', gateway_ip: 'fd00:b::1', ipv6_ra_mode: slaac, ipv6_address_mode: slaac }
routers:
  edge: { ha: true, interfaces: [blue-v4, blue-v6] }
security_groups:
  clients: {}
  web:
    rules:
      - { direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80, remote_group: clients }
      - { direction: ingress, ethertype: IPv6, protocol: ipv6-icmp, remote_group: clients }
  reachable:
    rules:
      - { direction: ingress, protocol: icmp }
  # All that the API allows, so that iptables is asked whether it prints what it was given.
  everything:
    rules:
      - { direction: ingress, protocol: 143 }
      - { direction: ingress, protocol: ip }
      - { direction: ingress, protocol: pgm }
      - { direction: ingress, ethertype: IPv6, protocol: ipv6-encap }
      - { direction: ingress, protocol: ipip }
      - { direction: ingress, protocol: esp, remote_ip_prefix: 10.1.2.3/8 }
      - { direction: ingress, protocol: udp, port_range_min: 1, port_range_max: 65535 }
      - { direction: ingress, protocol: udplite, port_range_min: 53, port_range_max: 53 }
      - { direction: ingress, protocol: sctp, port_range_min: 53, port_range_max: 60, remote_group: web }
      - { direction: ingress, protocol: dccp, port_range_min: 53, port_range_max: 53 }
      - { direction: ingress, protocol: icmp, port_range_min: 8, port_range_max: 0 }
      - { direction: ingress, protocol: icmp, port_range_min: 255 }
      - { direction: ingress, ethertype: IPv6, protocol: icmpv6, port_range_min: 135 }
      - { direction: ingress, ethertype: IPv6, protocol: ipv6-frag }
      - { direction: egress, ethertype: IPv6, protocol: tcp, remote_ip_prefix: 'FD00:0:0:b::1/64' }
      - { direction: egress, ethertype: IPv6, protocol: ipv6-icmp, port_range_min: 128, port_range_max: 0 }
      - { direction: egress, remote_group: everything }
      - { direction: egress, remote_ip_prefix: 0.0.0.0/0 }
  stateless: { stateful: false, rules: [{ direction: ingress }] }
ports:
  vip-port:
    network: blue
    security_groups: [reachable]
    allowed_address_pairs: [{ ip_address: 192.168.10.200 }]
  plain-port:
    network: blue
    security_groups: [stateless]
    allowed_address_pairs: [{ ip_address: 0.0.0.0/0 }, { ip_address: 'fd00:b::/80', mac_address: 'fa:16:3e:00:00:01' }]
instances:
  client: { node: network1, networks: [blue], security_groups: [clients] }
  web: { node: compute1, networks: [blue], security_groups: [web] }
  neighbour: { node: compute1, networks: [blue], security_groups: [reachable] }
  vip: { node: network2, networks: [{ port: vip-port }] }
  odd: { node: network2, networks: [blue], security_groups: [everything] }
  plain: { node: network2, networks: [{ port: plain-port }] }
  open: { node: compute1, networks: [blue] }
`;

describe('security groups on the engine', () => {
  let bed: TestBed;
  let lab: Lab;
  let running: RunningLab;

  before(async () => {
    bed = await TestBed.make();
    lab = readTestLab(LAB, 'filtered');
    running = await bed.upAndReady(lab);
  });

  after(async () => {
    await bed.end();
  });

  const instance = (name: string): Instance => {
    const found = lab.instances.find((one) => one.name === name);
    assert.ok(found, name);
    return found;
  };
  const portOf = (name: string): Port => {
    const found = lab.ports.find(({ id }) => id === instance(name).ports[0]);
    assert.ok(found, name);
    return found;
  };
  const addressOf = (name: string, version: 4 | 6 = 4): string =>
    portOf(name).fixed_ips.find(({ ip_address: address }) => address.includes(':') === (version === 6))?.ip_address ??
    '';
  const groupId = (name: string): string => lab.security_groups.find((group) => group.name === name)?.id ?? '';
  const inside = async (name: string, ...argv: string[]): Promise<number> =>
    (await inNamespace(running, instance(name).node, instanceNamespace(name), argv)).code;
  const pings = async (from: string, destination: string): Promise<boolean> =>
    await reaches(running, instance(from).node, instanceNamespace(from), destination);
  const fetches = async (from: string, to: string): Promise<boolean> =>
    (await inside(from, 'timeout', '2', 'wget', '-q', '-O', '-', `http://${addressOf(to)}/`)) === 0;
  /** Whether `to` answers a question by ARP whose sender says that it has this address. */
  const answered = async (from: string, to: string, sender: string): Promise<boolean> =>
    (await inside(from, 'arping', '-q', '-f', '-w', '2', '-I', 'eth0', '-s', sender, addressOf(to))) === 0;
  const withAddress = async (name: string, address: string, test: () => Promise<void>): Promise<void> => {
    assert.equal(await inside(name, 'ip', 'addr', 'add', `${address}/32`, 'dev', 'eth0'), 0);
    try {
      await test();
    } finally {
      await inside(name, 'ip', 'addr', 'del', `${address}/32`, 'dev', 'eth0');
    }
  };

  it('lets in what a rule about a remote group allows, and nothing else', async () => {
    assert.ok(await fetches('client', 'web'), 'a member of the group, from another node');
    assert.ok(!(await fetches('neighbour', 'web')), 'not of the group, on the same node');
    assert.ok(!(await fetches('open', 'web')), 'without any group');
    assert.ok(!(await pings('client', addressOf('web'))), 'of the group, with another protocol');
  });

  it('does the same in IPv6', async () => {
    assert.ok(await pings('client', addressOf('web', 6)));
    assert.ok(!(await pings('neighbour', addressOf('web', 6))));
  });

  it('lets the answers to what went out come back', async () => {
    assert.ok(await pings('web', addressOf('neighbour')), 'on the same node');
    assert.ok(await pings('web', addressOf('open')), 'to one that is not filtered');
    assert.ok(await pings('web', '192.168.10.1'), 'the router');
    assert.ok(!(await pings('neighbour', addressOf('web'))), 'the other way round is asked anew');
  });

  it('drops what has an address that is not the port’s, by IP and by ARP', async () => {
    await withAddress('neighbour', '192.168.10.99', async () => {
      assert.ok(await answered('neighbour', 'open', addressOf('neighbour')), 'its own address');
      assert.ok(!(await answered('neighbour', 'open', '192.168.10.99')), 'another one');
      const mac = portOf('open').mac_address;
      await inside('neighbour', 'ip', 'neigh', 'replace', addressOf('open'), 'lladdr', mac, 'dev', 'eth0');
      const dropped = await spoofed();
      await inside('neighbour', 'ping', '-c', '3', '-i', '0.2', '-W', '1', '-I', '192.168.10.99', addressOf('open'));
      assert.equal((await spoofed()) - dropped, 3, 'three packets met the rule that drops them');
      await inside('neighbour', 'ip', 'neigh', 'del', addressOf('open'), 'dev', 'eth0');
    });
  });

  it('drops what has a MAC that is not the port’s', async () => {
    const { mac_address: mac } = portOf('neighbour');
    try {
      await inside('neighbour', 'ip', 'link', 'set', 'dev', 'eth0', 'address', 'fa:16:3e:ff:ff:fe');
      assert.ok(!(await answered('neighbour', 'open', addressOf('neighbour'))));
    } finally {
      await inside('neighbour', 'ip', 'link', 'set', 'dev', 'eth0', 'address', mac);
    }
    assert.ok(await answered('neighbour', 'open', addressOf('neighbour')));
  });

  it('lets an allowed address pair pass', async () => {
    await withAddress('vip', '192.168.10.200', async () => {
      assert.ok(await answered('vip', 'open', '192.168.10.200'));
      assert.ok(await pings('open', '192.168.10.200'));
    });
    await withAddress('vip', '192.168.10.201', async () => {
      assert.ok(!(await pings('open', '192.168.10.201')), 'the address beside it');
    });
  });

  it('lets everything of a port without port security pass', async () => {
    await withAddress('open', '192.168.10.77', async () => {
      assert.ok(await answered('open', 'neighbour', '192.168.10.77'));
      assert.ok(await pings('neighbour', '192.168.10.77'));
    });
  });

  it('finds nothing to do when all is there, whatever others have put beside it', async () => {
    const rule = ['INPUT', '-s', '198.18.0.1/32', '-j', 'DROP'];
    await inNamespace(running, 'compute1', '', ['iptables', '-I', ...rule]);
    assert.deepEqual(await bed.plan(lab), []);
    await inNamespace(running, 'compute1', '', ['iptables', '-F', 'neutron-linuxbri-sg-fallback']);
    const steps = await bed.plan(lab);
    assert.equal(steps.length, 1, steps.join('\n'));
    const { running: again } = await bed.up(lab);
    assert.deepEqual(await bed.plan(lab), []);
    const { code } = await inNamespace(again, 'compute1', '', ['iptables', '-C', ...rule]);
    assert.equal(code, 0, 'the rule of somebody else is there');
  });

  describe('a group of a running lab', () => {
    const added = '      - { direction: ingress, protocol: icmp, remote_group: reachable }\n';
    const withMore = LAB.replace('  reachable:\n', `${added}  reachable:\n`);
    const withLess = withMore.replace(/.*protocol: tcp.*\n/, '');
    let now: Lab;

    const tracked = async (): Promise<string> =>
      (await inNamespace(running, 'compute1', '', ['conntrack', '-L', '-p', 'tcp', '-d', addressOf('web')])).stdout;
    const commands = (steps: readonly string[]): string[] =>
      steps.map((step) => step.replace(/ #.*/, '')).filter((step) => !step.includes(': write '));

    it('gets a rule more, and nothing else changes', async () => {
      now = readTestLab(withMore, 'filtered', lab);
      const steps = await bed.plan(now);
      assert.ok(!(await pings('neighbour', addressOf('web'))));
      await bed.up(now, lab);
      assert.ok(await pings('neighbour', addressOf('web')), 'the new rule');
      assert.ok(await fetches('client', 'web'), 'the old one');
      assert.deepEqual(commands(steps), [
        'compute1: ipset restore -exist <<EOF …',
        'compute1: iptables-restore --noflush <<EOF …',
      ]);
      assert.deepEqual(await bed.plan(now), []);
    });

    it('loses a rule, and with it the connections that it allowed', async () => {
      assert.match(await tracked(), /dport=80 /);
      const less = readTestLab(withLess, 'filtered', now);
      const steps = await bed.plan(less);
      await bed.up(less, now);
      assert.equal(await tracked(), '');
      assert.ok(!(await fetches('client', 'web')));
      assert.ok(await pings('neighbour', addressOf('web')), 'the other rule');
      assert.deepEqual(commands(steps), [
        'compute1: iptables-restore --noflush <<EOF …',
        'compute1: ipset destroy '.concat(setName(groupId('clients'), 4)),
        'compute1: conntrack --load-file - <<EOF …',
      ]);
      assert.deepEqual(await bed.plan(less), []);
    });
  });

  /** How many packets met the rule against false sources of `neighbour`. */
  async function spoofed(): Promise<number> {
    const chain = `neutron-linuxbri-s${portDevice('tap', portOf('neighbour').id).slice(3, 13)}`;
    const { stdout } = await inNamespace(running, 'compute1', '', ['iptables', '-w', '-nvxL', chain]);
    return Number(/^\s*(\d+)\s+\d+\s+DROP/m.exec(stdout)?.[1] ?? NaN);
  }
});
