import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { NodeContainer } from '../../../../src/docker/runtime.js';
import type { LabEntry } from '../../../../src/editor/labs/lab-entry.js';
import { differences, labChildren, labRow } from '../../../../src/editor/tree/lab-rows.js';
import type { Row } from '../../../../src/editor/tree/row.js';
import type { LiveLab } from '../../../../src/lab/live-lab.js';
import { statusOf } from '../../../../src/lab/status.js';
import { readLabFile } from '../../../../src/model/lab-file/read.js';

const text = readFileSync(new URL('../../../../labs/ha-router/ha-router.neutron.yaml', import.meta.url), 'utf8');

const legacy = readFileSync(
  new URL('../../../../labs/legacy-router/legacy-router.neutron.yaml', import.meta.url),
  'utf8',
);

/** A lab file as the editor has read it. */
function declared(of = text) {
  return { text: of, ...readLabFile(of, { file: 'ha-router.neutron.yaml' }) };
}

function entry(more: Partial<LabEntry> = {}): LabEntry {
  return {
    key: 'file:///ha',
    name: 'ha-router',
    uri: {} as LabEntry['uri'],
    containers: [],
    live: null,
    work: null,
    blank: false,
    ...more,
  };
}

function container(node: string, state: NodeContainer['state'] = 'running'): NodeContainer {
  const more = { version: '0', image: 'i', address: '172.30.0.2', created: 0 };
  return { id: `${node}-container`, lab: 'ha-router', node, state, ...more };
}

/** What a followed lab tells where no node has been asked yet. */
function live(of = text): LiveLab {
  const lab = readLabFile(of).lab!;
  return { lab, status: statusOf(lab, new Map()), seen: new Map(), drift: [] } as unknown as LiveLab;
}

function all(rows: readonly Row[]): Row[] {
  return rows.flatMap((row) => [row, ...all(row.children?.() ?? [])]);
}

function find(rows: readonly Row[], label: string): Row {
  const row = all(rows).find((one) => one.label === label);
  assert.ok(
    row,
    `no row "${label}" among ${all(rows)
      .map((one) => one.label)
      .join(', ')}`,
  );
  return row;
}

describe('The rows of a lab', () => {
  const rows = labChildren(entry(), declared());

  it('are its networks, routers, instances, floating IPs, security groups and nodes', () => {
    assert.deepEqual(
      rows.map(({ label, description }) => `${label} ${description ?? ''}`),
      ['Networks 3', 'Routers 1', 'Instances 2', 'Floating IPs 1', 'Security groups none', 'Nodes 6'],
    );
  });

  it('say of a network its CIDRs, of a subnet its gateway, of a router its interfaces and gateway', () => {
    assert.equal(find(rows, 'GATEWAY_NET').description, '203.0.113.0/24 · external');
    assert.equal(find(rows, 'blue-v4').description, '192.168.10.0/24 · gateway 192.168.10.1 · DHCP');
    const below = (find(rows, 'edge').children?.() ?? []).map(
      ({ label, description = '' }) => `${label}: ${description}`,
    );
    assert.match(
      below.join('\n'),
      /^blue-v4: 192\.168\.10\.1 · qr-\S+\ngreen-v4: 192\.168\.20\.1 · qr-\S+\nGATEWAY_NET: 203\.0\.113\.\d+ · SNAT · qg-\S+\n10\.99\.0\.0\/16: via 192\.168\.10\.50$/,
    );
  });

  it('have ids of their own, and the same ones after an edit elsewhere', () => {
    const ids = all(rows).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    const edited = labChildren(entry(), declared(text.replace('192.168.20.0/24', '192.168.30.0/24')));
    assert.equal(find(edited, 'edge').id, find(rows, 'edge').id);
  });

  it('teach: what a VRID is, why there is an address of 169.254.0.0/24', () => {
    assert.match(find(rows, 'edge').tooltip?.() ?? '', /VRID[^]*169\.254\.0\./);
  });

  it('show each replica of an HA router once the lab runs, and what was not applied yet', () => {
    const applied = live();
    const added = declared(
      text.replace('networks:', 'networks:\n  red: { subnets: { red-v4: { cidr: 10.1.0.0/24 } } }'),
    );
    const running = labChildren(entry({ live: applied, containers: [container('network1')] }), added);
    const replicas = (find(running, 'edge').children?.() ?? []).filter(({ about }) => about.kind === 'replica');
    assert.deepEqual(
      replicas.map(({ label, icon }) => [label, icon]),
      ['network1', 'network2', 'network3'].map((node) => [node, { media: 'role-unknown' }]),
    );
    assert.match(find(running, 'red').description ?? '', /not applied yet/);
    assert.doesNotMatch(find(running, 'blue').description ?? '', /not applied yet/);
  });

  it('begin with the mistakes of the file, each with its line', () => {
    const wrong = labChildren(entry(), declared('networks:\n  blue: { subnets: { b: { cidr: 300.0.0.0/8 } } }\n'));
    assert.equal(wrong[0]?.about.kind, 'problem');
    assert.equal(wrong[0].description, 'line 2');
  });
});

describe('The row of a lab itself', () => {
  const row = (more: Partial<LabEntry>, of = declared()) => {
    const one = entry(more);
    return labRow({
      entry: one,
      differences: differences(one, of),
      place: 'labs/ha-router.neutron.yaml',
      expanded: false,
    });
  };

  it('says where its file is, and when it does not run nothing more', () => {
    const { description, flags } = row({});
    assert.equal(description, 'labs/ha-router.neutron.yaml');
    assert.deepEqual(flags, ['file', 'stopped']);
  });

  it('says that nodes are down, that there is no MASTER, that the file has changes', () => {
    const running = declared().lab!.nodes.map(({ name }) => container(name));
    const containers = [...running.slice(1), container('network1', 'exited')];
    const changed = declared(text.replace('192.168.20.0/24', '192.168.30.0/24'));
    const { description, flags } = row({ live: live(), containers }, changed);
    assert.equal(description, '5 of 6 nodes run · edge has no MASTER · changes to apply · labs/ha-router.neutron.yaml');
    assert.deepEqual(flags, ['file', 'running', 'fault', 'changes']);
  });

  it('says of a legacy router on a frozen node that its kernel forwards on, and not that it is nowhere', () => {
    const followed = live(legacy);
    const status = statusOf(followed.lab, new Map([['network1', { state: 'paused', address: null, document: null }]]));
    const rows = labChildren(
      entry({ live: { lab: followed.lab, seen: new Map(), drift: [], status } as unknown as LiveLab }),
      declared(legacy),
    );
    assert.equal(find(rows, 'edge').description, 'network1: the node is frozen; the kernel forwards on');
  });

  it('says that an interrupted up left it half made, and what goes on from there', () => {
    const { description, flags } = row({ containers: [container('network1'), container('network2')] });
    assert.match(description ?? '', /^incomplete/);
    assert.ok(flags?.includes('incomplete'));
    const nobody = row({ blank: true, containers: declared().lab!.nodes.map(({ name }) => container(name)) });
    assert.match(nobody.description ?? '', /^incomplete/, 'no node knows what the lab is');
  });

  it('calls nothing drift or incomplete while something is done with it', () => {
    const drift = [{}] as unknown as LiveLab['drift'];
    const work = { kind: 'up', progress: 'setting up' } as const;
    const drifting = Object.assign(live(), { drift });
    const { flags } = row({ live: drifting, work, containers: [container('network1')] });
    assert.ok(flags?.includes('busy') && !flags.includes('drift') && !flags.includes('incomplete'));
  });

  it('says what is being done with it', () => {
    const { description, icon } = row({ work: { kind: 'up', progress: '3 of 6 nodes' } });
    assert.match(description ?? '', /^3 of 6 nodes/);
    assert.deepEqual(icon, { codicon: 'sync~spin' });
  });
});
