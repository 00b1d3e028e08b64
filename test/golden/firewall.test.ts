/**
 * What the Linux bridge agent filters on every node of every recorded cloud: `iptables-save`, `ip6tables-save`,
 * `ipset save` and `ebtables-save` of the node's own namespace, line by line.
 *
 * What the cloud's own data does not decide, and so is taken from the recording or put into one order on both sides:
 *  1. The number of a conntrack zone: the agent hands out the next one for each new network, so it counts the networks
 *     that the node ever filtered. The recorded node's numbers are carried over as the lab does with a node's.
 *  2. The order of the rules for trusted taps, two a tap: the order in which the agent found them, a set's where it
 *     found several at once. The lab has them in the order in which the ports were created.
 *  3. The order of sets, and of members within a set: that of a hash, as is `initval`.
 */
import assert from 'node:assert/strict';
import { normaliseRuleset } from '../../src/neutron/iptables/normalise.js';
import type { DesiredItem } from '../../src/neutron/node-state.js';
import { realise } from '../../src/neutron/realise.js';
import { withZonesOf } from '../../src/neutron/security-groups/conntrack-zones.js';
import { labFromCloud, loadCloud, recordedNode, scenarioNames } from '../support/cloud.js';
import { Recorded } from '../support/recorded.js';

const UNDERLAY = { addresses: { net1: '172.31.99.21', net2: '172.31.99.22', net3: '172.31.99.23' } };

for (const scenario of scenarioNames()) {
  describe(`recorded cloud ${scenario}`, () => {
    for (const { node, items } of realise(labFromCloud(loadCloud(scenario)), UNDERLAY)) {
      const recorded = new Recorded(`${recordedNode(scenario, node)}/root`);

      for (const family of [4, 6] as const) {
        const tool = family === 4 ? 'iptables' : 'ip6tables';
        it(`${node} has the same ${tool}`, () => {
          const theirs = plainLines(recorded.text(`${tool}-save.txt`));
          const ours = plainLines(withZonesOf(rulesetOf(items, family), theirs.join('\n')));
          assert.deepEqual(trustedInOrder(ours), trustedInOrder(theirs));
        });
      }

      it(`${node} has the same sets of addresses`, () => {
        assert.deepEqual(setsOf(items).sort(), recordedSets(recorded).sort());
      });

      it(`${node} has the same ebtables`, () => {
        const saved = recorded.has('ebtables-save.txt') ? recorded.text('ebtables-save.txt') : '';
        const [ours, theirs] = [ebtablesOf(items), saved];
        assert.equal(normaliseRuleset(ours), normaliseRuleset(theirs));
        if (normaliseRuleset(theirs) !== '') assert.deepEqual(plainLines(ours), plainLines(theirs));
      });
    }
  });
}

function rulesetOf(items: readonly DesiredItem[], family: 4 | 6): string {
  const found = items.find((item) => item.kind === 'ruleset' && item.namespace === '' && item.family === family);
  assert.ok(found?.kind === 'ruleset', 'no ruleset');
  return found.text;
}

function ebtablesOf(items: readonly DesiredItem[]): string {
  const found = items.find((item) => item.kind === 'ebtables');
  return found?.kind === 'ebtables' ? found.text : '';
}

function setsOf(items: readonly DesiredItem[]): string[] {
  return items.flatMap((item) =>
    item.kind === 'ipset' ? [[item.name, item.family === 4 ? 'inet' : 'inet6', ...item.members].join(' ')] : [],
  );
}

/** One line for each set, its members sorted; see 3. */
function recordedSets(recorded: Recorded): string[] {
  if (!recorded.has('ipset-save.txt')) return [];
  const sets = new Map<string, { head: string; members: string[] }>();
  for (const line of recorded.lines('ipset-save.txt')) {
    const [, name = '', family = ''] =
      /^create (\S+) hash:net family (inet6?) hashsize 1024 maxelem 65536/.exec(line) ?? [];
    if (name !== '') sets.set(name, { head: `${name} ${family}`, members: [] });
    const [, set = '', member = ''] = /^add (\S+) (\S+)$/.exec(line) ?? [];
    sets.get(set)?.members.push(member);
  }
  return [...sets.values()].map(({ head, members }) => [head, ...members.sort()].join(' '));
}

/** Without comments of the tool and counters. */
function plainLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/ \[\d+:\d+\]$/, ''));
}

/** See 2. Everything else stays where it is. */
function trustedInOrder(lines: readonly string[]): string[] {
  const isTrusted = (line: string): boolean => line.includes('"Accept all packets when port is trusted."');
  const device = (line: string): string => /tap\S+/.exec(line)?.[0] ?? '';
  const sorted = lines.filter(isTrusted).sort((one, other) => device(one).localeCompare(device(other)));
  let next = 0;
  return lines.map((line) => (isTrusted(line) ? (sorted[next++] ?? '') : line));
}
