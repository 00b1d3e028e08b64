/** The comparison itself: it must see what is otherwise. */
import assert from 'node:assert/strict';
import { compare, unexplained } from '../../fidelity/compare.js';
import { OWN_SCENARIOS, type Snapshot, scenariosIn } from '../../fidelity/recording.js';
import { cell, tally } from '../../fidelity/report.js';

const scenario = scenariosIn(OWN_SCENARIOS).find(({ name }) => name.includes('dual-stack'));
assert.ok(scenario);
const { recorded } = scenario;

/** The recording with one file otherwise. */
function changed(file: string, change: (text: string) => string): Snapshot {
  let done = false;
  const copy = new Map(
    [...recorded].map(([node, places]) => [
      node,
      new Map(
        [...places].map(([place, files]) => {
          const text = files.get(file);
          if (text === undefined || done) return [place, files];
          done = change(text) !== text;
          return [place, new Map([...files, [file, change(text)]])];
        }),
      ),
    ]),
  );
  assert.ok(done, `nothing of ${file} was changed`);
  return copy;
}

const found = (lab: Snapshot): string[] => unexplained(compare({ recorded, lab })).map(({ thing }) => thing.title);

describe('the comparison with a recorded cloud', () => {
  it('finds a recording equal to itself', () => {
    const verdicts = compare({ recorded, lab: recorded });
    assert.deepEqual(
      verdicts.flatMap(({ differences }) => differences),
      [],
    );
    const { equal, all } = tally([{ scenario, verdicts }]);
    assert.equal(equal, all);
    assert.ok(all > 20);
  });

  for (const [what, file, change, title] of [
    ['a byte of keepalived.conf', 'keepalived.conf', (text: string) => `${text}\n`, 'keepalived.conf'],
    ['the state', 'state', () => 'master', 'state file'],
    ['an option of DHCP', 'dnsmasq-opts', (text: string) => text.replace('option:', 'option6:'), 'dnsmasq opts'],
    ['a MAC', 'addr.json', (text: string) => text.replace('fa:16:3e', 'fa:16:3f'), 'interfaces'],
    ['a route', 'route4.json', (text: string) => text.replace('"kernel"', '"static"'), 'IPv4 routes'],
    ['a policy', 'rule4.json', (text: string) => text.replace('32766', '32765'), 'IPv4 policy'],
    ['a setting', 'sysctls.txt', (text: string) => `${text}net.ipv4.ip_nonlocal_bind = 0\n`, 'sysctls'],
    [
      'an interface’s MTU',
      'links.json',
      (text: string) => text.replaceAll('"mtu":1450', '"mtu":1400'),
      'bridges, VXLANs, taps',
    ],
    ['a member of a set', 'ipset-save.txt', (text: string) => `${text}add NIPv4 192.0.2.1\n`, 'node ipset'],
    ['an ARP filter', 'ebtables-save.txt', (text: string) => text.replace('-j ACCEPT', '-j DROP'), 'node ebtables'],
  ] as const) {
    it(`sees ${what} that is otherwise`, () => {
      const titles = new Set(found(changed(file, change)));
      assert.ok(titles.has(title), [...titles].join(', '));
    });
  }

  it('sees rules in another order, but not other counters', () => {
    const swapped = changed('iptables-save.txt', (text) => {
      const lines = text.split('\n');
      const at = lines.findIndex((line, index) => line.startsWith('-A') && (lines[index + 1] ?? '').startsWith('-A'));
      return [...lines.slice(0, at), lines[at + 1] ?? '', lines[at] ?? '', ...lines.slice(at + 2)].join('\n');
    });
    assert.ok(found(swapped).some((title) => title.endsWith('iptables')));
    assert.deepEqual(
      found(changed('iptables-save.txt', (text) => text.replace(/ACCEPT \[\d+:\d+\]/, 'ACCEPT [1:2]'))),
      [],
    );
  });

  it('accepts that there is no metadata proxy, and says by which reason', () => {
    const verdicts = compare({ recorded, lab: changed('processes.txt', (text) => text.replace(/^haproxy.*\n/m, '')) });
    assert.deepEqual(unexplained(verdicts), []);
    const processes = verdicts.find(({ thing }) => thing.title === 'processes');
    assert.ok(processes);
    assert.equal(cell(processes), 'equal ¹');
  });

  it('sees a namespace that is not there', () => {
    const [node = '', places] = [...recorded][0] ?? [];
    const lab = new Map([...recorded, [node, new Map([...(places ?? [])].filter(([place]) => place === 'root'))]]);
    assert.ok(found(lab).length > 0);
  });
});
