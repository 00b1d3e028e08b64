import assert from 'node:assert/strict';
import { fits, resourceCalled } from '../../../src/lesson/check/attributes.js';
import { consoleProblems } from '../../../src/lesson/run/console.js';
import { readLabFile } from '../../../src/model/lab-file/read.js';

const { lab } = readLabFile(`lab: facts
networks:
  outer:
    router:external: true
    subnets: { outer-v4: { cidr: 203.0.113.0/24, enable_dhcp: false } }
  blue:
    subnets: { blue-v4: { cidr: 192.168.10.0/24 } }
routers:
  edge: { ha: true, external_gateway_info: { network: outer }, interfaces: [blue-v4] }
instances:
  web1: { networks: [blue] }
floating_ips:
  - { network: outer, floating_ip_address: 203.0.113.80, instance: web1 }
`);

describe('what a condition sees of a resource', () => {
  const has = (kind: Parameters<typeof resourceCalled>[1], name: string, attribute: string, asked: unknown): boolean =>
    fits(lab!, resourceCalled(lab!, kind, name)?.[attribute], asked);

  it('is the attributes of the API, an id also by the name of what it means', () => {
    assert.ok(has('subnet', 'blue-v4', 'network_id', 'blue'));
    assert.ok(!has('subnet', 'blue-v4', 'network_id', 'outer'));
    assert.ok(has('router', 'edge', 'external_gateway_info', { network_id: 'outer', enable_snat: true }));
    assert.ok(has('router', 'edge', 'ha', true));
  });

  it('is what hangs on it, of a list what is asked for', () => {
    assert.ok(has('router', 'edge', 'interfaces', ['blue-v4']));
    assert.ok(!has('router', 'edge', 'interfaces', ['outer-v4']));
    assert.ok(!has('router', 'edge', 'interfaces', []));
    assert.ok(has('instance', 'web1', 'networks', ['blue']));
    assert.ok(has('floating_ip', '203.0.113.80', 'instance', 'web1'));
    assert.ok(has('network', 'blue', 'subnets', ['blue-v4']));
    assert.equal(resourceCalled(lab!, 'network', 'green'), null);
  });
});

describe('what the openstack client is shown to answer', () => {
  const messages = (text: string): string[] =>
    consoleProblems(lab!, { text, range: { start: 0, end: 0, line: 1 }, step: null }).map(
      ({ range, message }) => `${String(range.line)}: ${message}`,
    );

  it('is compared with the lab, row by row', () => {
    const text = `$ openstack router show edge
+-------+-------+
| Field | Value |
| ha    | True  |
| id    | …     |
| name  | edg   |
$ openstack network show green
| mtu   | 1450  |`;
    assert.deepEqual(messages(text), [
      '7: `name` of "edge" is "edge" here, not "edg".',
      '8: This lab has no network "green".',
    ]);
  });

  it('names addresses of ports that are there', () => {
    const listed = (address: string): string =>
      `$ openstack port list -c "Fixed IP Addresses"\n| ip_address='${address}' |`;
    const own = lab!.ports[0]?.fixed_ips[0]?.ip_address ?? '';
    assert.notEqual(own, '');
    assert.deepEqual(messages(`${listed(own)}\n${listed('192.168.10.…')}`), []);
    assert.deepEqual(messages(listed('192.0.2.9')), ['3: No port of this lab has 192.0.2.9.']);
  });

  it('knows a floating IP by its address, not by its network', () => {
    const create = (address: string): string => `$ openstack floating ip create --floating-ip-address ${address} outer`;
    assert.deepEqual(messages(create('203.0.113.80')), []);
    assert.deepEqual(messages('$ openstack floating ip create --port web1-blue outer'), []);
    assert.deepEqual(messages(create('203.0.113.81')), ['2: This lab has no floating ip "203.0.113.81".']);
  });
});
