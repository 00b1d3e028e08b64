import assert from 'node:assert/strict';
import { readLabFile } from '../../../../src/model/lab-file/read.js';
import { completions, LAB, labels, taken } from './support.js';

const SECTIONS = ['lab', 'nodes', 'networks', 'ha_networks', 'routers', 'ports', 'instances', 'project_id'];

describe('completion in a lab file', () => {
  it('proposes sections in an empty file', () => {
    assert.deepEqual(
      labels('|').filter((label) => SECTIONS.includes(label)),
      SECTIONS,
    );
  });

  it('proposes only the sections that are not there', () => {
    const found = labels(`${LAB}|`);
    assert.ok(found.includes('routers'));
    assert.ok(!found.includes('networks'));
  });

  const attributes: Readonly<Record<string, [text: string, expected: string[], absent: string[]]>> = {
    'on a line of its own below a name': ['routers:\n  edge:\n    |\n', ['ha', 'interfaces'], ['cidr']],
    'between two others': [
      'routers:\n  edge:\n    ha: true\n    |\n    routes: []\n',
      ['interfaces'],
      ['ha', 'routes'],
    ],
    'half typed, above another one': ['routers:\n  edge:\n    int|\n    ha: true\n', ['interfaces'], ['ha']],
    'in curly brackets': ['routers:\n  edge: { ha: true, | }\n', ['interfaces'], ['ha']],
    'in curly brackets that nobody closed yet': [
      'routers:\n  edge: { ha: true, |\ninstances:\n  web1: {}\n',
      ['interfaces'],
      ['ha', 'networks'],
    ],
    'in empty curly brackets': ['networks:\n  a: { subnets: { s: {|} } }\n', ['cidr', 'gateway_ip'], ['ha']],
    'as the first of an item': [
      'security_groups:\n  web:\n    rules:\n      - |\n',
      ['direction', 'protocol'],
      ['stateful'],
    ],
    'as the second of an item': [
      'security_groups:\n  web:\n    rules:\n      - direction: ingress\n        |\n',
      ['protocol'],
      ['direction'],
    ],
    'of the gateway': ['routers:\n  edge:\n    external_gateway_info: { | }\n', ['network', 'enable_snat'], ['ha']],
    'with Windows line ends': [
      'routers:\r\n  edge:\r\n    ha: true\r\n    |\r\n    routes: []\r\n',
      ['interfaces'],
      ['ha'],
    ],
    'below a line that is broken': ['networks:\n  a: { subnets: [ \nrouters:\n  edge:\n    |\n', ['ha'], ['subnets']],
    'of the options': ['config:\n  ha_vrrp_advert_int: 1\n  |\n', ['max_l3_agents_per_router'], ['ha_vrrp_advert_int']],
  };
  for (const [where, [text, expected, absent]] of Object.entries(attributes)) {
    it(`proposes the attributes that are missing, ${where}`, () => {
      const found = labels(text);
      for (const label of expected) assert.ok(found.includes(label), `${label} in ${found.join(' ')}`);
      for (const label of absent) assert.ok(!found.includes(label), `no ${label} in ${found.join(' ')}`);
    });
  }

  const values: Readonly<Record<string, [text: string, expected: string[]]>> = {
    'truth values': ['routers:\n  edge:\n    ha: |\n', ['true', 'false']],
    'the words of a list': ['nodes:\n  network1: { agents: [l3, |] }\n', ['dhcp']],
    'null where it is allowed': [
      'networks: { a: { subnets: { s: { ipv6_ra_mode: | } } } }',
      ['slaac', 'dhcpv6-stateful', 'dhcpv6-stateless', 'null'],
    ],
    releases: ['config: { release: | }', ['pike', 'zed', '2026.1']],
    'external networks for a gateway': [
      `${LAB}routers: { edge: { external_gateway_info: { network: | } } }`,
      ['public'],
    ],
    'networks for an instance, without those it has': [
      `${LAB}instances: { web1: { networks: [blue, |] } }`,
      ['public', 'green', '{ … }'],
    ],
    'subnets for a router, the free ones first': [
      `${LAB}routers:\n  a: { interfaces: [blue-v4] }\n  b: { interfaces: [gr|] }\n`,
      ['green-v4', 'blue-v4', 'public-v4', '{ … }'],
    ],
    'nodes with the agent': [`${LAB}routers: { edge: { l3_agents: [|] } }`, ['network1']],
    'all nodes for an instance': [`${LAB}instances: { web1: { node: | } }`, ['network1', 'compute1']],
    'the nodes that are there by default': [
      'instances: { web1: { node: | } }',
      ['network1', 'network2', 'network3', 'compute1'],
    ],
    'instances for a floating IP': [
      `${LAB}instances: { web1: { networks: [blue] } }\nfloating_ips:\n  - { network: public, instance: | }\n`,
      ['web1'],
    ],
    'security groups, the one that is always there too': [
      'security_groups: { web: {} }\ninstances: { a: { security_groups: [|] } }',
      ['web', 'default'],
    ],
    'the network too where a name alone says too little': [
      'networks:\n  a: { subnets: { v4: {} } }\n  b: { subnets: { v4: {}, v6: {} } }\nrouters: { r: { interfaces: [|] } }',
      ['a/v4', 'b/v4', 'v6', '{ … }'],
    ],
    'names in quotes': [`${LAB}instances: { a: { networks: ["|"] } }`, ['public', 'blue', 'green']],
    'nothing in a comment': [`${LAB}# |`, []],
    'nothing where any text may stand': ['lab: |', []],
  };
  for (const [what, [text, expected]] of Object.entries(values)) {
    it(`proposes ${what}`, () => {
      assert.deepEqual(labels(text), expected);
    });
  }

  it('puts what a router has of its own before what every resource may have', () => {
    const found = completions('routers:\n  edge:\n    |\n');
    const rank = (label: string) => found.find((one) => one.label === label)?.rank ?? NaN;
    for (const seldom of ['id', 'name', 'project_id']) assert.ok(rank('interfaces') < rank(seldom), seldom);
  });

  it('says what an attribute means, its default and its name in Neutron', () => {
    const found = completions(`${LAB}routers:\n  edge:\n    |\n`).find(({ label }) => label === 'interfaces');
    assert.match(found?.documentation ?? '', /attached to.*Default: none.*add_router_interface/s);
  });

  it('takes the place of the whole word, and leaves what follows as it is', () => {
    assert.match(
      taken(`${LAB}routers: { e: { interfaces: [bl|ue-v, x] } }`, 'green-v4'),
      /interfaces: \[green-v4, x\]/,
    );
    assert.match(taken('routers:\n  edge:\n    rou|: []\n', 'routes'), /^ {4}routes: \[\]$/m);
  });

  it('writes a name that YAML would misread in quotes', () => {
    const text = 'networks: { "10": {}, "a, b": {} }\ninstances: { i: { networks: [|] } }';
    assert.match(taken(text, '10'), /networks: \["10"\]/);
    assert.match(taken(text, 'a, b'), /networks: \["a, b"\]/);
  });

  const started = `${LAB}instances:\n  web1: { networks: [blue] }\n`;
  const snippets: readonly [where: string, text: string, label: string][] = [
    ['a network of a file without', 'lab: l\n|', 'network with a subnet'],
    ['one more network', started.replace('  green:', '  |\n  green:'), 'network with a subnet'],
    ['a dual-stack network', started.replace('  green:', '  |\n  green:'), 'dual-stack network'],
    ['an external network', 'lab: l\nnetworks:\n  |\n', 'external network'],
    ['a subnet', 'lab: l\nnetworks:\n  a:\n    subnets:\n      |\n', 'IPv4 subnet'],
    ['an IPv6 subnet in brackets', 'lab: l\nnetworks: { a: { subnets: { | } } }', 'IPv6 subnet (SLAAC)'],
    ['an HA router', `${started}|`, 'HA router'],
    ['a legacy router', `${started}routers:\n  |\n`, 'legacy router'],
    ['an instance', `${LAB}|`, 'instance'],
    ['one more instance', `${started}  |\n`, 'instance'],
    ['a node', started.replace('  compute1', '  |\n  compute1'), 'network node'],
    ['a security group', `${started}|`, 'security group'],
    [
      'a floating IP',
      `${started}routers: { e: { external_gateway_info: { network: public }, interfaces: [blue-v4] } }\n|`,
      'floating IP',
    ],
    [
      'one more floating IP',
      `${started}routers: { e: { external_gateway_info: { network: public }, interfaces: [blue-v4] } }\nfloating_ips:\n  |`,
      'floating IP',
    ],
  ];
  for (const [what, text, label] of snippets) {
    it(`starts ${what}, right as it is inserted`, () => {
      const after = taken(text, label);
      assert.deepEqual(
        readLabFile(after, { file: 'l.neutron.yaml' })
          .problems.filter(({ severity }) => severity === 'error')
          .map(({ message }) => message),
        [],
        after,
      );
    });
  }
});
