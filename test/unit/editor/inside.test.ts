import assert from 'node:assert/strict';
import { parseQuery, pathOf, queryOf } from '../../../src/editor/inside/document-address.js';
import { commandLogText } from '../../../src/editor/inside/command-log-text.js';
import { packetText } from '../../../src/editor/inside/packet-text.js';
import { allPlaces, placeOf } from '../../../src/editor/inside/place.js';
import { decodedArgv, filterWords } from '../../../src/lab/capture.js';
import type { CommandRecord } from '../../../src/lab/command-log.js';
import { qrouterNamespace } from '../../../src/model/names.js';
import { sampleLab } from '../cli/sample-lab.js';

const lab = sampleLab();
const router = lab.routers.find(({ name }) => name === 'edge')!;
const running = { lab, status: null };

describe('places inside a lab', () => {
  it('are told from rows: a replica is its namespace on its node, a router where it is, an instance itself', () => {
    const [first = ''] = lab.router_l3_agents[router.id] ?? [];
    const of = { lab: 'k', id: router.id, name: router.name };
    assert.deepEqual(placeOf({ ...of, kind: 'router' }, running)?.target, {
      node: first,
      namespace: qrouterNamespace(router.id),
      instance: false,
    });
    const namespace = qrouterNamespace(router.id);
    assert.equal(placeOf({ ...of, kind: 'replica', node: 'n7', namespace }, running)?.title, 'qrouter edge · n7');
    const web1 = lab.instances.find(({ name }) => name === 'web1')!;
    const place = placeOf({ lab: 'k', kind: 'instance', id: web1.id, name: 'web1' }, running);
    assert.deepEqual([place?.title, place?.target.instance, place?.target.node], ['web1', true, web1.node]);
    assert.equal(placeOf({ lab: 'k', kind: 'securityGroup', id: 'x', name: 'x' }, running), null);
    const node = placeOf({ lab: 'k', kind: 'node', id: 'n', name: 'n', node: 'n', namespace: '' }, running);
    assert.deepEqual([node?.title, node?.target.namespace], ['n', '']);
  });

  it('are all there to choose from', () => {
    const titles = allPlaces(running).flatMap(({ places }) => places.map(({ title }) => title));
    for (const { name } of [...lab.nodes, ...lab.instances]) assert.ok(titles.includes(name), name);
  });
});

describe('documents of a lab', () => {
  const of = {
    what: 'part',
    lab: 'my/lab',
    node: 'network1',
    subject: { kind: 'router', id: 'r', name: 'a/b' },
    part: 'keepalived.conf',
    side: 'is',
  } as const;

  it('have addresses that lead back, whatever a name holds, with a title that says lab, thing and node', () => {
    assert.deepEqual(parseQuery(queryOf(of)), of);
    assert.equal(pathOf(of).split('/').at(-1), 'a∕b · network1 · my∕lab · keepalived.conf');
    assert.equal(parseQuery('{"what":"part"}'), null);
    assert.equal(parseQuery('nonsense'), null);
  });

  it('tell commands with their reasons, and nothing of a name begins a line', () => {
    const record = {
      time: 0,
      namespace: 'qrouter-1',
      change: 'create' as const,
      resource: { kind: 'router', id: '1', name: 'edge\nrm -rf /' },
      why: 'it forwards',
      command: ['sysctl', '-w', 'net.ipv4.ip_forward=1'],
      code: 0,
    } satisfies CommandRecord;
    const text = commandLogText([record, { ...record, code: 2 }], 'network1').split('\n');
    assert.match(text[2] ?? '', /^# \d\d:\d\d:\d\d router edge\\x0arm -rf \/: it forwards$/);
    assert.equal(text[3], '    ip netns exec qrouter-1 sysctl -w net.ipv4.ip_forward=1');
    assert.match(text[4] ?? '', /# failed with code 2$/);
    assert.equal(text.length, 6);
  });
});

describe('a capture', () => {
  it('gives what somebody typed to tcpdump as words, none of them an option', () => {
    const target = { node: 'n', namespace: 'qrouter-1', instance: false };
    const argv = decodedArgv({ target, device: 'any', filter: filterWords(' -z /bin/sh\t$(x) ') }, false);
    assert.deepEqual(argv.slice(-4), ['--', '-z', '/bin/sh', '$(x)']);
    assert.deepEqual(argv.slice(4, 9), ['ip', 'netns', 'exec', 'qrouter-1', 'tcpdump']);
  });

  it('shows protocols in colours, and no sign of a packet moves the cursor', () => {
    const vrrp = packetText('1.5 ha-1 Out IP 169.254.192.1 > 224.0.0.18: VRRPv2, Advertisement, vrid 1, prio 50');
    const shown = JSON.stringify(vrrp).replaceAll('\\u001b', '^');
    assert.match(shown, /:01\.500\^\[22m {2}\^\[34mha-1 Out\^\[39m \^\[35mIP .* prio 50\^\[39m\\r\\n"$/);
    assert.ok(!packetText('1.5 IP a > b: \u001b[2J').includes('\u001b[2J'));
  });
});
