import assert from 'node:assert/strict';
import { importCloud } from '../../../../src/model/import/import-cloud.js';
import { loadCloud, scenarioNames, type Cloud } from '../../../support/cloud.js';
import { id, imported, labOf, mac, network, port, subnet, told } from './support.js';

type Values = Readonly<Record<string, unknown>>;

/** Fields that `openstack … show` calls by another name than the API. */
const SHOWN: Readonly<Record<string, string>> = {
  'binding:host_id': 'binding_host_id',
  security_groups: 'security_group_ids',
  security_group_rules: 'rules',
};

function shown(record: Values): Values {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [SHOWN[key] ?? key, value]));
}

/** What is gathered with one `show -f json` for each resource, and the lists of agents. */
function showAll(cloud: Cloud): { readonly name: string; readonly text: string }[] {
  const { networks, subnets, ports, routers, floatingips, security_groups: groups } = cloud;
  const resources: readonly Values[] = [
    networks,
    subnets,
    ports,
    routers,
    floatingips,
    groups,
  ].flat() as object[] as Values[];
  const rows = (list: readonly { readonly agent_type: string; readonly host: string }[]) =>
    list.map(({ agent_type: type, host }) => ({
      ID: `${type} ${host}`,
      'Agent Type': type,
      Host: host,
      Alive: true,
      State: true,
    }));
  const agents = (type: string, placements: Readonly<Record<string, readonly { readonly host: string }[]>>) =>
    Object.entries(placements).map(([owner, list]) => ({
      name: `agents-${owner}.json`,
      text: JSON.stringify(rows(list.map(({ host }) => ({ agent_type: type, host })))),
    }));
  return [
    ...resources.map((record, index) => ({ name: `${String(index)}.json`, text: JSON.stringify(shown(record)) })),
    ...agents('L3 agent', cloud.router_l3_agents),
    ...agents('DHCP agent', cloud.network_dhcp_agents),
    { name: 'agents.json', text: JSON.stringify(rows(cloud.agents)) },
    { name: 'vrids.json', text: JSON.stringify({ ha_vr_ids: cloud.ha_vr_ids }) },
  ];
}

describe('what the openstack client prints', () => {
  it('is told where two answers say two things', () => {
    const { notes } = imported([network(1)], [{ ID: id(1), Name: 'other', Subnets: [] }]);
    assert.deepEqual(told(notes, 'network'), ["'name' was given as 'net1' and as 'other'; it is the last one."]);
  });

  it('is told what a router has that was not given', () => {
    const router = { id: id(9), name: 'r', ha: true, distributed: false, external_gateway_info: null };
    const info = (address: string) => [{ port_id: id(10), subnet_id: id(2), ip_address: address }];
    const notes = (rest: object) => told(imported({ ...router, ...rest }).notes, 'router');
    assert.ok(
      notes({ interfaces_info: info('10.0.0.1') }).includes(
        `its interface 10.0.0.1: the subnet ${id(2)} is not among what was given.`,
      ),
    );
    // HA ports stand among the interfaces.
    assert.ok(
      !notes({ interfaces_info: info('169.254.193.7') })
        .join()
        .includes('interface'),
    );
    assert.ok(notes({}).some((note) => note.startsWith('it has no interfaces: they were not told')));
  });

  it('is read also where each resource of a list has its name around it', () => {
    const given = { network: network(1), subnets: [{ subnet: subnet(2, 1, '10.0.0.0/24') }] };
    assert.deepEqual(imported(given).text, imported([network(1)], [subnet(2, 1, '10.0.0.0/24')]).text);
    assert.deepEqual(imported([{ network: network(1) }]).text, imported([network(1)]).text);
  });

  it('is told apart from a map of resources of somebody else', () => {
    const { notes, inputProblems } = imported([network(1)], { ports: { web: { ip: '10.0.0.1' } } });
    assert.deepEqual(inputProblems, []);
    assert.deepEqual(told(notes, 'file'), ["'ports' is no answer of Neutron: its resources are not a list."]);
  });

  for (const scenario of scenarioNames()) {
    it(`is the same cloud as the API's answers: ${scenario}`, () => {
      const cloud = loadCloud(scenario);
      const whole = importCloud([{ name: 'cloud.json', text: JSON.stringify(cloud) }], 'x');
      const parts = importCloud(showAll(cloud), 'x');
      assert.deepEqual(parts.inputProblems, []);
      assert.deepEqual(parts.notes, []);
      assert.equal(parts.text, whole.text);
    });
  }

  it('is understood where an old client prints text for people', () => {
    const { text, inputProblems, notes, problems } = imported(
      [
        {
          ID: id(1),
          Name: 'blue',
          State: 'UP',
          'Network Type': 'vxlan',
          'Router Type': 'Internal',
          Subnets: id(2),
          Shared: 'False',
        },
      ],
      { id: id(1), 'router:external': 'Internal', 'provider:segmentation_id': '77', mtu: '1400' },
      [
        {
          ID: id(2),
          Name: 'blue-v4',
          Network: id(1),
          Subnet: '192.168.1.0/24',
          DHCP: 'False',
          'Name Servers': '9.9.9.9, 8.8.8.8',
          'Allocation Pools': '192.168.1.10-192.168.1.20,192.168.1.30-192.168.1.40',
          'Host Routes': "destination='10.0.0.0/8', gateway='192.168.1.9'",
          'IP Version': '4',
          Gateway: '192.168.1.1',
        },
      ],
      {
        id: id(3),
        name: 'web',
        network_id: id(1),
        mac_address: mac(3),
        admin_state_up: 'UP',
        device_id: 'vm',
        device_owner: 'compute:nova',
        binding_host_id: 'c1',
        fixed_ips: `ip_address='192.168.1.11', subnet_id='${id(2)}'`,
        port_security_enabled: 'True',
        security_group_ids: id(5),
      },
      [{ ID: id(5), Name: 'web', Description: '', Project: 'p', Tags: '' }],
      [
        {
          ID: id(6),
          'IP Protocol': 'tcp',
          Ethertype: 'IPv4',
          'IP Range': '0.0.0.0/0',
          'Port Range': '80:81',
          Direction: 'ingress',
          'Remote Security Group': 'None',
          'Security Group': id(5),
        },
        {
          ID: id(7),
          'IP Protocol': 'icmp',
          Ethertype: 'IPv4',
          'IP Range': '',
          'Port Range': 'type=8:code=0',
          Direction: 'ingress',
          'Remote Security Group': id(5),
          'Security Group': id(5),
        },
      ],
    );
    const lab = labOf({ text, inputProblems, notes, problems, lab: null });
    const [blue] = lab.networks;
    assert.deepEqual([blue?.mtu, blue?.['provider:segmentation_id']], [1400, 77]);
    const [v4] = lab.subnets;
    assert.deepEqual(v4?.dns_nameservers, ['9.9.9.9', '8.8.8.8']);
    assert.equal(v4.allocation_pools.length, 2);
    assert.deepEqual(v4.host_routes, [{ destination: '10.0.0.0/8', nexthop: '192.168.1.9' }]);
    const [web] = lab.ports;
    assert.deepEqual(web?.fixed_ips, [{ subnet_id: id(2), ip_address: '192.168.1.11' }]);
    assert.deepEqual(web.security_groups, [id(5)]);
    const [group] = lab.security_groups;
    assert.deepEqual(
      group?.security_group_rules.map((rule) => [
        rule.protocol,
        rule.port_range_min,
        rule.port_range_max,
        rule.remote_group_id,
      ]),
      [
        ['tcp', 80, 81, null],
        ['icmp', 8, 0, id(5)],
      ],
    );
  });

  it('says what a list leaves out, and what tells it', () => {
    const { text, inputProblems } = imported([{ ID: id(2), Name: 'v4', Network: id(1), Subnet: 'None' }]);
    assert.equal(text, null);
    const [problem] = inputProblems;
    assert.deepEqual(
      [problem?.file, problem?.message],
      ['0.json', "'cidr' of the subnet 'v4' is wrong: 'null' is not expected there."],
    );
  });

  it('tells the network of a port by its address, and the rest as not told', () => {
    const result = imported(
      [network(1)],
      [subnet(2, 1, '10.0.0.0/24')],
      [
        {
          ID: id(3),
          Name: 'a',
          'MAC Address': mac(3),
          'Fixed IP Addresses': [{ subnet_id: id(2), ip_address: '10.0.0.7' }],
          Status: 'ACTIVE',
        },
      ],
    );
    assert.equal(labOf(result).ports[0]?.network_id, id(1));
    assert.match(told(result.notes, 'port').join(), /its device was not told/);
  });

  it('puts a list and what was shown of a single one together', () => {
    const listed = { ...network(1), 'provider:segmentation_id': undefined };
    const lab = labOf(
      imported([listed], { network: { id: id(1), 'provider:segmentation_id': 9, name: 'net1' } }, [port(3, 1)]),
    );
    assert.equal(lab.networks[0]?.['provider:segmentation_id'], 9);
    assert.equal(lab.networks.length, 1);
  });
});
