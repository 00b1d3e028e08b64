import assert from 'node:assert/strict';
import { withoutFault } from '../../../src/cli/told-events.js';
import type { EventOf } from '../../../src/experiment/timeline/event.js';
import { veiled } from '../../../src/experiment/timeline/veil.js';
import { onlyNoticed } from '../../../src/lesson/check/verdict.js';
import type { Condition } from '../../../src/lesson/format/lesson.js';
import { advert, holder, role } from '../experiment/timelines.js';

const link: EventOf<'link'> = {
  kind: 'link',
  t: 2000,
  node: 'network1',
  source: 'kernel',
  namespace: 'qrouter-edge',
  device: 'ha-1',
  action: 'down',
};
const process: EventOf<'process'> = {
  kind: 'process',
  t: 2000,
  node: 'network1',
  source: 'process',
  name: 'keepalived',
  of: 'edge',
  pid: 7,
  action: 'exit',
};

describe('A fault that is to be found', () => {
  it('is not named by the timeline, which tells what Neutron is told and what is on the wire', () => {
    const standby = {
      ...role(2000, 'network1', 'FAULT'),
      before: 'MASTER',
      remark: 'its HA interface is down',
    } as const;
    assert.deepEqual(veiled(standby, 1000), { ...standby, role: 'BACKUP', remark: null });
    assert.equal(veiled({ ...standby, before: 'BACKUP' }, 1000), null);
    assert.deepEqual([veiled(link, 1000), veiled(process, 1000)], [null, null]);
    const taken = role(2000, 'network2', 'MASTER');
    const wire = [advert(2000, 'network1', 'out'), holder(2000, 'network2', 'add'), taken];
    assert.deepEqual(
      wire.map((event) => veiled(event, 1000)),
      wire,
    );
  });

  it('is not named by what `status --watch` tells', () => {
    const event = {
      type: 'role',
      router: 'edge',
      routerId: 'edge',
      node: 'network1',
      t: 2,
      remark: 'its HA interface is down',
    } as const;
    assert.equal(withoutFault({ ...event, before: 'BACKUP', role: 'FAULT' }), null);
    assert.deepEqual(withoutFault({ ...event, before: 'MASTER', role: 'FAULT' }), {
      ...event,
      before: 'MASTER',
      role: 'BACKUP',
      remark: null,
    });
  });

  it('does not take away what was told before', () => {
    assert.equal(veiled(link, 2001), link);
  });

  it('is not given away by its check, which says what a user notices', () => {
    const common = { why: null, within: 0, line: 1 };
    const command: Condition = {
      ...common,
      kind: 'run',
      on: 'network1',
      argv: [],
      exit: 0,
      prints: null,
      printsNot: null,
    };
    const ping: Condition = { ...common, kind: 'ping', from: 'web1', to: 'db1', answers: true };
    const failed = {
      passed: false,
      verdicts: [
        { condition: ping, holds: false, why: 'db1 does not answer.' },
        { condition: command, holds: true, why: null },
        { condition: command, holds: false, why: 'On network1 an interface is down.' },
        { condition: command, holds: false, why: 'On network1 keepalived does not run.' },
      ],
    };
    assert.deepEqual(
      onlyNoticed(failed).verdicts.flatMap(({ why }) => why ?? []),
      ['db1 does not answer.', 'What is hidden is still there. The hint says where to look.'],
    );
  });
});
