import assert from 'node:assert/strict';
import type { Lab } from '../../../src/model/resources.js';
import type { DesiredItem } from '../../../src/neutron/node-state.js';
import { realise } from '../../../src/neutron/realise.js';
import { labFromCloud, loadCloud } from '../../support/cloud.js';

const UNDERLAY = { addresses: { net1: '172.20.0.11', net2: '172.20.0.12', net3: '172.20.0.13' } };
const HA = labFromCloud(loadCloud('02-ha-two-subnets-gateway-fip'));
const DUAL = labFromCloud(loadCloud('04-ha-dual-stack-gateway'));
const STATEFUL = labFromCloud(loadCloud('07-dhcp-options-two-subnets-v6'));

function inInstance(lab: Lab, name: string): readonly DesiredItem[] {
  return realise(lab, UNDERLAY).flatMap(({ items }) =>
    items.filter((item) => 'namespace' in item && item.namespace === `instance-${name}`),
  );
}

function addresses(items: readonly DesiredItem[]): readonly string[] {
  return items.flatMap((item) => (item.kind === 'address' ? [item.address] : []));
}

function withoutDhcp(lab: Lab): Lab {
  return { ...lab, subnets: lab.subnets.map((subnet) => ({ ...subnet, enable_dhcp: false })) };
}

describe('an instance', () => {
  it('is a host with a name, an eth0 with the MAC of its port, and a web server', () => {
    const items = inInstance(HA, 'web1');
    assert.ok(items.some((item) => item.kind === 'namespace' && item.hostname === 'web1'));
    assert.ok(
      items.some(
        (item) =>
          item.kind === 'link' && item.type === 'veth' && item.name === 'eth0' && item.mac === 'fa:16:3e:03:e7:8a',
      ),
    );
    const httpd = items.find((item) => item.kind === 'process' && item.name === 'httpd');
    assert.ok(httpd?.kind === 'process' && httpd.argv.includes('[::]:80') && httpd.hostname === 'web1');
  });

  it('gets its address by DHCP and by nothing else', () => {
    const items = inInstance(HA, 'web1');
    assert.deepEqual(addresses(items), []);
    const client = items.find((item) => item.kind === 'process' && item.name === 'udhcpc');
    assert.ok(client?.kind === 'process');
    const asked = client.argv.filter((_, index) => client.argv[index - 1] === '-O');
    for (const option of ['router', 'dns', 'domain', 'mtu', '121']) assert.ok(asked.includes(option), option);
    assert.ok(client.argv.includes('hostname:web1'));
  });

  it('has its address, default route and name servers set where no DHCP server tells them', () => {
    const items = inInstance(withoutDhcp(HA), 'web1');
    assert.deepEqual(addresses(items), ['192.168.10.233/24']);
    assert.ok(
      items.some(
        (item) => item.kind === 'route' && item.destination === 'default' && item.nexthops[0]!.via === '192.168.10.1',
      ),
    );
    assert.ok(!items.some((item) => item.kind === 'process' && item.name === 'udhcpc'));
    const resolver = realise(withoutDhcp(HA), UNDERLAY)
      .flatMap(({ items: all }) => all)
      .find((item) => item.kind === 'file' && item.path === '/etc/netns/instance-web1/resolv.conf');
    assert.ok(resolver?.kind === 'file' && resolver.content === 'nameserver 203.0.113.1\n' && resolver.seed !== true);
  });

  it('leaves the resolver to the DHCP client once it has one', () => {
    const seeds = realise(HA, UNDERLAY)
      .flatMap(({ items }) => items)
      .filter((item) => item.kind === 'file' && item.path.endsWith('/resolv.conf') && item.seed === true);
    assert.equal(seeds.length, HA.instances.length);
  });

  it('makes its SLAAC address itself, and is given the one that DHCPv6 would lease', () => {
    assert.deepEqual(addresses(inInstance(DUAL, 'va')), []);
    assert.ok(
      inInstance(DUAL, 'va').some(
        (item) => item.kind === 'sysctl' && item.name === 'net.ipv6.conf.eth0.accept_ra' && item.value === '1',
      ),
    );
    const stateful = inInstance(STATEFUL, 'va').filter((item) => item.kind === 'address');
    assert.deepEqual(addresses(stateful), ['fd00:d::357/64']);
    assert.match(stateful[0]!.why, /DHCPv6/);
  });

  it('has one default route of a family with two interfaces', () => {
    const [web, db] = HA.instances;
    const lab = withoutDhcp({ ...HA, instances: [{ ...web!, ports: [...web!.ports, ...db!.ports] }] });
    const items = inInstance(lab, 'web1');
    assert.deepEqual(
      items.flatMap((item) => (item.kind === 'link' ? [item.name] : [])),
      ['eth0', 'eth1'],
    );
    assert.equal(items.filter((item) => item.kind === 'route' && item.destination === 'default').length, 1);
  });
});
