import assert from 'node:assert/strict';
import { deletionOf, questionOf } from '../../../../src/editor/declare/deletion.js';
import { openLabFile } from '../../../../src/model/lab-file/edit/open.js';
import { readLabFile } from '../../../../src/model/lab-file/read.js';
import { applyEdit } from '../../../../src/model/lab-file/edit/apply.js';
import type { About } from '../../../../src/editor/tree/row.js';
import type { OpenLabFile } from '../../../../src/model/lab-file/edit/open.js';
import { about, bundled, changed, portOf } from './support.js';

const ha = bundled('ha-router');

/** What is left, which must be a lab file without an error. */
function left(file: OpenLabFile, rows: readonly About[]): string {
  const deletion = deletionOf(file, rows);
  assert.ok(deletion);
  const outcome = applyEdit(file, deletion.edit);
  if (outcome.refusal !== null) throw outcome.refusal;
  assert.deepEqual(readLabFile(outcome.text).problems, []);
  return outcome.text;
}

describe('Deleting rows', () => {
  it('asks with a clear verb, in the words of Neutron, and says what goes with it', () => {
    const deletion = deletionOf(ha, [about(ha, 'network', 'blue')]);
    assert.ok(deletion);
    const question = questionOf(deletion);
    assert.equal(question?.button, 'Delete network blue and 4 Dependents');
    assert.match(question.detail, /Neutron refuses it alone: .*Unable to complete operation on network 'blue'/);
    assert.match(question.detail, /router edge: interface goes/);
    assert.match(question.detail, /floating IP 203\.0\.113\.\d+/);
  });

  it('does not ask about what nothing depends on: undo brings it back', () => {
    const deletion = deletionOf(ha, [about(ha, 'instance', 'db1')]);
    assert.ok(deletion);
    assert.equal(questionOf(deletion), null);
    assert.deepEqual(changed(ha, deletion.edit), ['-  db1: { node: compute2, networks: [green] }']);
  });

  it('deletes several at once, also when one goes with another', () => {
    const text = left(ha, [
      about(ha, 'network', 'blue'),
      about(ha, 'subnet', 'blue-v4'),
      about(ha, 'instance', 'web1'),
      about(ha, 'router', 'edge'),
    ]);
    assert.doesNotMatch(text, /blue|web1|edge/);
    assert.match(text, /green/);
  });

  it('does not count what was chosen among what depends on it', () => {
    const deletion = deletionOf(ha, [
      about(ha, 'network', 'blue'),
      about(ha, 'router', 'edge'),
      about(ha, 'instance', 'web1'),
    ]);
    assert.ok(deletion);
    assert.deepEqual(
      deletion.dependents.map(({ resource }) => resource.kind),
      ['floatingip', 'subnet'],
      'the other subnet of the router stays and loses its interface',
    );
  });

  it('takes away parts: an interface, the gateway, a route, an attachment, an agent', () => {
    const edge = about(ha, 'router', 'edge');
    assert.match(left(ha, [portOf(ha, edge, 'interface', '192.168.20.1')]), /interfaces: \[blue-v4\]/);
    assert.doesNotMatch(left(ha, [about(ha, 'gateway', 'GATEWAY_NET', { owner: edge })]), /external_gateway_info/);
    const route = about(ha, 'route', '10.99.0.0/16', { id: '10.99.0.0/16 192.168.10.50', owner: edge });
    assert.doesNotMatch(left(ha, [route]), /10\.99/);
    const db1 = about(ha, 'instance', 'db1');
    const [port] = ha.analysis.built?.ports.filter(({ device_id: id }) => id === db1.id) ?? [];
    const address = port?.fixed_ips[0]?.ip_address ?? '';
    assert.match(left(ha, [portOf(ha, db1, 'port', address)]), /db1: \{ node: compute2 \}/);
    const agent = about(ha, 'agent', 'dhcp', { id: 'network2 dhcp', node: 'network2' });
    assert.match(left(ha, [agent]), /network2: \{ agents: \[l3\] \}/);
  });

  it('asks before an interface goes that a route or a floating IP needs', () => {
    const deletion = deletionOf(ha, [portOf(ha, about(ha, 'router', 'edge'), 'interface', '192.168.10.1')]);
    assert.ok(deletion);
    assert.match(questionOf(deletion)?.detail ?? '', /required by one or more floating IPs/);
  });

  it('deletes a rule of a security group', () => {
    const file = openLabFile(
      `${ha.text}security_groups:\n  web:\n    rules:\n      - { direction: ingress, protocol: icmp }\n      - { direction: ingress, protocol: tcp } # all\n`,
    );
    const group = file.analysis.built?.security_groups.find(({ name }) => name === 'web');
    const rule = group?.security_group_rules.find(({ protocol }) => protocol === 'icmp');
    const row = about(file, 'rule', 'icmp', { id: rule?.id ?? '', owner: about(file, 'securityGroup', 'web') });
    assert.doesNotMatch(left(file, [row]), /icmp/);
  });

  it('leaves alone what the file does not declare', () => {
    assert.equal(deletionOf(ha, [about(ha, 'replica', 'network1')]), null);
  });
});
