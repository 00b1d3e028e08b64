import assert from 'node:assert/strict';
import { inject, mend } from '../../../src/lab/break/break-and-mend.js';
import { LiveLab } from '../../../src/lab/live-lab.js';
import type { RunningLab } from '../../../src/lab/running-lab.js';
import type { LabEvent } from '../../../src/lab/watch.js';
import { qrouterNamespace } from '../../../src/model/names.js';
import type { Lab } from '../../../src/model/resources.js';
import { commandLine } from '../../../src/reconcile/plan.js';
import { TestBed, inNamespace, readTestLab } from '../../support/running.js';

const TEXT = `lab: live
nodes: { network1: { agents: [l3] }, network2: { agents: [l3] } }
networks: { blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24, enable_dhcp: false } } } }
routers: { edge: { ha: true, interfaces: [blue-v4] } }
`;

/** Longer than an election at the default interval takes, milliseconds. */
const DEADLINE = 20_000;

describe('a lab that is kept current', () => {
  let bed: TestBed;
  let lab: Lab;
  let running: RunningLab;
  let live: LiveLab;
  let listeners: ((event: LabEvent | null) => void)[] = [];

  /** Waits until something holds, looking again at every change. */
  async function until(what: string, holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`It was not seen in time: ${what}. ${JSON.stringify(live.status.routers)}`));
      }, DEADLINE);
      const listener = (): void => {
        if (!holds()) return;
        clearTimeout(timer);
        listeners = listeners.filter((one) => one !== listener);
        resolve();
      };
      listeners.push(listener);
    });
  }

  const masters = (): readonly string[] => live.status.routers[0]?.active_on ?? [];

  before(async () => {
    bed = await TestBed.make();
    lab = readTestLab(TEXT, 'live');
    running = await bed.upAndReady(lab);
    live = await LiveLab.open(bed.runtime, lab.name, {
      onChange: (event) => {
        for (const listener of listeners) listener(event);
      },
    });
  });

  after(async () => {
    live.close();
    await bed.end();
  });

  it('is as it was applied, with its MASTER, when it is first seen', () => {
    assert.deepEqual(live.lab, JSON.parse(JSON.stringify(lab)));
    assert.equal(masters().length, 1);
    assert.deepEqual(live.drift.map(commandLine), []);
  });

  it('tells what somebody changed by hand as drift, and that it was mended', async () => {
    const [router] = lab.routers;
    const namespace = qrouterNamespace(router!.id);
    const [node = ''] = masters();

    const device = Object.values(live.seen.get(node)!.document!.namespaces[namespace]!.addr).find((one) =>
      one.ifname?.startsWith('qr-'),
    )!.ifname!;
    await inNamespace(running, node, namespace, ['ip', 'link', 'set', device, 'mtu', '1400']);
    await until('drift', () => live.drift.length > 0);
    assert.match(live.drift.map(commandLine).join('\n'), new RegExp(`ip .*link set .*${device}.* mtu 1450`));
    await mend(running, lab, node);
    await until('no drift', () => live.drift.length === 0);
  });

  it('shows a failover: FAULT, another MASTER, and the node that is healed', async () => {
    const [node = ''] = masters();
    await inject(running, lab, { kind: 'node', node, graceful: false });
    await until('the node is down', () => live.status.nodes.find(({ name }) => name === node)?.state === 'exited');
    await until('another MASTER', () => masters().length === 1 && masters()[0] !== node);
    await mend(running, lab, node);
    const roleOf = (): string | undefined => live.status.routers[0]?.replicas.find((one) => one.node === node)?.role;
    await until('the node is BACKUP', () => roleOf() === 'BACKUP');
  });

  it('follows when somebody applies another lab', async () => {
    const edited = TEXT.replace(
      'networks: {',
      'networks: { green: { subnets: { green-v4: { cidr: 10.9.0.0/24 } } },',
    ).replace('[blue-v4]', '[blue-v4, green-v4]');
    const next = readTestLab(edited, 'live', lab);
    await bed.up(next, lab);
    await until('the new network', () => live.lab.networks.some(({ name }) => name === 'green'));
    await until('its address on the router', () =>
      Object.values(live.status.routers[0]?.addresses ?? {})
        .flat()
        .includes('10.9.0.1/24'),
    );
  });
});
