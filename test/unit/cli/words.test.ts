import assert from 'node:assert/strict';
import { findRouter, onlyHaRouter } from '../../../src/cli/lab-words.js';
import { findSubject } from '../../../src/lab/find-subject.js';
import { renderCommandLog } from '../../../src/cli/render/command-log.js';
import { concerns, parseRecord, recordLine } from '../../../src/lab/command-log.js';
import { targetArgv } from '../../../src/lab/exec-target.js';
import { namespaceOf } from '../../../src/lab/subject.js';
import { plainPaint } from '../../../src/render/paint.js';
import { sampleLab } from './sample-lab.js';

const lab = sampleLab();
const [router] = lab.routers;

describe('words for things of a lab', () => {
  it('are names, ids, namespaces', () => {
    assert.equal(findSubject(lab, 'web1')?.kind, 'instance');
    for (const word of ['edge', 'router:edge', router!.id, `qrouter-${router!.id}`]) {
      assert.equal(findSubject(lab, word)?.kind, 'router', word);
    }
    assert.equal(namespaceOf(findSubject(lab, 'web1')!), 'instance-web1');
    assert.equal(findSubject(lab, 'nothing'), null);
    assert.equal(findSubject(lab, 'network:edge'), null);
  });

  it('are refused where they mean two things, with the words that mean one', () => {
    const twins = { ...lab, networks: lab.networks.map((network) => ({ ...network, name: 'edge' })).slice(0, 1) };
    assert.throws(() => findSubject(twins, 'edge'), {
      code: 'AmbiguousName',
      remedy: 'Write router:edge or network:edge.',
    });
    assert.throws(() => findRouter(lab, 'egde'), { code: 'NoSuchTarget', message: /"egde"/, remedy: /edge/ });
    assert.throws(() => onlyHaRouter([], 'here'), { message: 'There is no HA router here.' });
    assert.equal(onlyHaRouter(lab.routers, 'here').name, 'edge');
  });

  it('lead into namespaces, an instance with its hostname too', () => {
    const target = { node: 'n', namespace: 'instance-web1', instance: true };
    const enter = ['ip', 'netns', 'exec', 'instance-web1', 'ls', '$(x)'];
    assert.deepEqual(targetArgv({ ...target, instance: false }, ['ls', '$(x)']), enter);
    assert.deepEqual(targetArgv(target, ['ls', '$(x)']), [
      'nsenter',
      '--uts=/run/neutron-lab/uts/instance-web1',
      ...enter,
    ]);
    assert.deepEqual(targetArgv({ ...target, namespace: '' }, ['ls']), ['ls']);
  });
});

describe('the command log', () => {
  const resource = { kind: 'router', id: router!.id, name: 'edge' };
  const line = JSON.stringify({
    time: 0,
    namespace: `qrouter-${router!.id}`,
    change: 'create',
    resource,
    why: 'it forwards',
    command: ['sysctl', '-w', 'a=1'],
    code: 0,
  });
  const record = parseRecord(line)!;

  it('reads what a node wrote, and leaves out what was cut', () => {
    assert.equal(recordLine(record), `ip netns exec qrouter-${router!.id} sysctl -w a=1`);
    assert.equal(parseRecord(line.slice(0, 40)), null);
    assert.equal(parseRecord('{}'), null);
  });

  it('is shown with reasons as comments, once for neighbours', () => {
    const failed = { ...record, code: 2 };
    const shown = renderCommandLog([record, failed], plainPaint, 80);
    assert.match(shown[0] ?? '', /^# \d\d:\d\d:\d\d router edge: it forwards$/);
    assert.equal(shown.length, 3);
    assert.match(shown[2] ?? '', /# failed with code 2$/);
  });

  it('knows what was done for a router', () => {
    const other = { ...record, resource: { ...resource, id: 'x' }, namespace: '' };
    const ofPort = {
      ...other,
      resource: { kind: 'port', id: lab.ports.find((port) => port.device_id === router!.id)!.id, name: '' },
    };
    assert.deepEqual(
      [record, ofPort, other].map((entry) => concerns(entry, { kind: 'router', id: router!.id, name: 'edge' }, lab)),
      [true, true, false],
    );
  });
});
