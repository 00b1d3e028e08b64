import assert from 'node:assert/strict';
import { dropOf } from '../../../../src/editor/declare/drop.js';
import type { About } from '../../../../src/editor/tree/row.js';
import { type OpenLabFile, openLabFile } from '../../../../src/model/lab-file/edit/open.js';
import { about, bundled, changed, declares } from './support.js';

const ha = bundled('ha-router');
const two = openLabFile(
  ha.text.replace('routers:\n', 'routers:\n  second: {}\n').replace('[blue-v4, green-v4]', '[blue-v4]'),
);

function dropped(file: OpenLabFile, row: About, onto: About): string {
  const drop = dropOf(file, row, onto);
  assert.ok('edit' in drop);
  return changed(file, drop.edit)
    .filter((line) => line.startsWith('+'))
    .join('\n');
}

describe('Dropping a row on another', () => {
  const web1 = about(ha, 'instance', 'web1');

  it('plugs an instance into a network, whichever of the two is dragged', () => {
    const expected = '+  web1: { node: compute1, networks: [blue, green] }';
    assert.equal(dropped(ha, web1, about(ha, 'network', 'green')), expected);
    assert.equal(dropped(ha, about(ha, 'network', 'green'), web1), expected);
  });

  it('moves an instance to a node', () => {
    assert.equal(dropped(ha, web1, about(ha, 'node', 'compute2')), '+  web1: { node: compute2, networks: [blue] }');
  });

  it('gives a router an interface: on a subnet, or on the only subnet of a network', () => {
    const second = about(two, 'router', 'second');
    const expected = '+  second:\n+    interfaces: [green-v4]';
    assert.equal(dropped(two, about(two, 'subnet', 'green-v4'), second), expected);
    assert.equal(dropped(two, about(two, 'network', 'green'), second), expected);
  });

  it('asks which subnet where a network has several', () => {
    const dual = bundled('dual-stack');
    const file = openLabFile(dual.text.replace('interfaces: [blue-v4, blue-v6]', 'interfaces: []'));
    const drop = dropOf(file, about(file, 'network', 'blue'), about(file, 'router', 'edge'));
    assert.ok('ask' in drop);
    assert.match(declares(file, drop.ask, { subnet: 'blue-v6' }).join('\n'), /interfaces: \[blue-v6\]/);
  });

  it('makes an external network the gateway of a router', () => {
    assert.equal(
      dropped(two, about(two, 'network', 'GATEWAY_NET'), about(two, 'router', 'second')),
      '+  second:\n+    external_gateway_info: { network: GATEWAY_NET }',
    );
  });

  it('leads a floating IP to an instance', () => {
    const [fip] = ha.analysis.built?.floatingips ?? [];
    const row = about(ha, 'floatingIp', fip?.floating_ip_address ?? '');
    assert.match(dropped(ha, row, about(ha, 'instance', 'db1')), /instance: db1/);
  });

  it('says what can be dropped where the two have nothing to do with one another', () => {
    assert.throws(() => dropOf(ha, web1, about(ha, 'router', 'edge')), /web1 cannot be dropped on edge/);
  });
});
