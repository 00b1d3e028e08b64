import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import { MAX_TEXT } from '../../../src/model/lab-file/limits.js';
import { MAX_PROBLEMS } from '../../../src/model/lab-file/problems.js';
import { labOf } from './support.js';

/** A generous deadline: what is tested is that reading ends. */
const DEADLINE = 30_000;
const MEGABYTE = 1024 * 1024;
const fill = (unit: (index: number) => string): string => {
  const parts: string[] = [];
  for (let size = 0, index = 0; size < MAX_TEXT - 200; index++) {
    const part = unit(index);
    parts.push(part);
    size += part.length;
  }
  return parts.join('');
};

const bomb = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`),
].join('\n');

const refused: Readonly<Record<string, [text: string, code: string]>> = {
  'ten megabytes': ['x'.repeat(10 * MEGABYTE), 'FileTooLarge'],
  'brackets in brackets': ['['.repeat(500_000), 'NestedTooDeeply'],
  'maps in maps': ['{a: '.repeat(100_000), 'NestedTooDeeply'],
  'lists in lists on one line': ['- '.repeat(200_000), 'NestedTooDeeply'],
  'keys in keys on one line': ['? '.repeat(200_000), 'NestedTooDeeply'],
  'ever shorter keys, ever deeper': [
    Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}${'k'.repeat(600 - i)}:`).join('\n'),
    'NestedTooDeeply',
  ],
  'aliases of aliases': [bomb, 'TooManyValues'],
  'thousands of aliases': [`a: &a 1\nb: [${'*a, '.repeat(10_000)}]`, 'TooManyAliases'],
  'an alias of itself': ['lab: &a [*a]', 'AliasOfItself'],
  'a tag': ['lab: !!js/function "x"', 'UnknownTag'],
  'text that is not YAML': ['lab: [', 'YamlSyntax'],
  'two documents': ['lab: a\n---\nlab: b', 'SeveralDocuments'],
  nothing: ['', 'EmptyLabFile'],
  'a list': ['- 1', 'InvalidInput'],
  'a key that is a map': ['{ { a: b }: c }', 'InvalidKey'],
  __proto__: ['lab: l\nnetworks: { __proto__: { x: 1 } }', 'InvalidKey'],
  'a key twice': ['lab: l\nnetworks: {}\nnetworks: {}', 'DuplicateKey'],
  'a command as the name of a node': ['lab: l\nnodes: { $(reboot): {} }', 'InvalidHostName'],
  'a command as the name of an instance': ['lab: l\ninstances: { $(reboot): {} }', 'InvalidHostName'],
  'a command as the name of a lab': ['lab: $(reboot)', 'InvalidName'],
  'a command as the name of a network': ['lab: l\nnetworks: { $(reboot): {} }', 'InvalidName'],
  'a name of control characters': ['lab: l\nnetworks: { "a\\nb": {} }', 'InvalidName'],
  'a name that turns the text round': ['lab: l\nnetworks: { "a\\u202Eb": {} }', 'InvalidName'],
  'a password with a second line': ['lab: l\nconfig: { ha_vrrp_auth_password: "a\\n}" }', 'InvalidInput'],
  'a hundred thousand nodes': [`lab: l\nnodes:\n${fill((i) => ` n${i}:\n`)}`, 'InvalidInput'],
  'more ports than a machine carries': [`lab: l\ninstances:\n${fill((i) => ` i${i}:\n`)}`, 'LabTooLarge'],
  'half a megabyte of unknown attributes': [`lab: l\n${fill((i) => `k${i}: 1\n`)}`, 'UnrecognizedAttribute'],
  'half a megabyte of unknown names': [
    `lab: l\nrouters: { r: { interfaces: [${fill((i) => `s${i},`)}] } }`,
    'LabTooLarge',
  ],
  'half a megabyte of overlapping subnets': [
    `lab: l\nnetworks:\n n:\n  subnets:\n${fill((i) => `   s${i}: {cidr: 10.0.0.0/8}\n`)}`,
    'InvalidInput',
  ],
  'half a megabyte of a name': [`lab: l\nnetworks: { ${'n'.repeat(MAX_TEXT - 100)}: {} }`, 'InvalidName'],
};

describe('a lab file from a stranger', function () {
  this.timeout(DEADLINE);

  for (const [what, [text, code]] of Object.entries(refused)) {
    it(`is refused with a sentence: ${what}`, () => {
      const { lab, problems } = readLabFile(text);
      assert.equal(lab, null);
      assert.ok(problems.length <= MAX_PROBLEMS + 1);
      const problem = problems.find((one) => one.code === code);
      assert.ok(
        problem,
        `${code} expected, not ${problems
          .slice(0, 3)
          .map((one) => `${one.code} ${one.message}`)
          .join(', ')}`,
      );
      for (const { message, remedy } of problems) {
        assert.match(message, /^\P{C}{5,700}$/u);
        assert.match(remedy, /^\P{C}{5,700}$/u);
      }
    });
  }

  it('says how many problems it does not show', () => {
    const { problems } = readLabFile(`lab: l\n${Array.from({ length: 250 }, (_, i) => `k${i}: 1`).join('\n')}`);
    assert.equal(problems.length, MAX_PROBLEMS + 1);
    assert.match(problems.at(-1)?.message ?? '', /and 150 more/);
  });

  it('does not reach the prototype of anything', () => {
    readLabFile(
      'lab: l\n__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\nnetworks: { toString: {}, hasOwnProperty: {} }',
    );
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    assert.deepEqual(
      labOf('lab: l\nnetworks: { toString: {}, constructor: {} }').networks.map(({ name }) => name),
      ['toString', 'constructor'],
    );
  });

  it('may use aliases as YAML means them', () => {
    const lab = labOf('lab: l\nnetworks: { a: &n { mtu: 1400 }, b: *n }');
    assert.deepEqual(
      lab.networks.map(({ mtu }) => mtu),
      [1400, 1400],
    );
  });

  it('never makes the reader throw, whatever the text', () => {
    const words = fc.constantFrom(
      'lab',
      'nodes',
      'networks',
      'routers',
      'ports',
      'instances',
      'floating_ips',
      'config',
      'security_groups',
      'subnets',
      'interfaces',
      'cidr',
      '10.0.0.0/24',
      'l',
      ':',
      ' ',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '&a',
      '*a',
      '!!str',
      '|',
      '>',
      '#',
      '"',
      "'",
      '? ',
      'null',
      '1',
      '---',
      '<<',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.array(words, { maxLength: 60 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (one) => void readLabFile(one)),
      { numRuns: 1500 },
    );
  });

  it('never makes the reader throw, whatever the values', () => {
    const name = fc.constantFrom('a', 'b', 'r', 's', 'i', 'x/y', 'default', '__proto__', 'n1');
    const leaf = fc.oneof(
      name,
      fc.constantFrom<unknown>(
        '10.0.0.0/24',
        '10.0.0.1',
        'fd00::/64',
        'fd00::1',
        '203.0.113.0/24',
        true,
        false,
        null,
        4,
        6,
        -1,
        1.5,
        'l3',
        'dhcp',
        'slaac',
        'ingress',
        'tcp',
        {},
        [],
      ),
    );
    const keys = [
      'id',
      'cidr',
      'subnets',
      'router:external',
      'interfaces',
      'subnet',
      'port',
      'network',
      'networks',
      'external_gateway_info',
      'external_fixed_ips',
      'ip_address',
      'routes',
      'destination',
      'nexthop',
      'fixed_ips',
      'fixed_ip',
      'ha',
      'agents',
      'l3_agents',
      'dhcp_agents',
      'rules',
      'direction',
      'remote_group',
      'protocol',
      'security_groups',
      'instance',
      'gateway_ip',
      'ipv6_ra_mode',
      'ipv6_address_mode',
      'allocation_pools',
      'start',
      'end',
      'node',
      'dns_nameservers',
      'host_routes',
      'mac_address',
      'name',
      'enable_dhcp',
      'allowed_address_pairs',
    ];
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 5 }, leaf, tie('map'), tie('list')),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.dictionary(fc.oneof(name, fc.constantFrom(...keys)), tie('value'), { maxKeys: 6 }),
    }));
    const section = fc.dictionary(name, fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 6 }), { maxKeys: 3 });
    const file = fc.record(
      {
        lab: fc.constant('l'),
        nodes: section,
        networks: section,
        routers: section,
        ports: section,
        instances: section,
        floating_ips: fc.oneof(section, fc.array(value)),
        security_groups: section,
        config: value,
      },
      { requiredKeys: ['lab'] },
    );
    fc.assert(
      fc.property(file, (one) => {
        const { lab, problems } = readLabFile(JSON.stringify(one));
        assert.equal(
          lab === null,
          problems.some(({ severity }) => severity === 'error'),
        );
      }),
      { numRuns: 500 },
    );
  });
});
