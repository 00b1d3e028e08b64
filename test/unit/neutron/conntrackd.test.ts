import assert from 'node:assert/strict';
import { realise } from '../../../src/neutron/realise.js';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import type { DesiredItem } from '../../../src/neutron/node-state.js';

function itemsOf(enabled: boolean): readonly DesiredItem[] {
  const text = `lab: x
networks: { blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24 } } } }
routers: { edge: { ha: true, ha_vr_id: 39, interfaces: [blue-v4] } }
config: { ha_conntrackd_enabled: ${String(enabled)} }
`;
  const { lab, problems } = readLabFile(text);
  assert.deepEqual(problems, []);
  assert.ok(lab);
  const addresses = Object.fromEntries(lab.nodes.map(({ name }, index) => [name, `10.0.0.${String(index + 1)}`]));
  return realise(lab, { addresses }).find(({ node }) => node === 'network1')?.items ?? [];
}

describe('conntrackd of an HA router', () => {
  it('runs beside keepalived, and tells its peers over the HA network on a port of the VRID', () => {
    const items = itemsOf(true);
    const process = items.find((item) => item.kind === 'process' && item.name === 'conntrackd');
    assert.ok(process?.kind === 'process');
    assert.match(process.pidFile, /\/ha_confs\/[0-9a-f-]+\/conntrackd\.pid$/);
    const conf = items.find((item) => item.kind === 'file' && item.path === process.argv[2]);
    assert.ok(conf?.kind === 'file');
    const address = items.find((item) => item.kind === 'address' && item.device.startsWith('ha-'));
    const own = address?.kind === 'address' ? address.address.split('/')[0] : '';
    assert.match(conf.content, new RegExp(`IPv4_interface ${own ?? ''}\\n +Group 3819\\n +Interface ha-`));
    assert.ok(
      items.some((item) => item.kind === 'file' && /^conntrackd \//m.test(item.content)),
      'the agent is told',
    );
    assert.ok(items.some((item) => item.kind === 'file' && item.path.includes('/children/conntrackd-')));
  });

  it('is not there unless somebody wants it', () => {
    assert.ok(!itemsOf(false).some((item) => JSON.stringify(item).includes('conntrackd')));
  });
});
