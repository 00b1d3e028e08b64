/** A lab that is built by operations, from nothing and back. */
import assert from 'node:assert/strict';
import { createFloatingIp, deleteFloatingIp, updateFloatingIp } from '../../../../src/model/operations/floating-ips.js';
import { setGateway } from '../../../../src/model/operations/gateways.js';
import { addRouterInterface, removeRouterInterface } from '../../../../src/model/operations/interfaces.js';
import { createNetwork, deleteNetwork } from '../../../../src/model/operations/networks.js';
import { createPort, deletePort, updatePort } from '../../../../src/model/operations/ports.js';
import { createRouter, deleteRouter, updateRouter } from '../../../../src/model/operations/routers.js';
import { updateRoutes } from '../../../../src/model/operations/routes.js';
import { createSubnet, deleteSubnet, updateSubnet } from '../../../../src/model/operations/subnets.js';
import type { Lab, Port } from '../../../../src/model/resources.js';
import { labOf } from '../support.js';

const EMPTY = 'lab: l\nnodes: { n1: { agents: [l3, dhcp] }, n2: { agents: [l3] }, c1: {} }\n';
const addresses = (port: Port | undefined): string[] => (port?.fixed_ips ?? []).map((ip) => ip.ip_address);
const owned = (lab: Lab, owner: string): Port[] => lab.ports.filter((port) => port.device_owner === owner);

/** A network with a subnet, under its name. */
function network(lab: Lab, name: string, cidr: string, external = false) {
  const made = createNetwork(lab, { name, 'router:external': external });
  const { lab: next, subnet } = createSubnet(made.lab, {
    network_id: made.network.id,
    ip_version: cidr.includes(':') ? 6 : 4,
    cidr,
    name: `${name}-s`,
    enable_dhcp: !external,
  });
  return { lab: next, network: made.network, subnet };
}

function small() {
  const ext = network(labOf(EMPTY), 'ext', '203.0.113.0/24', true);
  const a = network(ext.lab, 'a', '10.1.0.0/24');
  const { lab, router } = createRouter(a.lab, {
    name: 'r',
    ha: true,
    external_gateway_info: { network_id: ext.network.id },
  });
  return { lab: addRouterInterface(lab, router.id, { subnet_id: a.subnet.id }).lab, ext, a, router };
}

/** The order in which things came is not compared. */
function same(lab: Lab, file: Lab): void {
  for (const kind of ['networks', 'subnets', 'routers', 'ports'] as const) {
    const byId = (list: readonly { id: string }[]) => [...list].sort((x, y) => (x.id < y.id ? -1 : 1));
    assert.deepEqual(byId(lab[kind]), byId(file[kind]));
  }
}

describe('operations', () => {
  it('build the lab that a lab file says', () => {
    const file = labOf(
      `${EMPTY}networks:
  ext: { router:external: true, subnets: { ext-s: { cidr: 203.0.113.0/24, enable_dhcp: false } } }
  a: { subnets: { a-s: { cidr: 10.1.0.0/24 } } }
routers: { r: { ha: true, external_gateway_info: { network: ext }, interfaces: [a-s] } }
`,
    );
    const { lab } = small();
    same(lab, file);
    assert.deepEqual(lab.ha_vr_ids, file.ha_vr_ids);
    assert.deepEqual(lab.router_l3_agents, file.router_l3_agents);
    assert.deepEqual(lab.network_dhcp_agents, file.network_dhcp_agents);
    assert.deepEqual(lab.nodes, file.nodes);
  });

  it('build a dual-stack lab that a lab file says, joined IPv6 interfaces and SLAAC addresses among it', () => {
    const file = labOf(
      `${EMPTY}networks:
  ext: { router:external: true, subnets: { e4: { cidr: 203.0.113.0/24, enable_dhcp: false }, e6: { cidr: 'fd00:e::/64', enable_dhcp: false } } }
  a: { subnets: { a4: { cidr: 10.1.0.0/24 }, a6: { cidr: 'fd00:a::/64', ipv6_ra_mode: slaac, ipv6_address_mode: slaac }, a7: { cidr: 'fd00:b::/64', ipv6_ra_mode: dhcpv6-stateful, ipv6_address_mode: dhcpv6-stateful } } }
routers: { r: { external_gateway_info: { network: ext }, interfaces: [a4, a6, a7] } }
`,
    );
    const ext = createNetwork(labOf(EMPTY), { name: 'ext', 'router:external': true });
    const a = createNetwork(ext.lab, { name: 'a' });
    const modes = (mode: string): object => ({ ip_version: 6, ipv6_ra_mode: mode, ipv6_address_mode: mode });
    const subnets = [
      { network_id: ext.network.id, name: 'e4', cidr: '203.0.113.0/24', ip_version: 4, enable_dhcp: false },
      { network_id: ext.network.id, name: 'e6', cidr: 'fd00:e::/64', ip_version: 6, enable_dhcp: false },
      { network_id: a.network.id, name: 'a4', cidr: '10.1.0.0/24', ip_version: 4 },
      { network_id: a.network.id, name: 'a6', cidr: 'fd00:a::/64', ...modes('slaac') },
      { network_id: a.network.id, name: 'a7', cidr: 'fd00:b::/64', ...modes('dhcpv6-stateful') },
    ];
    let lab = subnets.reduce((next, body) => createSubnet(next, body).lab, a.lab);
    const { router, ...made } = createRouter(lab, { name: 'r' });
    lab = setGateway(made.lab, router.id, { network_id: ext.network.id }).lab;
    for (const { id, network_id } of lab.subnets) {
      if (network_id === a.network.id) lab = addRouterInterface(lab, router.id, { subnet_id: id }).lab;
    }
    same(lab, file);
  });

  it('take everything away again', () => {
    const { lab, ext, a, router } = small();
    let next = removeRouterInterface(lab, router.id, { subnet_id: a.subnet.id }).lab;
    next = deleteRouter(next, router.id).lab;
    next = deleteSubnet(next, a.subnet.id).lab;
    for (const { id } of [a.network, ext.network]) next = deleteNetwork(next, id).lab;
    assert.deepEqual(next, labOf(EMPTY));
  });

  it('give a subnet that DHCP serves a DHCP port with the lowest address, and take it when DHCP goes off', () => {
    const { lab, subnet } = network(labOf(EMPTY), 'a', '10.1.0.0/24');
    assert.deepEqual(owned(lab, 'network:dhcp').map(addresses), [['10.1.0.2']]);
    const off = updateSubnet(lab, subnet.id, { enable_dhcp: false });
    assert.deepEqual(owned(off.lab, 'network:dhcp'), []);
    assert.deepEqual(off.lab.network_dhcp_agents, {});
  });

  it('give ports a SLAAC address when such a subnet comes, and the gateway one of the new IP version', () => {
    const { lab, ext, a } = small();
    const { lab: plugged, port } = createPort(lab, { network_id: a.network.id, name: 'p' });
    const slaac = { ipv6_ra_mode: 'slaac', ipv6_address_mode: 'slaac' };
    const v6 = { ip_version: 6, cidr: 'fd00:a::/64' };
    const six = createSubnet(plugged, { network_id: a.network.id, ...v6, ...slaac });
    const own = addresses(six.lab.ports.find(({ id }) => id === port.id));
    assert.deepEqual([own.length, own[0]], [2, addresses(port)[0]]);
    assert.match(own[1] ?? '', /^fd00:a::f816:3eff:/);
    assert.equal(addresses(owned(six.lab, 'network:ha_router_replicated_interface')[0]).length, 1);
    const dual = createSubnet(six.lab, {
      network_id: ext.network.id,
      ip_version: 6,
      cidr: 'fd00:e::/64',
      enable_dhcp: false,
    });
    const [gateway] = owned(dual.lab, 'network:router_gateway');
    assert.equal(addresses(gateway).length, 2);
    assert.deepEqual(dual.lab.routers[0]?.external_gateway_info?.external_fixed_ips, gateway?.fixed_ips);
    const gone = deleteSubnet(six.lab, six.subnet.id);
    assert.deepEqual(addresses(gone.lab.ports.find(({ id }) => id === port.id)), addresses(port));
  });

  it('lead a floating IP to a port, and to none when the port goes', () => {
    const { lab, ext, a, router } = small();
    const { lab: plugged, port } = createPort(lab, { network_id: a.network.id, device_owner: 'compute:nova' });
    const free = createFloatingIp(plugged, { floating_network_id: ext.network.id });
    assert.equal(free.floatingip.port_id, null);
    const led = updateFloatingIp(free.lab, free.floatingip.id, { port_id: port.id });
    assert.deepEqual([led.floatingip.router_id, led.floatingip.fixed_ip_address], [router.id, addresses(port)[0]]);
    const gone = deletePort(led.lab, port.id).lab;
    assert.deepEqual(gone.floatingips, [free.floatingip]);
    assert.deepEqual(deleteFloatingIp(gone, free.floatingip.id).lab, lab);
  });

  it('make a legacy router of an HA one and back', () => {
    const { lab, router } = small();
    const down = updateRouter(lab, router.id, { admin_state_up: false, ha: false });
    assert.equal(down.router.ha, false);
    assert.deepEqual(owned(down.lab, 'network:router_ha_interface'), []);
    assert.deepEqual(down.lab.ha_vr_ids, {});
    assert.deepEqual(down.lab.router_l3_agents[router.id], ['n1']);
    assert.deepEqual(
      owned(down.lab, 'network:router_interface').map((port) => port['binding:host_id']),
      ['n1'],
    );
    const again = updateRouter(down.lab, router.id, { ha: true });
    assert.equal(owned(again.lab, 'network:router_ha_interface').length, 2);
    assert.equal(owned(again.lab, 'network:ha_router_replicated_interface')[0]?.['binding:host_id'], '');
  });

  it('change the gateway, its SNAT and its address', () => {
    const { lab, ext, router } = small();
    const off = setGateway(lab, router.id, { network_id: ext.network.id, enable_snat: false });
    assert.equal(off.router.external_gateway_info?.enable_snat, false);
    assert.deepEqual(off.lab.ports, lab.ports);
    const fixed = [{ ip_address: '203.0.113.77' }];
    const moved = setGateway(lab, router.id, { network_id: ext.network.id, external_fixed_ips: fixed });
    assert.deepEqual(owned(moved.lab, 'network:router_gateway').map(addresses), [['203.0.113.77']]);
  });

  it('keep the addresses of a port that a request names again', () => {
    const { lab, network: a, subnet } = network(labOf(EMPTY), 'a', '10.1.0.0/24');
    const made = createPort(lab, {
      network_id: a.id,
      fixed_ips: [{ subnet_id: subnet.id }, { ip_address: '10.1.0.50' }],
    });
    assert.equal(made.port.fixed_ips.length, 2);
    const kept = updatePort(made.lab, made.port.id, { fixed_ips: made.port.fixed_ips.map((ip) => ({ ...ip })) });
    assert.deepEqual(kept.port, made.port);
    const one = updatePort(made.lab, made.port.id, { fixed_ips: [{ subnet_id: subnet.id }] });
    assert.deepEqual(one.port.fixed_ips, [made.port.fixed_ips[0]]);
  });

  it('put routes into a router', () => {
    const { lab, router } = small();
    const routes = [{ destination: '10.9.0.0/16', nexthop: '10.1.0.9' }];
    assert.deepEqual(updateRoutes(lab, router.id, routes).router.routes, routes);
  });
});
