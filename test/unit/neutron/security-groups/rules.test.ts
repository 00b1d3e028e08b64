import assert from 'node:assert/strict';
import type { SecurityGroupRule } from '../../../../src/model/resources.js';
import { ruleArguments } from '../../../../src/neutron/security-groups/rule-arguments.js';

const GROUP = 'e86b77bb-672e-4c56-b9ae-411e915aa5a9';

function rule(attributes: Partial<SecurityGroupRule>): SecurityGroupRule {
  return {
    id: '14e4e5a3-380c-4806-be94-d9e9d0e3bdb1',
    direction: 'ingress',
    ethertype: 'IPv4',
    protocol: null,
    port_range_min: null,
    port_range_max: null,
    remote_ip_prefix: null,
    remote_group_id: null,
    ...attributes,
  };
}

function ports(protocol: string, min: number | null, max: number | null, ethertype: 'IPv4' | 'IPv6' = 'IPv4'): string {
  return ruleArguments(rule({ protocol, port_range_min: min, port_range_max: max, ethertype })).replace(
    ' -j RETURN',
    '',
  );
}

/** Each right side was printed by iptables-save 1.8.9 for what Neutron gives to iptables-restore. */
describe('a rule of a security group in iptables', () => {
  it('says nothing of what may be anything', () => {
    assert.equal(ruleArguments(rule({})), '-j RETURN');
    assert.equal(ruleArguments(rule({ protocol: 'any' })), '-j RETURN');
    assert.equal(ruleArguments(rule({ remote_ip_prefix: '0.0.0.0/0' })), '-j RETURN');
    assert.equal(ruleArguments(rule({ ethertype: 'IPv6', remote_ip_prefix: '::/0' })), '-j RETURN');
    for (const zero of ['0', 'ip', 'hopopt']) assert.equal(ports(zero, null, null), '-j RETURN', zero);
  });

  it('has the remote end as source of what comes in and destination of what goes out', () => {
    const remote_ip_prefix = '10.1.2.3/8';
    assert.equal(ruleArguments(rule({ remote_ip_prefix })), '-s 10.0.0.0/8 -j RETURN');
    assert.equal(ruleArguments(rule({ remote_ip_prefix, direction: 'egress' })), '-d 10.0.0.0/8 -j RETURN');
    assert.equal(ruleArguments(rule({ remote_ip_prefix: '10.1.2.3' })), '-s 10.1.2.3/32 -j RETURN');
    const six = rule({ ethertype: 'IPv6', remote_ip_prefix: 'FD00:0:0:B::1/64' });
    assert.equal(ruleArguments(six), '-s fd00:0:0:b::/64 -j RETURN');
  });

  it('looks a remote group up in its set, behind protocol and port', () => {
    const remote_group_id = GROUP;
    assert.equal(
      ruleArguments(rule({ remote_group_id })),
      '-m set --match-set NIPv4e86b77bb-672e-4c56-b9ae- src -j RETURN',
    );
    assert.equal(
      ruleArguments(rule({ remote_group_id, direction: 'egress', ethertype: 'IPv6' })),
      '-m set --match-set NIPv6e86b77bb-672e-4c56-b9ae- dst -j RETURN',
    );
    assert.equal(
      ruleArguments(rule({ remote_group_id, protocol: 'tcp', port_range_min: 5432, port_range_max: 5432 })),
      '-p tcp -m tcp --dport 5432 -m set --match-set NIPv4e86b77bb-672e-4c56-b9ae- src -j RETURN',
    );
  });

  it('has the prefix in front of protocol and ports', () => {
    const web = rule({ protocol: 'tcp', port_range_min: 80, port_range_max: 443, remote_ip_prefix: '10.0.0.0/8' });
    assert.equal(ruleArguments(web), '-s 10.0.0.0/8 -p tcp -m tcp -m multiport --dports 80:443 -j RETURN');
  });

  it('writes one port, and a range of them, as the protocol has it', () => {
    assert.equal(ports('tcp', 22, 22), '-p tcp -m tcp --dport 22');
    assert.equal(ports('udp', 1, 65535), '-p udp -m udp -m multiport --dports 1:65535');
    assert.equal(ports('sctp', 53, 60), '-p sctp -m sctp -m multiport --dports 53:60');
    assert.equal(ports('dccp', 53, 53), '-p dccp -m dccp --dport 53');
    assert.equal(ports('udplite', 53, 53), '-p udplite -m multiport --dports 53');
    assert.equal(ports('udplite', 53, 60), '-p udplite -m multiport --dports 53:60');
    assert.equal(ports('6', 22, 22), '-p tcp -m tcp --dport 22');
    assert.equal(ports('136', 53, 53), '-p udplite -m multiport --dports 53');
    assert.equal(ports('tcp', null, null), '-p tcp');
  });

  it('reads the range as type and code where it is ICMP', () => {
    assert.equal(ports('icmp', null, null), '-p icmp');
    assert.equal(ports('icmp', 8, null), '-p icmp -m icmp --icmp-type 8');
    assert.equal(ports('icmp', 8, 0), '-p icmp -m icmp --icmp-type 8/0');
    assert.equal(ports('1', 3, 4), '-p icmp -m icmp --icmp-type 3/4');
    assert.equal(ports('icmp', 255, null), '-p icmp -m icmp --icmp-type any');
    assert.equal(ports('ipv6-icmp', 128, null, 'IPv6'), '-p ipv6-icmp -m icmp6 --icmpv6-type 128');
    for (const alias of ['icmp', 'icmpv6', '58', '1'])
      assert.equal(ports(alias, 128, 0, 'IPv6'), '-p ipv6-icmp -m icmp6 --icmpv6-type 128/0', alias);
  });

  it('names a protocol as iptables-save does', () => {
    const names = {
      '50': 'esp',
      '4': 'ipencap',
      '94': 'ipip',
      '113': '113',
      pgm: '113',
      '200': '200',
      '143': 'ethernet',
    };
    const more = {
      vrrp: 'vrrp',
      'ipv6-encap': 'ipv6',
      '41': 'ipv6',
      ah: 'ah',
      ospf: 'ospf',
      ipip: 'ipip',
      rsvp: 'rsvp',
    };
    for (const [protocol, name] of Object.entries({ ...names, ...more }))
      assert.equal(ports(protocol, null, null), `-p ${name}`, protocol);
    for (const protocol of ['ipv6-opts', 'ipv6-route', 'ipv6-frag', 'ipv6-nonxt'])
      assert.equal(ports(protocol, null, null, 'IPv6'), `-p ${protocol}`);
  });
});
