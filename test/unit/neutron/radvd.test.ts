import assert from 'node:assert/strict';
import { radvdConf as confOf, type Advertisement } from '../../../src/neutron/radvd.js';
import { habitsOf } from '../../../src/neutron/release.js';

const radvdConf = (advertisements: readonly Advertisement[]) => confOf(advertisements, habitsOf('zed'));

const subnet = (cidr: string, ipv6_ra_mode: string | null, dns_nameservers: string[] = []) => ({
  cidr,
  ipv6_ra_mode,
  dns_nameservers,
});

describe('radvd.conf', () => {
  it('announces at most three name servers, those of SLAAC subnets only', () => {
    const servers = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8::4'];
    const conf = radvdConf([
      {
        device: 'qr-1',
        mtu: 1450,
        subnets: [subnet('fd00:1::/64', 'slaac', servers), subnet('fd00:2::/64', 'dhcpv6-stateful', ['2001:db8::9'])],
      },
    ]);
    assert.match(conf, /RDNSS {2}2001:db8::1 {2}2001:db8::2 {2}2001:db8::3 {2}\{\};/);
    assert.doesNotMatch(conf, /2001:db8::[49]/);
  });

  it('tells hosts where the rest comes from, by mode', () => {
    const conf = (mode: string) => radvdConf([{ device: 'qr-1', mtu: 1450, subnets: [subnet('fd00::/64', mode)] }]);
    assert.match(conf('dhcpv6-stateless'), /AdvOtherConfigFlag on;[^]*AdvAutonomous on;/);
    assert.match(conf('dhcpv6-stateful'), /AdvManagedFlag on;[^]*AdvAutonomous off;/);
    assert.doesNotMatch(conf('slaac'), /Flag/);
  });

  it('advertises the router without a prefix where somebody else advertises the subnet', () => {
    const conf = radvdConf([{ device: 'qr-1', mtu: 1450, subnets: [subnet('fd00::/64', null)] }]);
    assert.match(conf, /AdvSendAdvert on;/);
    assert.doesNotMatch(conf, /prefix/);
  });

  it('announces no MTU that IPv6 does not allow', () => {
    assert.doesNotMatch(
      radvdConf([{ device: 'qr-1', mtu: 1000, subnets: [subnet('fd00::/64', 'slaac')] }]),
      /AdvLinkMTU/,
    );
  });
});
