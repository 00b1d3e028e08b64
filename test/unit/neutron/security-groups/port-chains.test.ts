import assert from 'node:assert/strict';
import type { Port, SecurityGroup, SecurityGroupRule } from '../../../../src/model/resources.js';
import { arpProtection } from '../../../../src/neutron/security-groups/arp-protection.js';
import { bridgeRuleset } from '../../../../src/neutron/security-groups/bridge-ruleset.js';
import { portChains, type FilteredPort } from '../../../../src/neutron/security-groups/port-chains.js';

const MAC = 'fa:16:3e:4f:03:7d';
const chain = (name: string): string => name;

function filtered(attributes: Partial<Port> = {}, groups: readonly SecurityGroup[] = []): FilteredPort {
  const port: Port = {
    id: 'd557fd02-da01-4a4b-8a2b-2a2e6f2b1111',
    name: '',
    project_id: '',
    network_id: '19aeea88-8a87-4a6f-8af2-2a8d11d4ff20',
    mac_address: MAC,
    admin_state_up: true,
    device_id: 'inst-db',
    device_owner: 'compute:nova',
    fixed_ips: [{ subnet_id: 's', ip_address: '10.6.0.62' }],
    allowed_address_pairs: [],
    extra_dhcp_opts: [],
    security_groups: groups.map(({ id }) => id),
    port_security_enabled: true,
    'binding:host_id': 'net1',
    ...attributes,
  };
  return { port, device: 'tapd557fd02-da', bridge: 'brq19aeea88-8a', groups };
}

function group(rules: readonly Partial<SecurityGroupRule>[], stateful = true): SecurityGroup {
  const defaults = { protocol: null, port_range_min: null, port_range_max: null };
  const nobody = { remote_ip_prefix: null, remote_group_id: null };
  return {
    id: '1005e5b7-0832-4988-8c4b-31fc9199e5a8',
    name: 'db',
    project_id: '',
    stateful,
    security_group_rules: rules.map((rule, index) => ({
      id: `${String(9 - index)}dfdf0ba-5034-43d9-9a4f-a372817a30fa`,
      direction: 'ingress',
      ethertype: 'IPv4',
      ...defaults,
      ...nobody,
      ...rule,
    })),
  };
}

function bare(rules: readonly string[] | null): string[] | null {
  return rules?.map((rule) => rule.replace(/-m comment --comment "[^"]*" /, '')) ?? null;
}

function pairs(...addresses: readonly (readonly [string, string])[]): Partial<Port> {
  return { allowed_address_pairs: addresses.map(([ip_address, mac_address]) => ({ ip_address, mac_address })) };
}

describe('the chains of a filtered port', () => {
  it('allow the addresses of pairs first, then the port’s own', () => {
    const { sources } = portChains(
      filtered(pairs(['10.6.0.200', 'FA:16:3E:00:00:01'], ['10.7.0.9/16', MAC])),
      4,
      chain,
    );
    assert.deepEqual(bare(sources), [
      '-s 10.6.0.200/32 -m mac --mac-source fa:16:3e:00:00:01 -j RETURN',
      `-s 10.7.0.0/16 -m mac --mac-source ${MAC} -j RETURN`,
      `-s 10.6.0.62/32 -m mac --mac-source ${MAC} -j RETURN`,
      '-j DROP',
    ]);
  });

  it('name an address once, and none where a pair allows all', () => {
    const twice = portChains(filtered(pairs(['10.6.0.62', MAC])), 4, chain).sources;
    assert.deepEqual(bare(twice), [`-s 10.6.0.62/32 -m mac --mac-source ${MAC} -j RETURN`, '-j DROP']);
    const all = portChains(filtered(pairs(['0.0.0.0/0', MAC])), 4, chain).sources;
    assert.equal(bare(all)?.[0], `-m mac --mac-source ${MAC} -j RETURN`);
  });

  it('allow the link-local address of a MAC that has another IPv6 address', () => {
    const fixed_ips = ['fd00:d::357', 'fd00:d::358'].map((ip_address) => ({ subnet_id: 's', ip_address }));
    const { sources } = portChains(filtered({ fixed_ips }), 6, chain);
    assert.deepEqual(bare(sources), [
      `-s fd00:d::357/128 -m mac --mac-source ${MAC} -j RETURN`,
      `-s fe80::f816:3eff:fe4f:37d/128 -m mac --mac-source ${MAC} -j RETURN`,
      `-s fd00:d::358/128 -m mac --mac-source ${MAC} -j RETURN`,
      '-j DROP',
    ]);
  });

  it('say nothing of sources in a family without an address, but of the MAC without any', () => {
    assert.equal(portChains(filtered(), 6, chain).sources, null);
    const { egress, sources } = portChains(filtered({ fixed_ips: [] }), 6, chain);
    assert.deepEqual(bare(sources), [`-m mac --mac-source ${MAC} -j RETURN`, '-j DROP']);
    assert.ok(egress.includes('-j sd557fd02-d'));
  });

  it('hold the rules of a group in the order of their ids, each once, the last of equal ones', () => {
    const solicitation: Partial<SecurityGroupRule> = { ethertype: 'IPv6', protocol: 'icmpv6', port_range_min: 135 };
    const rules = [{ protocol: 'udp' }, { protocol: 'tcp' }, { protocol: '6' }, solicitation];
    const port = filtered({}, [group(rules)]);
    const four = bare(portChains(port, 4, chain).ingress) ?? [];
    assert.deepEqual(
      four.filter((rule) => /^-p (tcp|udp) -j/.test(rule)),
      ['-p tcp -j RETURN', '-p udp -j RETURN'],
    );
    const six = portChains(port, 6, chain).ingress;
    const asked = '-p ipv6-icmp -m icmp6 --icmpv6-type 135 -j RETURN';
    assert.equal(six.filter((rule) => rule === asked).length, 1);
    assert.ok(six.indexOf(asked) > six.findIndex((rule) => rule.includes('ESTABLISHED')), 'the later one stays');
  });

  it('let nothing in for a port that is in no group', () => {
    assert.deepEqual(bare(portChains(filtered(), 4, chain).ingress), [
      '-m state --state RELATED,ESTABLISHED -j RETURN',
      '-d 10.6.0.62/32 -p udp -m udp --sport 67 --dport 68 -j RETURN',
      '-d 255.255.255.255/32 -p udp -m udp --sport 67 --dport 68 -j RETURN',
      '-m state --state INVALID -j DROP',
      '-j sg-fallback',
    ]);
  });
});

describe('the ruleset of a node', () => {
  const rulesetOf = (port: FilteredPort): string =>
    bridgeRuleset(4, { filtered: [port], trusted: [], unprotected: [], zones: new Map([[port.bridge, 4099]]) });

  it('tracks the connections of a stateful group in the zone of the network, and none of a stateless one', () => {
    const rules = [{ protocol: 'icmp' }];
    assert.match(rulesetOf(filtered({}, [group(rules)])), /"Set zone for 557fd02-da" -j CT --zone 4099\n/);
    assert.match(rulesetOf(filtered({}, [group(rules, false)])), /"Make 557fd02-da stateless" -j CT --notrack\n/);
    assert.match(rulesetOf(filtered({}, [group([], false)])), /--zone 4099\n/, 'a group without rules says nothing');
  });

  it('has no rule for a tap that is not there', () => {
    const nothing = bridgeRuleset(4, { filtered: [], trusted: [], unprotected: [], zones: new Map() });
    assert.ok(!nothing.includes('physdev'));
    assert.match(nothing, /-A neutron-linuxbri-sg-chain -j ACCEPT\n/);
  });
});

describe('the rules of ebtables', () => {
  it('let a port use its MACs and say by ARP that it has its IPv4 addresses', () => {
    const text = arpProtection([
      filtered(pairs(['10.6.0.200', 'fa:16:3e:00:00:01'], ['fd00::5', MAC], ['10.9.0.1/24', MAC])),
    ]);
    assert.deepEqual(
      text.split('\n').filter((line) => line.startsWith('-A neutron')),
      [
        '-A neutronARP-tapd557fd02-da -p ARP --arp-ip-src 10.9.0.0/24 -j ACCEPT',
        '-A neutronARP-tapd557fd02-da -p ARP --arp-ip-src 10.6.0.62 -j ACCEPT',
        '-A neutronARP-tapd557fd02-da -p ARP --arp-ip-src 10.6.0.200 -j ACCEPT',
        '-A neutronARP-tapd557fd02-da -j DROP',
        '-A neutronMAC-tapd557fd02-da -i tapd557fd02-da --among-src fa:16:3e:0:0:1,fa:16:3e:4f:3:7d -j RETURN',
        '-A neutronMAC-tapd557fd02-da -j DROP',
      ],
    );
  });

  it('leave ARP alone where a pair allows every address', () => {
    assert.ok(!arpProtection([filtered(pairs(['0.0.0.0/0', MAC]))]).includes('neutronARP'));
  });
});
