import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { analyseLabFile } from '../../../src/model/lab-file/read.js';

const LAB = `lab: x
networks: { blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24 } } } }
routers: { edge: { ha: true, interfaces: [blue-v4] } }
instances: { web1: { networks: [blue] } }
`;

function read(more: string) {
  const { scenario, problems, lab } = analyseLabFile(LAB + more);
  return { scenario, lab, complaints: problems.map(({ path, message }) => `${path}: ${message}`) };
}

describe('The scenario of a lab file', () => {
  it('has its faults in the order of their times, and the defaults where nothing is said', () => {
    const { scenario, complaints } = read(`scenario:
  probes: [{ from: web1, to: edge }]
  faults:
    - { fault: link, at: 3, device: qr, heal: 6 }
    - { fault: node, on: edge, replica: BACKUP }
`);
    assert.deepEqual(complaints, []);
    assert.deepEqual(scenario?.probes, [{ kind: 'ping', from: 'web1', to: 'edge', interval: 20 }]);
    assert.deepEqual(scenario.faults, [
      { fault: 'node', at: 0, heal: null, on: 'edge', replica: 'BACKUP', more: {} },
      { fault: 'link', at: 3, heal: 6, on: null, replica: 'MASTER', more: { device: 'qr' } },
    ]);
  });

  it('has the size of a ping where one is said', () => {
    const { scenario, complaints } = read('scenario: { probes: [{ from: web1, to: edge, size: 1300 }] }\n');
    assert.deepEqual(complaints, []);
    assert.deepEqual(scenario?.probes, [{ kind: 'ping', from: 'web1', to: 'edge', interval: 20, size: 1300 }]);
    const { problems } = analyseLabFile(
      `${LAB}scenario:\n  probes:\n    - { kind: http, from: web1, to: edge, size: 90 }\n`,
    );
    assert.deepEqual(
      problems.map(({ line, column }) => [line, column]),
      [[7, 43]],
      'told of where it stands',
    );
  });

  it('is null where the file has none, and no part of the lab', () => {
    assert.equal(read('').scenario, null);
    const with_ = read('scenario: { faults: [{ fault: node }] }\n').lab;
    assert.deepEqual(with_, read('').lab);
  });

  it('has limits in seconds or milliseconds', () => {
    const { scenario, complaints } = read('expect: { failover: { node: < 8 s, stop: < 1500 ms } }\n');
    assert.deepEqual(complaints, []);
    assert.deepEqual(scenario?.expectations, [
      { fault: 'node', below: 8 },
      { fault: 'stop', below: 1.5 },
    ]);
  });

  for (const [what, more, complaint] of [
    ['an instance that is not there', 'scenario: { probes: [{ from: web9, to: edge }] }', /probes\.0\.from: .*web9/],
    ['a place that is not there', 'scenario: { faults: [{ fault: node, on: edgy }] }', /faults\.0\.on: .*edgy/],
    ['a fault that nobody knows', 'scenario: { faults: [{ fault: fire }] }', /faults\.0\.fault: /],
    ['a fault that lacks what it needs', 'scenario: { faults: [{ fault: mtu, on: edge }] }', /faults\.0: .*`mtu`/],
    ['a healing before the fault', 'scenario: { faults: [{ fault: node, at: 5, heal: 5 }] }', /faults\.0\.heal: /],
    [
      'what a fault does not have',
      'scenario: { faults: [{ fault: node, mtu: 1200 }] }',
      /faults\.0\.mtu: .*`node` has no/,
    ],
    ['a link that is not impaired', 'scenario: { faults: [{ fault: impair, delay: 0 }] }', /faults\.0: .*`delay`/],
    [
      'a file that is not damaged',
      'scenario: { faults: [{ fault: config, damaged: false }] }',
      /faults\.0: .*`damaged`/,
    ],
    ['two changes at once', 'scenario: { faults: [{ fault: config, priority: 9, vrid: 9 }] }', /faults\.0\.vrid: One/],
    ['an agent that is reloaded', 'scenario: { faults: [{ fault: agent, how: reload }] }', /faults\.0\.how: /],
    ['a limit that is none', 'expect: { failover: { node: soon } }', /expect\.failover\.node: "soon" is not a limit/],
    [
      'a limit for what the scenario does not do',
      'scenario: { faults: [{ fault: node }] }\nexpect: { failover: { link: < 8 s } }',
      /expect\.failover\.link: The scenario has no fault `link`/,
    ],
    [
      'a limit that does not say what is done',
      'expect: { failover: { mtu: < 1 s } }',
      /expect\.failover\.mtu: The fault `mtu` does not say `mtu`/,
    ],
    [
      'a size of what has none',
      'scenario: { probes: [{ kind: tcp, from: web1, to: web1, size: 100 }] }',
      /probes\.0\.size: A probe by `tcp` has no `size`/,
    ],
    ['a size that no packet has', 'scenario: { probes: [{ from: web1, to: edge, size: 70000 }] }', /probes\.0\.size: /],
    [
      'a size with no room for its number',
      'scenario: { probes: [{ from: web1, to: edge, size: 8 }] }',
      /probes\.0\.size: /,
    ],
    ['a probe without an aim', 'scenario: { probes: [{ from: web1 }] }', /probes\.0: /],
  ] as const) {
    it(`complains of ${what}`, () => {
      const { complaints } = read(`${more}\n`);
      assert.equal(complaints.length, 1, complaints.join('\n'));
      assert.match(complaints[0] ?? '', complaint);
    });
  }
});

describe('Each experiment that comes along', () => {
  const folder = 'labs/experiments';
  for (const file of readdirSync(folder)) {
    it(`${file} is a lab with a scenario and a story`, () => {
      const { scenario, problems, lab } = analyseLabFile(readFileSync(`${folder}/${file}`, 'utf8'), { file });
      assert.deepEqual(problems, []);
      assert.equal(`${lab?.name ?? ''}.neutron.yaml`, file);
      assert.ok(scenario?.title);
      assert.ok((scenario.story ?? '').split('\n\n').length >= 2);
      assert.ok(scenario.faults.length > 0);
    });
  }
});
