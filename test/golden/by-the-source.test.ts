/**
 * A cloud of what no recording has, written by hand. The texts are those that the code of Neutron 21.0.0 made of it
 * (`Dnsmasq` of agent/linux/dhcp.py and `KeepalivedInstance` of agent/linux/keepalived.py, run for it): two DHCP
 * agents on a network, two IPv4 subnets on it, host routes of which one is the default, stateless DHCPv6, options for both
 * families and client ids; an HA router with five subnets, without SNAT, with a dual-stack gateway whose gateways are
 * outside their subnets, a third subnet on the external network, equal destinations, and several floating IPs.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importCloud } from '../../src/model/import/import-cloud.js';
import { readLabFile } from '../../src/model/lab-file/read.js';
import { OUTSIDE } from '../../src/model/names.js';
import { realise } from '../../src/neutron/realise.js';

const FOLDER = fileURLToPath(new URL('../data/by-the-source', import.meta.url));
const UNDERLAY = {
  addresses: { net1: '172.31.99.21', net2: '172.31.99.22', net3: '172.31.99.23', [OUTSIDE]: '172.31.99.20' },
};

describe('a cloud of what no recording has, imported', () => {
  const text = readFileSync(join(FOLDER, 'cloud.json'), 'utf8');
  const imported = importCloud([{ name: 'cloud.json', text }], 'by-the-source');
  const { lab } = readLabFile(imported.text ?? '');
  assert.ok(lab);
  const states = realise(lab, UNDERLAY);
  const itemsOf = (node: string) => states.find((state) => state.node === node)?.items ?? [];

  it('loses nothing', () => {
    assert.deepEqual(imported.notes, []);
  });

  for (const name of readdirSync(join(FOLDER, 'files')))
    it(name, () => {
      const [node = '', path = ''] = name.split(' ');
      const expected = readFileSync(join(FOLDER, 'files', name), 'utf8');
      const items = itemsOf(node);
      if (path.endsWith('~args')) {
        const network = path.replace('~args', '');
        const dnsmasq = items.find((item) => item.kind === 'process' && item.namespace === `qdhcp-${network}`);
        assert.ok(dnsmasq?.kind === 'process');
        assert.equal(`${dnsmasq.argv.join('\n')}\n`, expected);
        return;
      }
      const file = items.find((item) => item.kind === 'file' && item.path.endsWith(path.replaceAll('~', '/')));
      assert.ok(file?.kind === 'file', path);
      assert.equal(file.content, expected);
    });

  it('has the rules of its floating IPs, and none for the SNAT of others', () => {
    const router = lab.routers[0]?.id ?? '';
    const rules = itemsOf('net1').find(
      (item) => item.kind === 'ruleset' && item.namespace === `qrouter-${router}` && item.family === 4,
    );
    assert.ok(rules?.kind === 'ruleset');
    const nat = rules.text.slice(rules.text.indexOf('*nat'));
    for (const [floating, fixed] of [
      ['203.0.113.91', '10.1.0.50'],
      ['203.0.113.92', '10.1.0.51'],
      ['203.0.113.9', '10.2.0.50'],
    ] as const) {
      for (const chain of ['PREROUTING', 'OUTPUT'])
        assert.ok(nat.includes(`-A neutron-l3-agent-${chain} -d ${floating}/32 -j DNAT --to-destination ${fixed}\n`));
      assert.ok(
        nat.includes(`-A neutron-l3-agent-float-snat -s ${fixed}/32 -j SNAT --to-source ${floating} --random-fully\n`),
      );
    }
    assert.ok(!/-o qg-\S+ -j SNAT/.test(nat));
    assert.match(nat, /-m mark ! --mark 0x2\/0xffff -m conntrack --ctstate DNAT -j SNAT --to-source 203\.0\.113\.20 /);
    assert.ok(!nat.includes('203.0.113.93'), 'one that leads nowhere has no rule');
  });
});
