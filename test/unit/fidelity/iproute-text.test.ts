/** What iproute2 prints for people is read as what it prints for programs. */
import assert from 'node:assert/strict';
import { addressLines, bridgeLines, floodLines, routeLines, ruleLines } from '../../fidelity/iproute.js';
import { fdbFromText, linksFromText, routesFromText, rulesFromText } from '../../fidelity/iproute-text.js';

const lines = (read: (text: string) => readonly string[], value: unknown): readonly string[] =>
  read(JSON.stringify(value));

describe('the text of iproute2', () => {
  it('tells addresses with their flags', () => {
    const links =
      linksFromText(`2: ns-1d4593b9-94@if4: <BROADCAST,UP> mtu 1450 qdisc noqueue state UP group default qlen 1000
    link/ether fa:16:3e:8f:c8:ae brd ff:ff:ff:ff:ff:ff link-netnsid 0 promiscuity 0  allmulti 0 minmtu 68 maxmtu 65535
    veth numtxqueues 2 numrxqueues 2
    inet 192.168.10.2/24 brd 192.168.10.255 scope global ns-1d4593b9-94
       valid_lft forever preferred_lft forever
    inet6 fe80::1/64 scope link nodad
       valid_lft forever preferred_lft forever
`);
    assert.deepEqual(lines(addressLines, links), [
      'ns-1d4593b9-94: broadcast=192.168.10.255 family=inet label=ns-1d4593b9-94 local=192.168.10.2 prefixlen=24 scope=global',
      'ns-1d4593b9-94: family=inet6 local=fe80::1 nodad=true prefixlen=64 scope=link',
    ]);
  });

  it('tells a VXLAN and the bridge that it is a port of', () => {
    const links =
      linksFromText(`18: vxlan-943: <UP> mtu 1450 qdisc noqueue master brqe3adc200-0f state UNKNOWN mode DEFAULT group default qlen 1000
    link/ether 02:9d:b7:20:b5:23 brd ff:ff:ff:ff:ff:ff promiscuity 1  allmulti 1 minmtu 68 maxmtu 65535
    vxlan id 943 group 224.0.0.1 dev eth0 srcport 0 0 dstport 8472 ttl auto ageing 300 udpcsum noudp6zerocsumtx noudp6zerocsumrx
    bridge_slave state forwarding priority 32 cost 2 hairpin off learning on flood on mcast_router 1 isolated off addrgenmode eui64 numtxqueues 1
`);
    const [line = ''] = lines(bridgeLines, links);
    assert.match(line, / ageing=300 .*group=224\.0\.0\.1 id=943 learning=true link=eth0 port=8472 .*ttl=0 /);
    assert.match(line, /port\(flood=true hairpin=false isolated=false learning=true multicast_router=1 priority=32 /);
    assert.match(line, /inet6_addr_gen_mode=eui64 .*master=brqe3adc200-0f mtu=1450 /);
  });

  it('tells routes and rules of both families, and where a VXLAN floods', () => {
    const routes = routesFromText(`default via 203.0.113.1 dev qg-1 proto keepalived
broadcast 10.0.0.255 dev qr-1 table local proto kernel scope link src 10.0.0.1
fd00::/64 dev qr-1 proto kernel metric 256 pref medium
`);
    assert.deepEqual(lines(routeLines, routes[4]), [
      '10.0.0.255: dev=qr-1 prefsrc=10.0.0.1 protocol=kernel scope=link table=local type=broadcast',
      'default: dev=qg-1 gateway=203.0.113.1 protocol=keepalived',
    ]);
    assert.deepEqual(lines(routeLines, routes[6]), ['fd00::/64: dev=qr-1 metric=256 pref=medium protocol=kernel']);
    const rules = rulesFromText('0:\tfrom all lookup local\n32766:\tfrom all lookup main\n0:\tfrom all lookup local\n');
    assert.deepEqual(lines(ruleLines, rules[4]), [
      'priority=0 src=all table=local',
      'priority=32766 src=all table=main',
    ]);
    assert.deepEqual(lines(ruleLines, rules[6]), ['priority=0 src=all table=local']);
    const fdb = fdbFromText('00:00:00:00:00:00 dev vxlan-1 dst 224.0.0.1 via eth0 self permanent\n');
    assert.deepEqual(lines(floodLines, fdb), [
      'vxlan-1: dst=224.0.0.1 flags=self mac=00:00:00:00:00:00 state=permanent viaIf=eth0',
    ]);
  });
});
