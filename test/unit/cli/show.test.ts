import assert from 'node:assert/strict';
import { colourPaint, plainPaint, widthOf } from '../../../src/render/paint.js';
import { renderShown, shownJson } from '../../../src/cli/render/show.js';
import { type Shown, withoutVerdict } from '../../../src/lab/show.js';
import type { Part } from '../../../src/lab/show/part.js';

const conf = ['vrrp_instance VR_5 {', ...Array.from({ length: 9 }, (_, index) => `    option ${String(index)}`), '}'];
const right: Part = {
  kind: 'sysctls',
  title: 'kernel settings',
  where: 'ip netns exec qrouter-1 sysctl -a',
  is: ['net.ipv4.ip_forward = 1'],
  should: ['net.ipv4.ip_forward = 1'],
};
const changed: Part = {
  kind: 'keepalived',
  title: 'keepalived.conf',
  where: '/var/lib/neutron/ha_confs/1/keepalived.conf',
  is: conf.map((line) => line.replace('option 5', 'option five')),
  should: conf,
};

function shown(...parts: readonly Part[]): Shown {
  return {
    subject: { kind: 'router', id: '1', name: 'edge' },
    node: 'network1',
    namespace: 'qrouter-1',
    role: 'MASTER',
    parts,
  };
}

describe('what `show` prints', () => {
  it('is the text once where all is right, with the place to find it on a network node', () => {
    assert.equal(
      renderShown(shown(right), plainPaint, 60).join('\n'),
      `edge · router · on network1 · MASTER

kernel settings                              as it should be
ip netns exec qrouter-1 sysctl -a
  net.ipv4.ip_forward = 1

Everything is as it should be.`,
    );
  });

  it('is what is, and no verdict on it, while a fault is to be found', () => {
    const hidden = withoutVerdict({ ...shown(changed, { ...right, is: null }), role: 'FAULT' });
    const text = renderShown(hidden, plainPaint, 60).join('\n');
    assert.match(text, /^edge · router · on network1 · BACKUP\n\nkeepalived\.conf\n[^]*option five/);
    assert.match(text, /\n\nA fault is hidden here: find it\. This is what is there, and not what should be\.$/);
    assert.doesNotMatch(text, /option 5|differ|as it should be|kernel settings/);
    assert.doesNotMatch(JSON.stringify(shownJson(hidden)), /option 5|"right"|"should"/);
  });

  it('is a unified difference where something is not', () => {
    assert.equal(
      renderShown(shown(right, changed), plainPaint, 60).join('\n'),
      `edge · router · on network1 · MASTER

  - should be there and is not   + is there and should not be

kernel settings                              as it should be
ip netns exec qrouter-1 sysctl -a
  net.ipv4.ip_forward = 1

keepalived.conf                               2 lines differ
/var/lib/neutron/ha_confs/1/keepalived.conf
  …
        option 2
        option 3
        option 4
  -     option 5
  +     option five
        option 6
        option 7
        option 8

1 thing is not as it should be: keepalived.conf`,
    );
    const coloured = renderShown(shown(changed), colourPaint, 60).join('\n');
    assert.ok(coloured.includes('\u001b[31m  -     option 5\u001b[0m'));
    assert.ok(coloured.includes('\u001b[32m  +     option five\u001b[0m'));
  });

  it('says that a file is missing, and that another should not be there', () => {
    const lines = renderShown(
      shown({ ...changed, is: null }, { ...right, title: 'radvd.conf', should: null }),
      plainPaint,
      60,
    ).join('\n');
    assert.match(lines, /keepalived\.conf +it is missing\n.*\n {2}- vrrp_instance VR_5 \{\n/);
    assert.match(lines, /radvd\.conf +it should not be there\n.*\n {2}\+ net\.ipv4\.ip_forward = 1\n/);
  });

  it('fits into 80 columns, and lets nothing through that a terminal would obey', () => {
    const long = `-A chain ${'-m comment --comment "a long reason" '.repeat(6)}\u001b[2J`;
    const lines = renderShown(shown({ ...changed, is: [long] }), plainPaint, 80);
    assert.ok(lines.every((line) => widthOf(line) <= 80));
    assert.ok(!lines.join('').includes('\u001b'));
  });

  it('says in a word when only what is wrong was asked for and nothing is', () => {
    assert.match(renderShown(shown(), plainPaint, 80, true).join('\n'), /Everything is as it should be\./);
  });

  it('is the same as JSON', () => {
    const value = JSON.parse(JSON.stringify(shownJson(shown(changed)))) as {
      parts: { right: boolean; is: string[] }[];
    };
    assert.equal(value.parts[0]?.right, false);
    assert.equal(value.parts[0].is.length, conf.length);
  });
});
