import assert from 'node:assert/strict';
import { labFromCloud, loadCloud } from '../../support/cloud.js';
import type { ResourceRef } from '../../../src/model/resources.js';
import type { DesiredItem, NodeState } from '../../../src/neutron/node-state.js';
import { realise } from '../../../src/neutron/realise.js';
import { observe } from '../../../src/reconcile/observe.js';
import { commandLine, planNode } from '../../../src/reconcile/plan.js';
import type { Step } from '../../../src/reconcile/step.js';

const UNDERLAY = { addresses: { net1: '172.20.0.11', net2: '172.20.0.12', net3: '172.20.0.13' } };
const WEB = 'NIPv4e86b77bb-672e-4c56-b9ae-';
const known = new Map<string, ResourceRef>([
  ['e86b77bb-67', { kind: 'security_group', id: 'e86b77bb-672e-4c56-b9ae-411e915aa5a9', name: 'web' }],
]);

/** What is filtered on net1, without the rest of the node. */
function desired(): NodeState<DesiredItem> {
  const state = realise(labFromCloud(loadCloud('08-security-groups')), UNDERLAY).find(({ node }) => node === 'net1')!;
  const firewall: ReadonlySet<string> = new Set(['ruleset', 'ipset', 'ebtables']);
  return {
    node: 'net1',
    items: state.items.filter((item) => firewall.has(item.kind) && 'namespace' in item && item.namespace === ''),
  };
}

function text(kind: 'ruleset' | 'ebtables', family = 4): string {
  const found = desired().items.find(
    (item) => item.kind === kind && (item.kind !== 'ruleset' || item.family === family),
  );
  assert.ok(found?.kind === 'ruleset' || found?.kind === 'ebtables');
  return found.text;
}

interface Seen {
  iptables?: string;
  ip6tables?: string;
  ipset?: string;
  ebtables?: string;
}

const SETS = `create ${WEB} hash:net family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x01f73651
add ${WEB} 10.6.0.86
add ${WEB} 10.6.0.235
`;

/** A node on which all is as it should be, apart from what is said. */
function node(seen: Seen = {}): NodeState {
  const all = { iptables: text('ruleset'), ip6tables: text('ruleset', 6), ipset: SETS, ebtables: text('ebtables') };
  const root = { addr: [], route4: [], route6: [], fdb: [], sysctls: {}, ...all, ...seen };
  return observe('net1', { t: 0, namespaces: { '': root }, files: [], processes: [], faults: [] });
}

function plan(seen: Seen, wanted = desired()): Step[] {
  return planNode(wanted, node(seen), known);
}

function lines(steps: readonly Step[]): string[] {
  return steps.map(commandLine);
}

function input(step: Step | undefined): string[] {
  return step?.action.type === 'run' ? (step.action.stdin ?? '').trimEnd().split('\n') : [];
}

const nothing = { iptables: '', ip6tables: '', ipset: '', ebtables: '' };

describe('the plan of a node’s firewall', () => {
  it('is empty where all is there, whatever others have beside it', () => {
    assert.deepEqual(plan({}), []);
    const foreign = text('ruleset')
      .replace('-A INPUT -j', '-A INPUT -s 198.18.0.1/32 -j DROP\n-A INPUT -j')
      .replace(':neutron-filter-top', ':mine - [5:400]\n:neutron-filter-top')
      .replace(':FORWARD ACCEPT', ':FORWARD DROP [7:560]');
    assert.deepEqual(plan({ iptables: `${foreign}*nat\n:OUTPUT ACCEPT\n-A OUTPUT -j DOCKER_OUTPUT\nCOMMIT\n` }), []);
    const set =
      'create mine hash:net family inet\nadd mine 10.0.0.1\ncreate other bitmap:port range 1-2\nadd other 1\n';
    assert.deepEqual(plan({ ipset: SETS + set }), []);
  });

  it('makes the sets before the rules that look them up', () => {
    const steps = plan(nothing);
    assert.deepEqual(lines(steps), [
      'ipset restore -exist <<EOF …',
      'iptables-restore --noflush <<EOF …',
      'ip6tables-restore --noflush <<EOF …',
      'ebtables-restore --noflush <<EOF …',
    ]);
    assert.deepEqual(input(steps[0]), [
      `create ${WEB} hash:net family inet`,
      `add ${WEB} 10.6.0.235`,
      `add ${WEB} 10.6.0.86`,
    ]);
    assert.ok(input(steps[1]).includes('-I FORWARD -j neutron-filter-top'));
  });

  it('adds and removes members one by one, and ends the connections of those that went', () => {
    const steps = plan({ ipset: SETS.replace('10.6.0.86', '10.6.0.99') });
    assert.deepEqual(lines(steps), [
      `ipset add -exist ${WEB} 10.6.0.86`,
      `ipset del -exist ${WEB} 10.6.0.99`,
      'conntrack --load-file - <<EOF …',
    ]);
    assert.match(steps[0]?.why ?? '', /10\.6\.0\.86 is not in it, 10\.6\.0\.99 is in it/);
    assert.deepEqual(input(steps[2]), [
      '-D -f ipv4 -d 10.6.0.236 -w 4097 -s 10.6.0.99',
      '-D -f ipv4 -d 10.6.0.235 -w 4097 -s 10.6.0.99',
    ]);
  });

  it('ends the connections that a rule allowed which goes', () => {
    const established = '-A neutron-linuxbri-oc13f58d5-d -j RETURN\n';
    const ingress = text('ruleset').replace(
      '-A neutron-linuxbri-ic13f58d5-d -p icmp -j RETURN\n',
      (rule) => `${rule}-A neutron-linuxbri-ic13f58d5-d -s 10.9.0.0/16 -p tcp -m tcp --dport 22 -j RETURN\n`,
    );
    assert.deepEqual(input(plan({ iptables: ingress })[1]), ['-D -p tcp -f ipv4 -d 10.6.0.235 -w 4097']);
    const egress = ingress.replace(established, (rule) => `${rule.replace('-j', '-d 10.8.0.0/16 -j')}${rule}`);
    assert.deepEqual(input(plan({ iptables: egress })[1]), [
      '-D -p tcp -f ipv4 -d 10.6.0.235 -w 4097',
      '-D -f ipv4 -s 10.6.0.235 -w 4097',
    ]);
  });

  it('writes the chain that differs, and no other', () => {
    const icmp = '-A neutron-linuxbri-ic13f58d5-d -p icmp -j RETURN\n';
    assert.ok(text('ruleset').includes(icmp));
    const [step, ...others] = plan({ iptables: text('ruleset').replace(icmp, '') });
    assert.deepEqual(others, []);
    const changed = input(step);
    assert.deepEqual(changed.slice(0, 2), ['*filter', ':neutron-linuxbri-ic13f58d5-d - [0:0]']);
    assert.ok(changed.slice(2, -1).every((line) => line.startsWith('-A neutron-linuxbri-ic13f58d5-d ')));
    assert.ok(changed.includes(icmp.trimEnd()));
  });

  it('puts a jump back on top that somebody took away, and removes chains of ports that are gone', () => {
    const iptables = text('ruleset')
      .replace('-A FORWARD -j neutron-filter-top\n', '')
      .replace('*filter\n', '*filter\n:neutron-linuxbri-iffffffff-f - [0:0]\n:neutron-linuxbri-offffffff-f - [0:0]\n');
    assert.deepEqual(input(plan({ iptables })[0]), [
      '*filter',
      ':neutron-linuxbri-iffffffff-f - [0:0]',
      ':neutron-linuxbri-offffffff-f - [0:0]',
      '-D FORWARD -j neutron-linuxbri-FORWARD',
      '-I FORWARD -j neutron-linuxbri-FORWARD',
      '-I FORWARD -j neutron-filter-top',
      '-X neutron-linuxbri-iffffffff-f',
      '-X neutron-linuxbri-offffffff-f',
      'COMMIT',
    ]);
  });

  it('keeps the conntrack zones that the node has', () => {
    const zone = text('ruleset').replaceAll('--zone 4097', '--zone 4105');
    assert.deepEqual(
      plan({ iptables: zone, ip6tables: text('ruleset', 6).replaceAll('--zone 4097', '--zone 4105') }),
      [],
    );
    const steps = plan({ iptables: zone, ip6tables: '' });
    assert.ok(input(steps[0]).some((line) => line.endsWith('-j CT --zone 4105')));
  });

  it('takes away sets and ebtables that nobody asks for, the sets after the rules, and nothing of others', () => {
    const none: NodeState<DesiredItem> = {
      node: 'net1',
      items: desired()
        .items.map((item) => (item.kind === 'ruleset' ? { ...item, text: '' } : item))
        .filter(({ kind }) => kind === 'ruleset'),
    };
    const ebtables = text('ebtables').replace('-A neutronARP', '-A PREROUTING -i mine -j DROP\n-A neutronARP');
    const steps = plan({ ipset: `${SETS}create mine hash:net family inet\n`, ebtables }, none);
    assert.deepEqual(lines(steps), [
      'iptables-restore --noflush <<EOF …',
      'ip6tables-restore --noflush <<EOF …',
      'ebtables-restore --noflush <<EOF …',
      `ipset destroy ${WEB}`,
      'conntrack --load-file - <<EOF …',
    ]);
    assert.equal(steps[3]?.resource.name, 'web');
    const removed = input(steps[2]);
    assert.ok(removed.includes('-D PREROUTING -i tapc13f58d5-da -j neutronMAC-tapc13f58d5-da'));
    assert.ok(removed.includes('-X neutronMAC-tapc13f58d5-da'));
    assert.ok(!removed.some((line) => line.includes('mine')));
    const foreign = '*nat\n:PREROUTING ACCEPT\n-A PREROUTING -i mine -j DROP\n';
    assert.deepEqual(plan({ ...nothing, ebtables: foreign }, { node: 'net1', items: [] }), []);
  });
});
