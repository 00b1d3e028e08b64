/** What an edit does to a text: where it writes, and what it leaves alone. */
import assert from 'node:assert/strict';
import { applyEdit, validateEdit, type EditOptions } from '../../../../src/model/lab-file/edit/apply.js';
import type { LabFileEdit } from '../../../../src/model/lab-file/edit/edits.js';
import * as verbs from '../../../../src/model/lab-file/edit/verbs.js';
import { labOf } from '../support.js';

/** The text after an edit that must be possible. */
function after(text: string, edit: LabFileEdit, options: EditOptions = { file: 'l.yaml' }): string {
  const outcome = applyEdit(text, edit, options);
  assert.equal(outcome.refusal, null, outcome.refusal?.message);
  return outcome.text;
}

const NETWORK = verbs.createNetwork('blue');

describe('a section that is not there yet', () => {
  for (const [what, text, expected] of [
    ['in an empty file', '', 'networks:\n  blue: {}\n'],
    ['in a file of comments', '# mine', '# mine\nnetworks:\n  blue: {}\n'],
    ['in braces', 'lab: l\nnetworks: {}\n', 'lab: l\nnetworks:\n  blue: {}\n'],
    [
      'without a value',
      'lab: l\nnetworks: # none yet\nrouters: {}\n',
      'lab: l\nnetworks: # none yet\n  blue: {}\nrouters: {}\n',
    ],
    ['as ~', 'networks: ~ # none\n', 'networks: # none\n  blue: {}\n'],
    ['at the end of a line that does not end', 'lab: l', 'lab: l\nnetworks:\n  blue: {}'],
    [
      'between the others',
      'lab: l\nrouters: {}\nconfig: {}\n',
      'lab: l\nnetworks:\n  blue: {}\nrouters: {}\nconfig: {}\n',
    ],
    [
      'before all others, below what is said of the file',
      '# about\n\n# r\nrouters: {}\n',
      '# about\n\nnetworks:\n  blue: {}\n# r\nrouters: {}\n',
    ],
    ['in a file of one line', '{lab: l}\n', '{lab: l, networks: {blue: {}}}\n'],
    [
      'with Windows line breaks',
      'lab: l\r\nnodes:\r\n    n1: {agents: [l3]}\r\n',
      'lab: l\r\nnodes:\r\n    n1: {agents: [l3]}\r\nnetworks:\r\n    blue: {}\r\n',
    ],
  ] as const) {
    it(`is made ${what}`, () => {
      assert.equal(after(text, NETWORK), expected);
    });
  }

  it('of nodes has the nodes that a lab has by itself, so that none of them goes', () => {
    const text = after('lab: l\n', verbs.createNode('compute2'));
    assert.deepEqual(
      labOf(text).nodes.map(({ name }) => name),
      ['network1', 'network2', 'network3', 'compute1', 'compute2'],
    );
    assert.doesNotMatch(after('lab: l\n', verbs.remove({ kind: 'node', ref: 'network3' })), /network3/);
  });
});

describe('a list in brackets', () => {
  const lab = (interfaces: string): string =>
    `lab: l\nnetworks:\n  n: { subnets: { a: { cidr: 10.1.0.0/24 }, b: { cidr: 10.2.0.0/24 }, c: { cidr: 10.3.0.0/24 } } }\nrouters:\n  r:\n    interfaces: ${interfaces}\n`;
  const add = verbs.addRouterInterface('r', 'c');
  const drop = (subnet: string): LabFileEdit => verbs.removeRouterInterface('r', subnet);

  for (const [what, before, edit, expected] of [
    ['grows on its line', '[a, b] # two', add, '[a, b, c] # two'],
    [
      'grows by a line where each item has its own',
      '[\n      a, # one\n      b # two\n    ]',
      add,
      '[\n      a, # one\n      b, # two\n      c\n    ]',
    ],
    ['keeps its last comma', '[\n      a,\n    ]', add, '[\n      a,\n      c,\n    ]'],
    ['loses its middle item', '[a, b, c]', drop('b'), '[a, c]'],
    ['loses its last item', '[a, b]', drop('b'), '[a]'],
    ['loses its first item', '[ a, b ]', drop('a'), '[ b ]'],
    ['loses the line of its last item', '[\n      a,\n      b # two\n    ]', drop('b'), '[\n      a\n    ]'],
  ] as const) {
    it(what, () => {
      assert.equal(after(lab(before), edit), lab(expected));
    });
  }

  it('goes on in the next line where it would be wider than 120 columns', () => {
    const long = `[${'a, '.repeat(0)}{ subnet: a, ip_address: 10.1.0.200, mac_address: 'fa:16:3e:00:00:01' }, { subnet: b, ip_address: 10.2.0.201 }]`;
    assert.match(after(lab(long), add), /10\.2\.0\.201 \},\n {6}c\]\n$/);
  });

  it('goes with its attribute when it is empty', () => {
    assert.match(after(lab('[a]'), drop('a')), /r: \{\}\n$/);
  });
});

describe('a list below one another', () => {
  const lab = (interfaces: string): string =>
    `lab: l\nnetworks:\n  n: { subnets: { a: { cidr: 10.1.0.0/24 }, b: { cidr: 10.2.0.0/24 } } }\nrouters:\n  r:\n    interfaces:\n${interfaces}`;

  it('grows in its indentation, comments that stand further in left where they are', () => {
    const text = lab('    - a # one\n      # of a\n\n# the end\n');
    assert.equal(
      after(text, verbs.addRouterInterface('r', 'b')),
      lab('    - a # one\n      # of a\n    - b\n\n# the end\n'),
    );
  });

  it('loses an item with the comments that belong to it', () => {
    const text = lab('      # the first\n      - a\n\n      # apart\n\n      # the second\n      - b # here\n');
    assert.equal(
      after(text, verbs.removeRouterInterface('r', 'b')),
      lab('      # the first\n      - a\n\n      # apart\n'),
    );
  });
});

describe('an alias', () => {
  const text =
    'lab: l\nnetworks:\n  a:\n    subnets: &s { x: { cidr: 10.1.0.0/24 } }\n  b: { subnets: *s }\nrouters: { r: { interfaces: [a/x] } }\n';

  it('makes an edit of what it repeats impossible, and it is said where to do it by hand', () => {
    for (const edit of [
      verbs.createSubnet('a', 'y', { cidr: '10.2.0.0/24' }),
      verbs.createSubnet('b', 'y', { cidr: '10.2.0.0/24' }),
      verbs.setAttribute({ kind: 'subnet', ref: 'a/x' }, 'enable_dhcp', false),
      verbs.remove({ kind: 'network', ref: 'a' }, { cascade: true }),
      verbs.rename({ kind: 'subnet', ref: 'a/x' }, 'y'),
    ]) {
      const refusal = validateEdit(text, edit);
      assert.equal(refusal?.code, 'SharedByAlias', JSON.stringify(edit));
      assert.match(refusal.remedy, /line [45] by hand/);
    }
  });

  it('is no matter for the rest of the file', () => {
    assert.match(after(text, verbs.rename({ kind: 'network', ref: 'b' }, 'c')), / {2}c: \{ subnets: \*s \}/);
    assert.match(after(text, verbs.rename({ kind: 'network', ref: 'a' }, 'c')), /interfaces: \[c\/x\]/);
  });
});

describe('another name', () => {
  const text = `lab: l
nodes: { n1: { agents: [l3, dhcp] }, c1: {} }
networks:
  "ext": { router:external: true, subnets: { e: { cidr: 203.0.113.0/24, enable_dhcp: false } } }
  a: { dhcp_agents: [n1], subnets: { s: { cidr: 10.1.0.0/24 } } }
  b: { subnets: [{ name: 's', cidr: 10.2.0.0/24 }] }
ports: { p: { network: a, security_groups: [g], fixed_ips: [{ subnet: s }] } }
routers:
  r: { ha: true, l3_agents: [n1], ha_ports: [{ node: n1 }], external_gateway_info: { network: 'ext' }, interfaces: [a/s, "b/s"] }
instances: { vm: { node: c1, networks: [a, { network: b }, { port: p }], security_groups: [g] } }
floating_ips: { f: { network: ext, instance: vm, router: r } }
security_groups:
  g: { rules: [{ direction: ingress, remote_group: g }] }
`;
  for (const [kind, ref] of [
    ['network', 'ext'],
    ['network', 'a'],
    ['subnet', 'a/s'],
    ['subnet', 'b/s'],
    ['port', 'p'],
    ['router', 'r'],
    ['instance', 'vm'],
    ['floatingip', 'f'],
    ['security_group', 'g'],
    ['node', 'n1'],
    ['node', 'c1'],
  ] as const) {
    it(`of the ${kind} ${ref} is written wherever it is meant, in the quotes that stand there`, () => {
      const renamed = after(text, verbs.rename({ kind, ref }, 'zz'));
      assert.equal(renamed.split(/\bzz\b/).length > 1, true);
      const name = ref.slice(ref.indexOf('/') + 1);
      const back = after(renamed, verbs.rename({ kind, ref: ref.replace(/[^/]+$/, 'zz') }, name));
      assert.equal(back, text);
    });
  }

  it('keeps the id of what is running, and of nothing else', () => {
    const held = labOf(text);
    const edit = verbs.rename({ kind: 'network', ref: 'a' }, 'zz');
    const kept = labOf(after(text, edit, { held }), held);
    assert.deepEqual(kept.networks.map(({ id }) => id).sort(), held.networks.map(({ id }) => id).sort());
    assert.deepEqual(
      kept.subnets.map(({ id }) => id),
      held.subnets.map(({ id }) => id),
    );
    assert.deepEqual(kept.ports.map(({ id }) => id).sort(), held.ports.map(({ id }) => id).sort());
    assert.doesNotMatch(after(text, edit), /id:/);
    assert.doesNotMatch(after(text, edit, { held, keepId: false }), /id:/);
  });

  it('is refused where it is taken or no name', () => {
    const code = (name: string): string | undefined =>
      validateEdit(text, verbs.rename({ kind: 'network', ref: 'a' }, name))?.code;
    assert.deepEqual(
      [code('b'), code(''), code('$(x)'), code('__proto__'), code('ok')],
      ['DuplicateName', 'InvalidName', 'InvalidName', 'InvalidName', undefined],
    );
  });

  it('that a subnet of another network has makes references say which one is meant', () => {
    const lab =
      'lab: l\nnetworks: { a: { subnets: { x: { cidr: 10.1.0.0/24 } } }, b: { subnets: { y: { cidr: 10.2.0.0/24 } } } }\nrouters: { r: { interfaces: [x, y] } }\n';
    assert.match(after(lab, verbs.rename({ kind: 'subnet', ref: 'y' }, 'x')), /interfaces: \[a\/x, b\/x\]/);
    assert.match(after(lab, verbs.createSubnet('b', 'x', { cidr: '10.3.0.0/24' })), /interfaces: \[a\/x, y\]/);
  });
});

describe('an edit that would bring a mistake', () => {
  it('is refused with the mistake, which another one that was there before does not hide', () => {
    const text = 'lab: l\nnetworks:\n  a: { subnets: { s: { cidr: 10.1.0.0/24 } } }\n  wrong: { colour: red }\n';
    const wrong = applyEdit(text, verbs.createSubnet('a', 't', { cidr: '10.1.0.0/25' }));
    assert.equal(wrong.refusal?.code, 'InvalidInput');
    assert.match(wrong.refusal.message, /10\.1\.0\.0\/25.*overlaps/);
    assert.equal(wrong.problems[0]?.line, 3);
    assert.match(after(text, verbs.createSubnet('a', 't', { cidr: '10.2.0.0/24' })), /t: \{ cidr: 10\.2\.0\.0\/24 \}/);
  });

  it('is refused where the file is no YAML, and the line to mend is said', () => {
    const refusal = validateEdit('lab: l\nnetworks: {\n', NETWORK);
    assert.equal(refusal?.code, 'YamlSyntax');
    assert.match(refusal.remedy, /^Mend that in line \d by hand first/);
  });
});
