import assert from 'node:assert/strict';
import { indexLab } from '../../../../src/model/lab-queries.js';
import { renderNote } from '../../../../src/model/import/notes.js';
import { id, imported, labOf, mac, network, port, subnet, told } from './support.js';

const external = network(1, {
  'router:external': true,
  'provider:network_type': 'flat',
  'provider:physical_network': 'physnet1',
  'provider:segmentation_id': null,
  mtu: 1500,
});
const externalSubnet = subnet(11, 1, '203.0.113.0/24');
const inside = network(2);
const insideSubnet = subnet(12, 2, '10.0.0.0/24', { enable_dhcp: true });

function router(rest: object = {}): Record<string, unknown> {
  return {
    id: id(20),
    name: 'edge',
    project_id: 'p',
    admin_state_up: true,
    ha: false,
    distributed: false,
    routes: [],
    external_gateway_info: null,
    ...rest,
  };
}

const gateway = {
  network_id: id(1),
  enable_snat: true,
  external_fixed_ips: [{ subnet_id: id(11), ip_address: '203.0.113.9' }],
};
const interfacePort = port(21, 2, {
  name: '',
  device_id: id(20),
  device_owner: 'network:router_interface',
  'binding:host_id': 'n1',
  fixed_ips: [{ subnet_id: id(12), ip_address: '10.0.0.1' }],
});

describe('what a lab cannot have', () => {
  it('tells that flat networks become VXLANs, with their MTU', () => {
    const result = imported({ networks: [external, inside] });
    assert.deepEqual(told(result.notes, 'network'), ['its type is flat on physnet1; in the lab it is a VXLAN.']);
    const lab = labOf(result);
    assert.deepEqual(
      lab.networks.map(({ mtu }) => mtu),
      [1500, 1450],
    );
    assert.equal(lab.config.global_physnet_mtu, 1550);
  });

  const attributes: readonly (readonly [kind: string, document: object, said: RegExp])[] = [
    ['network', { networks: [network(1, { qos_policy_id: id(99) })] }, /`qos_policy_id` '0{6}99.* \(QoS\)/],
    ['network', { networks: [network(1, { ipv4_address_scope: id(9) })] }, /address scopes/],
    ['network', { networks: [network(1, { what_comes_next_year: 7 })] }, /`what_comes_next_year` '7'/],
    [
      'subnet',
      { networks: [inside], subnets: [{ ...insideSubnet, service_types: ['compute:nova'] }] },
      /`service_types`/,
    ],
    [
      'port',
      { networks: [inside], ports: [port(3, 2, { trunk_details: { sub_ports: [{ port_id: id(4) }] } })] },
      /trunk ports/,
    ],
    [
      'port',
      { networks: [inside], ports: [port(3, 2, { 'binding:vnic_type': 'direct' })] },
      /`binding:vnic_type` 'direct'/,
    ],
    [
      'port',
      { networks: [inside], ports: [port(3, 2, { device_owner: 'Octavia', device_id: 'lb-1' })] },
      /owner Octavia: the lab keeps its addresses/,
    ],
    [
      'port',
      { networks: [inside], ports: [port(3, 2, { device_owner: 'network:router_centralized_snat' })] },
      /only distributed routers/,
    ],
    ['router', { routers: [router({ distributed: true })] }, /DVR/],
    ['router', { routers: [router({ conntrack_helpers: [{ protocol: 'tcp' }] })] }, /conntrack helpers/],
    [
      'router',
      {
        networks: [external],
        subnets: [externalSubnet],
        routers: [router({ external_gateway_info: { ...gateway, qos_policy_id: id(9) } })],
      },
      /of its gateway/,
    ],
    ['router', { routers: [router({ external_gateway_info: gateway })] }, /its gateway: the network .* is not among/],
    [
      'router',
      { routers: [router({ routes: [{ destination: '10.9.0.0/16', nexthop: '10.0.0.9' }] })] },
      /its route to 10\.9\.0\.0\/16/,
    ],
    [
      'floatingip',
      {
        networks: [external],
        subnets: [externalSubnet],
        floatingips: [
          {
            id: id(5),
            floating_network_id: id(1),
            floating_ip_address: '203.0.113.7',
            port_forwardings: [{ protocol: 'tcp' }],
          },
        ],
      },
      /port forwardings/,
    ],
    [
      'agent',
      { networks: [inside], agents: [{ agent_type: 'Open vSwitch agent', host: 'c1', alive: true }] },
      /Linux bridges/,
    ],
    ['agent', { networks: [inside], agents: [{ agent_type: 'L3 agent', host: 'c1', alive: false }] }, /it was down/],
    [
      'security_group',
      {
        networks: [inside],
        security_groups: [
          {
            id: id(5),
            name: 'g',
            security_group_rules: [
              { id: id(6), direction: 'ingress', ethertype: 'IPv4', remote_address_group_id: id(7) },
            ],
          },
        ],
      },
      /a rule about an address group/,
    ],
  ];
  for (const [kind, document, said] of attributes) {
    it(`tells of a ${kind}: ${said.source}`, () => {
      const result = imported(document);
      labOf(result);
      assert.match(told(result.notes, kind).join('\n'), said);
      const comments = (result.text ?? '').split('\n').filter((line) => line.startsWith('# - '));
      assert.deepEqual(
        comments,
        result.notes.map((note) => `# - ${renderNote(note)}`),
      );
    });
  }

  it('tells of documents that it does not read', () => {
    const { notes } = imported(
      { networks: [inside], trunks: [{ id: id(1) }], quotas: [] },
      { loadbalancers: [{ id: id(1) }] },
    );
    assert.deepEqual(notes.filter(({ code }) => code === 'NotRead').map(renderNote), [
      "not read: file 0.json: a lab has nothing for 'trunks'.",
      "not read: file 1.json: a lab has nothing for 'loadbalancers'.",
    ]);
  });

  it('puts the same about many resources into one line', () => {
    const networks = Array.from({ length: 9 }, (_, index) => network(index + 1, { tags: ['prod'] }));
    const [note] = imported(networks).notes;
    assert.ok(note);
    assert.match(renderNote(note), /^left out: network net1, net2, net3, net4, net5, net6 and 3 more: `tags`/);
  });

  it('is not told of defaults and of moments', () => {
    const quiet = {
      status: 'ACTIVE',
      tags: [],
      description: '',
      shared: false,
      revision_number: 3,
      dns_domain: '',
      availability_zone_hints: [],
    };
    assert.deepEqual(told(imported([network(1, quiet)]).notes, 'network'), []);
  });
});

describe('what was not given', () => {
  it('is chosen, and told: VRIDs, agents, nodes', () => {
    const result = imported({ networks: [inside], subnets: [insideSubnet], routers: [router({ ha: true })] });
    const lab = labOf(result);
    assert.equal(Object.keys(lab.ha_vr_ids).length, 1);
    assert.equal(lab.router_l3_agents[id(20)]?.length, 3);
    assert.deepEqual(told(result.notes, 'router'), [
      'its VRID, which the API does not tell: the lab chooses one.',
      'it has no interfaces: they were not told, as `openstack router show` or the ports do.',
      'no agent that hosts it was told; the lab schedules it.',
    ]);
  });

  it('follows from the ports where they tell it: agents, nodes', () => {
    const dhcp = port(30, 2, {
      device_owner: 'network:dhcp',
      device_id: 'dhcp',
      'binding:host_id': 'n2.example.com',
      fixed_ips: [{ subnet_id: id(12), ip_address: '10.0.0.2' }],
    });
    const lab = labOf(
      imported({ networks: [inside], subnets: [insideSubnet], routers: [router()], ports: [interfacePort, dhcp] }),
    );
    assert.deepEqual(lab.nodes, [
      { name: 'n1', agents: ['l3'] },
      { name: 'n2', agents: ['dhcp'] },
    ]);
    assert.deepEqual(lab.router_l3_agents, { [id(20)]: ['n1'] });
    assert.deepEqual(lab.network_dhcp_agents, { [id(2)]: ['n2'] });
    assert.equal(indexLab(lab).dhcpPort(id(2), 'n2')?.mac_address, mac(30));
  });

  it('does not open a port: one whose groups are unknown filters nothing, and that is told', () => {
    const guarded = port(3, 2, { port_security_enabled: true, security_groups: [id(77)] });
    const result = imported({ networks: [inside], ports: [guarded] });
    assert.equal(labOf(result).ports[0]?.port_security_enabled, false);
    assert.match(told(result.notes, 'port').join(), /security groups are not all among what was given/);
  });

  it('lets nothing out of a group whose rules let nothing out', () => {
    const lab = labOf(
      imported({ networks: [inside], security_groups: [{ id: id(5), name: 'shut', security_group_rules: [] }] }),
    );
    assert.deepEqual(lab.security_groups[0]?.security_group_rules, []);
  });
});
