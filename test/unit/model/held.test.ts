import assert from 'node:assert/strict';
import fc from 'fast-check';
import { containsAddress, parseAddress } from '../../../src/model/addresses.js';
import type { Lab } from '../../../src/model/resources.js';
import { labOf } from './support.js';

interface Tenant {
  readonly name: string;
  readonly ha: boolean;
  readonly hosts: number;
}

/** Names are unique and in the order of the file; each tenant is a network, a router and its instances. */
const tenants = fc.uniqueArray(
  fc.record({ name: fc.stringMatching(/^[a-z]{1,3}$/), ha: fc.boolean(), hosts: fc.nat(4) }),
  { selector: ({ name }) => name, maxLength: 8 },
);

function fileOf(list: readonly Tenant[]): string {
  const lines = (map: (tenant: Tenant) => string): string => list.map((tenant) => `\n  ${map(tenant)}`).join('');
  const hosts = list.flatMap(({ name, hosts: count }) =>
    Array.from({ length: count }, (_, index) => `\n  ${name}-${index}: { networks: [net-${name}] }`),
  );
  const fips = list
    .filter((tenant) => tenant.hosts > 0)
    .map(({ name }) => `\n  - { network: ext, instance: ${name}-0 }`);
  return `lab: l
nodes: { n1: { agents: [l3, dhcp] }, n2: { agents: [l3, dhcp] }, n3: { agents: [l3] }, n4: { agents: [l3] }, c1: {}, c2: {} }
networks:
  ext: { router:external: true, subnets: { e: { cidr: 203.0.113.0/24, enable_dhcp: false } } }${lines(({ name }) => `net-${name}: { subnets: { sub-${name}: { cidr: 10.0.0.0/28 } } }`)}
routers:${lines(({ name, ha }) => `${name}: { ha: ${String(ha)}, interfaces: [sub-${name}], external_gateway_info: { network: ext } }`)}
instances:${hosts.join('')}
floating_ips:${fips.join('')}
`;
}

/** Everything that was chosen, by the id of what it was chosen for. */
function allocations(lab: Lab): Map<string, unknown> {
  return new Map<string, unknown>([
    ...lab.networks.map((network) => [network.id, network['provider:segmentation_id']] as const),
    ...lab.ports.map((port) => [port.id, port] as const),
    ...lab.instances.map((instance) => [instance.id, instance.node] as const),
    ...Object.entries(lab.ha_vr_ids),
    ...Object.entries(lab.router_l3_agents).map(([id, hosts]) => [`l3 ${id}`, hosts] as const),
    ...Object.entries(lab.network_dhcp_agents).map(([id, hosts]) => [`dhcp ${id}`, hosts] as const),
  ]);
}

function assertKept(before: Lab, after: Lab): void {
  const old = allocations(before);
  for (const [id, value] of allocations(after)) if (old.has(id)) assert.deepEqual(value, old.get(id));
}

function assertSound(lab: Lab): void {
  const unique = (values: readonly unknown[]): void => {
    assert.equal(new Set(values).size, values.length);
  };
  const subnets = new Map(lab.subnets.map((subnet) => [subnet.id, subnet]));
  unique(lab.networks.map((network) => network['provider:segmentation_id']));
  unique(lab.ports.map(({ mac_address: mac }) => mac));
  unique(lab.ports.flatMap(({ fixed_ips: ips }) => ips.map((ip) => `${ip.subnet_id} ${ip.ip_address}`)));
  unique(Object.values(lab.ha_vr_ids));
  unique(
    [...lab.ports, ...lab.networks, ...lab.subnets, ...lab.routers, ...lab.floatingips, ...lab.instances].map(
      ({ id }) => id,
    ),
  );
  for (const port of lab.ports) {
    for (const ip of port.fixed_ips) {
      const subnet = subnets.get(ip.subnet_id);
      assert.equal(subnet?.network_id, port.network_id);
      assert.ok(containsAddress(subnet.cidr, ip.ip_address));
      const value = parseAddress(ip.ip_address).value;
      const pooled = subnet.allocation_pools.some(
        ({ start, end }) => value >= parseAddress(start).value && value <= parseAddress(end).value,
      );
      assert.equal(pooled, ip.ip_address !== subnet.gateway_ip);
    }
  }
}

describe('allocation', () => {
  it('is the same each time, unique, and within the pools', () => {
    fc.assert(
      fc.property(tenants, (list) => {
        const lab = labOf(fileOf(list));
        assertSound(lab);
        assert.deepEqual(labOf(fileOf(list)), lab);
        assert.deepEqual(labOf(fileOf(list), lab), lab);
      }),
      { numRuns: 60 },
    );
  });

  it('of a running lab is kept when something comes, wherever in the file', () => {
    fc.assert(
      fc.property(tenants, fc.nat(), (list, at) => {
        fc.pre(list.length > 0);
        const less = list.filter((_, index) => index !== at % list.length);
        const before = labOf(fileOf(less));
        const after = labOf(fileOf(list), before);
        assertSound(after);
        assertKept(before, after);
      }),
      { numRuns: 60 },
    );
  });

  it('of a running lab is kept when something goes', () => {
    fc.assert(
      fc.property(tenants, fc.nat(), (list, at) => {
        fc.pre(list.length > 0);
        const before = labOf(fileOf(list));
        const after = labOf(fileOf(list.filter((_, index) => index !== at % list.length)), before);
        assertSound(after);
        assertKept(before, after);
      }),
      { numRuns: 60 },
    );
  });

  it('of an edited lab is the same text when it is made once more, so that nodes have nothing to write', () => {
    fc.assert(
      fc.property(tenants, fc.infiniteStream(fc.boolean()), (list, flips) => {
        const flip = (): boolean => flips.next().value === true;
        const after = fileOf(list.map((tenant) => ({ ...tenant, ha: tenant.ha !== flip() })));
        const edited = labOf(after, labOf(fileOf(list)));
        assert.equal(JSON.stringify(labOf(after, edited)), JSON.stringify(edited));
      }),
      { numRuns: 60 },
    );
  });

  it('gives way to an address that the file asks for now', () => {
    const text =
      'lab: l\nnetworks: { n: { subnets: { s: { cidr: 10.0.0.0/24 } } } }\ninstances: { i: { networks: [n] }, j: { networks: [n] } }';
    const before = labOf(text);
    const [i] = before.instances;
    const taken = before.ports.find(({ id }) => id === i?.ports[0])?.fixed_ips[0]?.ip_address ?? '';
    const after = labOf(
      text.replace('j: { networks: [n] }', `j: { networks: [{ network: n, fixed_ip: ${taken} }] }`),
      before,
    );
    assertSound(after);
    const j = after.instances[1]?.ports[0];
    assert.equal(after.ports.find(({ id }) => id === j)?.fixed_ips[0]?.ip_address, taken);
  });

  it('moves an address that is no longer in the pools', () => {
    const text = (pools: string): string =>
      `lab: l\nnetworks: { n: { subnets: { s: { cidr: 10.0.0.0/24${pools} } } } }\ninstances: { i: { networks: [n] } }`;
    const after = labOf(text(', allocation_pools: [{ start: 10.0.0.240, end: 10.0.0.241 }]'), labOf(text('')));
    assert.deepEqual(after.ports.map(({ fixed_ips: [ip] }) => ip?.ip_address).sort(), ['10.0.0.240', '10.0.0.241']);
  });

  it('leaves an instance where it runs when a better node comes', () => {
    const text = (nodes: string): string =>
      `lab: l\nnodes: { n1: { agents: [l3, dhcp] }${nodes} }\nnetworks: { n: { subnets: { s: { cidr: 10.0.0.0/24 } } } }\ninstances: { i: { networks: [n] } }`;
    const before = labOf(text(''));
    assert.equal(labOf(text(', c1: {}'), before).instances[0]?.node, 'n1');
    assert.equal(labOf(text(', c1: {}')).instances[0]?.node, 'c1');
  });

  it('adds agents to an HA router that had fewer than it may have, and takes none away', () => {
    const text = (most: number): string =>
      `lab: l\nnodes: { n1: { agents: [l3] }, n2: { agents: [l3] }, n3: { agents: [l3] } }\nrouters: { r: { ha: true } }\nconfig: { max_l3_agents_per_router: ${most} }`;
    const two = labOf(text(2));
    const [id = ''] = Object.keys(two.router_l3_agents);
    assert.deepEqual(two.router_l3_agents[id], ['n1', 'n2']);
    assert.deepEqual(labOf(text(3), two).router_l3_agents[id], ['n1', 'n2', 'n3']);
    assert.deepEqual(labOf(text(2), labOf(text(3))).router_l3_agents[id], ['n1', 'n2', 'n3']);
  });
});
