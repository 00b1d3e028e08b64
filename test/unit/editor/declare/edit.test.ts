import assert from 'node:assert/strict';
import { editRow } from '../../../../src/editor/declare/flows/edit.js';
import { rangeOfRow } from '../../../../src/editor/declare/range-of-row.js';
import type { About } from '../../../../src/editor/tree/row.js';
import { openLabFile } from '../../../../src/model/lab-file/edit/open.js';
import { about, bundled, declares, objection, portOf, walk } from './support.js';

const ha = bundled('ha-router');
const dual = bundled('dual-stack');

/** The line that has changed, as it is then. */
function becomes(file: typeof ha, row: About, attribute: string, value: string | readonly string[]): string {
  return declares(file, editRow(row), { attribute, value })
    .filter((line) => line.startsWith('+'))
    .map((line) => line.slice(1).trim())
    .join('\n');
}

describe('Changing an attribute', () => {
  const edge = about(ha, 'router', 'edge');

  it('offers what the kind has, with what it is now, and proposes the other one of two', () => {
    const { steps } = walk(ha, editRow(edge));
    const [which, value] = steps;
    assert.ok(which?.ask === 'one' && value?.ask === 'one');
    assert.deepEqual(
      which.choices.map(({ label }) => label),
      ['ha', 'admin_state_up', 'enable_snat', 'network', 'external_fixed_ips', 'l3_agents', 'ha_vr_id'],
    );
    assert.equal(which.choices[0]?.description, 'true');
    assert.equal(value.proposal, 'false');
  });

  it('writes one attribute and keeps the rest of the line', () => {
    assert.equal(becomes(ha, edge, 'ha', 'false'), 'ha: false');
    assert.equal(
      becomes(ha, edge, 'enable_snat', 'false'),
      'external_gateway_info: { network: GATEWAY_NET, enable_snat: false }',
    );
    assert.equal(
      becomes(ha, about(ha, 'instance', 'web1'), 'node', 'compute2'),
      'web1: { node: compute2, networks: [blue] }',
    );
    assert.equal(
      becomes(ha, about(ha, 'node', 'network3'), 'agents', ['l3', 'dhcp']),
      'network3: { agents: [l3, dhcp] }',
    );
    assert.equal(
      becomes(ha, about(ha, 'lab', 'ha-router', { id: 'key' }), 'ha_vrrp_advert_int', '1'),
      'ha_vrrp_advert_int: 1',
    );
  });

  it('writes lists as they are written in a box', () => {
    const green = about(ha, 'subnet', 'green-v4');
    assert.match(
      becomes(ha, green, 'dns_nameservers', '9.9.9.9, 1.1.1.1'),
      /dns_nameservers: \[9\.9\.9\.9, 1\.1\.1\.1\]/,
    );
    assert.match(
      becomes(ha, green, 'allocation_pools', '192.168.20.10-192.168.20.99'),
      /allocation_pools: \[\{ start: 192\.168\.20\.10, end: 192\.168\.20\.99 \}\]/,
    );
    assert.match(
      becomes(ha, green, 'host_routes', '10.0.0.0/8 via 192.168.20.9'),
      /host_routes: \[\{ destination: 10\.0\.0\.0\/8, nexthop: 192\.168\.20\.9 \}\]/,
    );
  });

  it('takes an empty gateway for none', () => {
    assert.match(becomes(dual, about(dual, 'subnet', 'blue-v4'), 'cidr', '192.168.10.0/24'), /^$/);
    const free = openLabFile(ha.text.replace('interfaces: [blue-v4, green-v4]', 'interfaces: [blue-v4]'));
    assert.match(becomes(free, about(free, 'subnet', 'green-v4'), 'gateway_ip', ''), /gateway_ip: null/);
  });

  it('changes parts: the address of an interface, a route, an attachment', () => {
    assert.match(
      becomes(ha, portOf(ha, edge, 'interface', '192.168.20.1'), 'ip_address', '192.168.20.254'),
      /\[blue-v4, \{ subnet: green-v4, ip_address: 192\.168\.20\.254 \}\]/,
    );
    const route = about(ha, 'route', '10.99.0.0/16', { id: '10.99.0.0/16 192.168.10.50', owner: edge });
    assert.match(
      becomes(ha, route, 'nexthop', '192.168.20.50'),
      /destination: 10\.99\.0\.0\/16, nexthop: 192\.168\.20\.50/,
    );
    const db1 = about(ha, 'instance', 'db1');
    const [port] = ha.analysis.built?.ports.filter(({ device_id: id }) => id === db1.id) ?? [];
    const row = portOf(ha, db1, 'port', port?.fixed_ips[0]?.ip_address ?? '');
    assert.match(becomes(ha, row, 'fixed_ip', '192.168.20.42'), /\{ network: green, fixed_ip: 192\.168\.20\.42 \}/);
  });

  it('asks for a rule as a whole, with what it says now', () => {
    const file = openLabFile(
      `${ha.text}security_groups:\n  web:\n    rules:\n      - { direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80 } # the web\n`,
    );
    const group = about(file, 'securityGroup', 'web');
    const rule = file.analysis.built?.security_groups
      .find(({ id }) => id === group.id)
      ?.security_group_rules.find(({ protocol }) => protocol === 'tcp');
    const row = about(file, 'rule', 'tcp 80', { id: rule?.id ?? '', owner: group });
    assert.deepEqual(declares(file, editRow(row)), []);
    assert.match(declares(file, editRow(row), { ports: '8080' }).join('\n'), /port_range_min: 8080.*# the web/);
  });

  it('tells what is wrong with a value while it is typed', () => {
    const mtu = objection(ha, editRow(about(ha, 'network', 'blue')), { attribute: 'mtu' }, 'value', 'many');
    assert.match(mtu ?? '', /number is expected/);
    assert.ok(objection(ha, editRow(about(ha, 'subnet', 'blue-v4')), { attribute: 'gateway_ip' }, 'value', '10.0.0.1'));
  });

  it('finds where in the file a row is declared', () => {
    const at = (row: About): string => {
      const range = rangeOfRow(ha, row);
      return range === null ? '' : ha.text.slice(range.start, range.end);
    };
    assert.equal(at(about(ha, 'network', 'green')), 'green');
    assert.equal(at(about(ha, 'subnet', 'green-v4')), 'green-v4');
    assert.equal(at(portOf(ha, edge, 'interface', '192.168.20.1')), 'green-v4');
    assert.equal(at(about(ha, 'gateway', 'GATEWAY_NET', { owner: edge })), 'external_gateway_info');
    assert.match(at(about(ha, 'route', 'r', { id: '10.99.0.0/16 192.168.10.50', owner: edge })), /^\{ destination/);
    assert.equal(at(about(ha, 'agent', 'l3', { id: 'network1 l3', node: 'network1' })), 'agents');
    assert.equal(at(about(ha, 'group', 'Instances', { id: 'instances' })), 'instances');
  });
});
