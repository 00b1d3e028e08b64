import assert from 'node:assert/strict';
import { longestAt } from '../../../src/experiment/long-packets.js';
import { targetOf } from '../../../src/experiment/probe-target.js';
import type { FaultyDevice } from '../../../src/lab/break/fault.js';
import { probeWords } from '../../../src/lab/node/probe-request.js';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import { indexLab } from '../../../src/model/lab-queries.js';
import { portDevice } from '../../../src/model/names.js';
import type { ScenarioProbe } from '../../../src/model/scenario.js';

const { lab } = readLabFile(`lab: x
networks:
  world: { router:external: true, subnets: { w: { cidr: 203.0.113.0/24, gateway_ip: 203.0.113.1, enable_dhcp: false } } }
  blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24 } } }
  green: { subnets: { green-v4: { cidr: 192.168.20.0/24 } } }
  grey: { subnets: { grey-v4: { cidr: 192.168.30.0/24 } } }
routers:
  edge: { ha: true, external_gateway_info: { network: world }, interfaces: [blue-v4, green-v4, grey-v4] }
instances:
  web1: { networks: [blue] }
  web2: { networks: [blue] }
  db1: { networks: [green] }
  log1: { networks: [grey] }
floating_ips: [{ network: world, instance: web1 }]
`);
assert.ok(lab);
const index = indexLab(lab);
const router = lab.routers[0]?.id ?? '';
const [node = ''] = lab.router_l3_agents[router] ?? [];

/** The longest packet at the router's interface to a network. */
function at(network: string, ...probes: readonly Partial<ScenarioProbe>[]): number | null {
  const device: FaultyDevice = network === 'world' ? 'qg' : network === 'underlay' ? 'underlay' : 'qr';
  const port = index.portsOfRouter(router).find((one) => index.networks.get(one.network_id)?.name === network);
  const name = port ? portDevice(device === 'qg' ? 'qg-' : 'qr-', port.id) : 'eth0';
  const targets = probes.map((one, nth) =>
    targetOf(lab!, { kind: 'ping', from: 'web1', to: 'db1', interval: 20, ...one }, nth + 1),
  );
  const marks = [{ node, name: `mtu-${name}` }];
  return longestAt(lab!, { kind: 'mtu', node, router, device, mtu: 1200 }, { marks }, targets);
}

describe('The longest packet that goes by an interface whose MTU was lowered', () => {
  it('is that of a ping with a size, with its headers, by either of the interfaces that it passes', () => {
    for (const network of ['blue', 'green']) assert.equal(at(network, {}, { size: 100 }, { size: 1300 }), 1328);
    assert.equal(at('underlay', { size: 1300 }), 1378, 'with what VXLAN puts around it');
  });

  it('is none where only the usual pings go, or nothing goes by it', () => {
    assert.equal(at('blue', {}), null);
    assert.equal(at('grey', { size: 1300 }), null);
    assert.equal(at('blue', { size: 1300, to: 'web2' }), null, 'they are on one network');
    assert.equal(at('blue', { size: 1300, from: 'db1', to: 'outside' }), null);
  });

  it('goes to the outside by the gateway, and comes from there to a floating IP', () => {
    for (const network of ['world', 'blue']) {
      assert.equal(at(network, { size: 1000, to: 'outside' }), 1028);
      assert.equal(at(network, { size: 1000, from: 'outside', to: 'web1' }), 1028);
      assert.equal(at(network, { size: 1000, to: '198.51.100.80' }), 1028);
    }
    assert.equal(at('green', { size: 1000, to: 'outside' }), null);
  });

  it('goes no further than the router where that is asked', () => {
    assert.equal(at('blue', { size: 1300, to: 'edge' }), 1328);
    assert.equal(at('green', { size: 1300, to: '192.168.20.1' }), null);
  });
});

describe('A ping with a size', () => {
  it('asks the node for it, and is told apart by it; without one it is what it was', () => {
    const target = (more: Partial<ScenarioProbe>) =>
      targetOf(lab, { kind: 'ping', from: 'web1', to: 'db1', interval: 20, ...more }, 1);
    const sized = target({ size: 1300 });
    assert.match(sized.name, /^web1 → db1 \(192\.168\.20\.\d+, 1300 bytes\)$/);
    assert.deepEqual(probeWords(sized.request).slice(4), ['20', '0', '1300']);
    assert.deepEqual(probeWords(target({}).request).slice(4), ['20', '0']);
    assert.equal(target({ to: '198.51.100.80', size: 99 }).name, 'web1 → 198.51.100.80 (99 bytes)');
  });
});
