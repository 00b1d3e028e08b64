import assert from 'node:assert/strict';
import type { Lab, Network, Port } from '../../../src/model/resources.js';
import { itemKey, type DesiredItem } from '../../../src/neutron/node-state.js';
import { realise } from '../../../src/neutron/realise.js';
import { labFromCloud, loadCloud, scenarioNames } from '../../support/cloud.js';

const UNDERLAY = {
  addresses: { net1: '172.20.0.11', net2: '172.20.0.12', net3: '172.20.0.13', outside: '172.20.0.250' },
};
const HA = labFromCloud(loadCloud('02-ha-two-subnets-gateway-fip'));
const LEGACY = labFromCloud(loadCloud('05-legacy-snat-off-ecmp-fip'));

function itemsOf(lab: Lab, node: string): readonly DesiredItem[] {
  return realise(lab, UNDERLAY).find((state) => state.node === node)!.items;
}

function file(items: readonly DesiredItem[], path: string): string | undefined {
  return items.flatMap((item) => (item.kind === 'file' && item.path === path ? [item.content] : []))[0];
}

function withOutside(lab: Lab): Lab {
  return { ...lab, nodes: [...lab.nodes, { name: 'outside', agents: [] }] };
}

/** The HA lab over and over: each router with networks, ports and HA ports of its own, on one HA network. */
function manyRouters(count: number): Lab {
  const haNetwork = HA.networks.find(({ name }) => name.startsWith('HA network'))!;
  const copies = Array.from({ length: count }, (_, number) => {
    const own = (id: string) => `${number.toString(16).padStart(8, '0')}${id.slice(8)}`;
    const owned = (id: string) => (id === haNetwork.id ? id : own(id));
    return {
      networks: HA.networks
        .filter(({ id }) => id !== haNetwork.id)
        .map((each): Network => ({ ...each, id: own(each.id) })),
      subnets: HA.subnets.map((each) => ({ ...each, id: own(each.id), network_id: owned(each.network_id) })),
      ports: HA.ports
        .filter(({ device_owner: owner }) => owner !== 'compute:nova')
        .map((each): Port => ({
          ...each,
          id: own(each.id),
          network_id: owned(each.network_id),
          device_id: own(each.device_id),
          fixed_ips: each.fixed_ips.map((ip) => ({ ...ip, subnet_id: own(ip.subnet_id) })),
        })),
      routers: HA.routers.map((each) => ({ ...each, id: own(each.id) })),
      vrid: [own(HA.routers[0]!.id), (number % 254) + 1] as const,
    };
  });
  return {
    ...HA,
    networks: [haNetwork, ...copies.flatMap((copy) => copy.networks)],
    subnets: copies.flatMap((copy) => copy.subnets),
    ports: copies.flatMap((copy) => copy.ports),
    routers: copies.flatMap((copy) => copy.routers),
    floatingips: [],
    instances: [],
    router_l3_agents: Object.fromEntries(copies.map(({ vrid: [id] }) => [id, ['net1', 'net2', 'net3']])),
    network_dhcp_agents: {},
    ha_vr_ids: Object.fromEntries(copies.map(({ vrid }) => vrid)),
  };
}

describe('the desired state of a lab', () => {
  for (const scenario of scenarioNames()) {
    it(`names each thing of ${scenario} once, with its resource and a sentence why`, () => {
      for (const { node, items } of realise(withOutside(labFromCloud(loadCloud(scenario))), UNDERLAY)) {
        assert.deepEqual(
          items.map(itemKey).filter((key, index, all) => all.indexOf(key) !== index),
          [],
          node,
        );
        for (const { why, resource } of items) {
          assert.match(why, /^\w.{20,}\.$/, why);
          assert.ok(resource.id !== '' && resource.name !== '');
        }
      }
    });
  }

  it('floods to each other node that has the network, and to no other', () => {
    const items = itemsOf(HA, 'net1');
    const blue = HA.networks.find(({ name }) => name === 'blue')!;
    const peers = items.flatMap((item) =>
      item.kind === 'fdb' && item.device === `vxlan-${String(blue['provider:segmentation_id'])}`
        ? [item.destination]
        : [],
    );
    assert.deepEqual(peers, ['172.20.0.12', '172.20.0.13']);
  });

  it('gives keepalived one configuration on all nodes, but for the HA interface', () => {
    const path = `/var/lib/neutron/ha_confs/${HA.routers[0]!.id}/keepalived.conf`;
    const texts = ['net1', 'net2', 'net3'].map((node) =>
      file(itemsOf(HA, node), path)!.replaceAll(/ha-[0-9a-f-]{11}/g, 'ha-'),
    );
    assert.equal(new Set(texts).size, 1);
  });

  it('builds nothing of a router that is administratively down', () => {
    const down = { ...LEGACY, routers: LEGACY.routers.map((router) => ({ ...router, admin_state_up: false })) };
    assert.deepEqual(
      itemsOf(down, 'net3').filter(({ resource }) => resource.kind === 'router'),
      [],
    );
  });

  it('serves no DHCP on a network that is down', () => {
    const down = { ...LEGACY, networks: LEGACY.networks.map((network) => ({ ...network, admin_state_up: false })) };
    assert.ok(!itemsOf(down, 'net3').some((item) => item.kind === 'process' && item.name === 'dnsmasq'));
  });

  it('says which node has no address on the underlay, and what to do', () => {
    assert.throws(() => realise(HA, { addresses: {} }), { code: 'UnknownUnderlayAddress', message: /net1/ });
  });

  it('gives a port that is down a tap that is down', () => {
    const ports = HA.ports.map((port) => (port.name === 'web1' ? { ...port, admin_state_up: false } : port));
    const tap = itemsOf({ ...HA, ports }, 'net1').find(
      (item) => item.kind === 'link' && item.name === 'tap5400282d-3b',
    );
    assert.ok(tap?.kind === 'link' && !tap.up);
  });

  it('realises 200 HA routers on three nodes, each with its keepalived', () => {
    const keepalived = realise(manyRouters(200), UNDERLAY).map(
      ({ items }) => items.filter((item) => item.kind === 'process' && item.name === 'keepalived').length,
    );
    assert.deepEqual(keepalived, [200, 200, 200]);
  });
});

describe('the L3 agent of a node', () => {
  const router = HA.routers[0]!.id;

  it('is told how to follow an HA router', () => {
    assert.equal(
      file(itemsOf(HA, 'net3'), `/var/lib/neutron-lab/l3/${router}`),
      `namespace qrouter-${router}
ha_device ha-620fd172-27
primary_vip 169.254.0.39/24
advert_int 2
state_file /var/lib/neutron/ha_confs/${router}/state
gateway_device qg-6cb2592f-03
gateway_accept_ra 2
`,
    );
  });

  it('takes no default route from advertisements where the gateway has one, and runs radvd where prefixes are', () => {
    const dual = labFromCloud(loadCloud('04-ha-dual-stack-gateway'));
    const text = file(itemsOf(dual, 'net1'), `/var/lib/neutron-lab/l3/${dual.routers[0]!.id}`)!;
    assert.match(text, /^gateway_accept_ra 0$/m);
    assert.match(text, /^radvd_conf \/var\/lib\/neutron\/ra\/.*\.radvd\.conf\nradvd_pid .*\.pid\.radvd$/m);
  });

  it('respawns keepalived and dnsmasq of its node, and reads all of its files again on a hang-up', () => {
    const items = itemsOf(HA, 'net1');
    const agent = items.find((item) => item.kind === 'process' && item.name === 'l3-agent');
    assert.ok(agent?.kind === 'process');
    const reads = items.flatMap((item) =>
      item.kind === 'file' && /neutron-lab\/(l3|children)\//.test(item.path) ? [item.path] : [],
    );
    assert.deepEqual([...agent.reloads].sort(), reads.sort());
    assert.match(
      file(items, `/var/lib/neutron-lab/children/keepalived-${router}`)!,
      /^namespace qrouter-.*\npidfile .*\.pid\.keepalived\ndaemonizes 1\narg keepalived\narg -P\narg -f\n/,
    );
    assert.ok(reads.some((path) => path.includes('/children/dnsmasq-')));
  });

  it('respawns nothing where the configuration says exit', () => {
    const config = { ...HA.config, check_child_processes_action: 'exit' } as const;
    assert.ok(
      !itemsOf({ ...HA, config }, 'net1').some((item) => item.kind === 'file' && item.path.includes('/children/')),
    );
  });

  it('runs only where it hosts a router', () => {
    assert.ok(!itemsOf(LEGACY, 'net1').some((item) => item.kind === 'process' && item.name === 'l3-agent'));
    assert.ok(itemsOf(LEGACY, 'net3').some((item) => item.kind === 'process' && item.name === 'l3-agent'));
  });
});

describe('a legacy router', () => {
  it('leaves out an extra route whose next hop is on none of its links', () => {
    const routers = LEGACY.routers.map((router) => ({
      ...router,
      routes: [{ destination: '10.9.0.0/16', nexthop: '192.0.2.9' }],
    }));
    assert.ok(
      !itemsOf({ ...LEGACY, routers }, 'net3').some(
        (item) => item.kind === 'route' && item.destination === '10.9.0.0/16',
      ),
    );
  });

  it('reaches a gateway outside its subnet by a route on the link', () => {
    const subnets = LEGACY.subnets.map((subnet) =>
      subnet.name === 'ext-0' ? { ...subnet, gateway_ip: '198.51.100.1' } : subnet,
    );
    const routes = itemsOf({ ...LEGACY, subnets }, 'net3').flatMap((item) =>
      item.kind === 'route' && item.nexthops.some(({ device }) => device?.startsWith('qg-')) ? [item] : [],
    );
    assert.deepEqual(
      routes.map(({ destination, scope, nexthops }) => [destination, scope, nexthops[0]!.via]),
      [
        ['198.51.100.1', 'link', null],
        ['default', 'global', '198.51.100.1'],
      ],
    );
  });
});
