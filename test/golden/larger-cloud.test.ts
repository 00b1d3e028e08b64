/** The cloud that was recorded in every detail, imported: the texts of its agents, byte for byte, without an engine. */
import assert from 'node:assert/strict';
import { OUTSIDE } from '../../src/model/names.js';
import type { DesiredItem } from '../../src/neutron/node-state.js';
import { realise } from '../../src/neutron/realise.js';
import { largerCloud } from '../fidelity/larger-cloud.js';

const UNDERLAY = {
  addresses: { net1: '172.31.99.21', net2: '172.31.99.22', net3: '172.31.99.23', [OUTSIDE]: '172.31.99.20' },
};

describe('the larger recorded cloud, imported', () => {
  const cloud = largerCloud();
  const states = realise(cloud.lab('larger'), UNDERLAY);
  const file = (node: string, path: string): string | undefined =>
    itemsOf(node).flatMap((item) => (item.kind === 'file' && item.path === path ? [item.content] : []))[0];
  const itemsOf = (node: string): readonly DesiredItem[] => states.find((state) => state.node === node)?.items ?? [];

  for (const [node, places] of cloud.recorded)
    for (const [place, files] of places) {
      const id = place.replace(/^q(router|dhcp)-/, '');
      const paths: Readonly<Record<string, string>> = {
        'keepalived.conf': `/var/lib/neutron/ha_confs/${id}/keepalived.conf`,
        'radvd.conf': files.has('keepalived.conf')
          ? `/var/lib/neutron-lab/radvd/${id}.conf`
          : `/var/lib/neutron/ra/${id}.radvd.conf`,
        'dnsmasq-host': `/var/lib/neutron/dhcp/${id}/host`,
        'dnsmasq-addn_hosts': `/var/lib/neutron/dhcp/${id}/addn_hosts`,
        'dnsmasq-opts': `/var/lib/neutron/dhcp/${id}/opts`,
      };
      for (const [name, text] of files) {
        const path = paths[name];
        if (path !== undefined)
          it(`${name} of ${place} on ${node}`, () => {
            assert.equal(file(node, path), text);
          });
      }
      const argv = files.get('dnsmasq-args.txt');
      if (argv !== undefined)
        it(`arguments of dnsmasq of ${place} on ${node}`, () => {
          const dnsmasq = itemsOf(node).find((item) => item.kind === 'process' && item.namespace === place);
          assert.ok(dnsmasq?.kind === 'process');
          assert.equal(`${dnsmasq.argv.join('\n')}\n`, argv);
        });
    }
});
