import assert from 'node:assert/strict';
import { LabTranslator } from '../../../src/experiment/recording.js';
import { inject } from '../../../src/lab/break/break-and-mend.js';
import type { Fault } from '../../../src/lab/break/fault.js';
import { drawBlueprint } from '../../../src/lab/bring-up/blueprint.js';
import type { Place } from '../../../src/lab/path/hop.js';
import { walkPath } from '../../../src/lab/path/walk.js';
import type { RunningLab } from '../../../src/lab/running-lab.js';
import { isRight } from '../../../src/lab/show/part.js';
import { look, lookThrough } from '../../../src/lab/show/look.js';
import { type Readings, hiddenMarks, readNodes, statusOf } from '../../../src/lab/status.js';
import { indexLab } from '../../../src/model/lab-queries.js';
import { instanceNamespace } from '../../../src/model/names.js';
import type { Lab } from '../../../src/model/resources.js';
import { TestBed, bundledLab, inNamespace, readTestLab } from '../../support/running.js';

describe('A fault that is to be found', function () {
  this.timeout(120_000);
  let bed: TestBed;
  let lab: Lab;
  let running: RunningLab;

  before(async () => {
    bed = await TestBed.make();
    lab = readTestLab(await bundledLab('ha-router'), 'hidden');
    running = await bed.upAndReady(lab);
  });
  after(async () => {
    await bed.end();
  });
  afterEach(async () => {
    await bed.upAndReady(lab);
  });

  const read = async (): Promise<Readings> => {
    await running.refresh();
    return await readNodes(running);
  };
  const edge = () => {
    const [router] = lab.routers;
    assert.ok(router);
    return router;
  };
  const master = async (): Promise<string> => statusOf(lab, await read()).routers[0]?.active_on[0] ?? '';
  const hide = async (fault: Fault): Promise<void> => {
    await inject(running, lab, fault, 1);
  };

  it('is named neither by what is shown of the router nor by the way of a packet', async () => {
    const node = await master();
    const subject = { kind: 'router', id: edge().id, name: edge().name } as const;
    const blueprint = drawBlueprint(
      lab,
      Object.fromEntries(running.containers.map((one) => [one.node, one.address ?? ''])),
    );
    await hide({ kind: 'link', node, device: 'qr', router: edge().id });
    const seen = await read();
    assert.ok(lookThrough(lab, subject, node, seen, blueprint).parts.some((part) => !isRight(part)));
    const { hidden, parts } = look(lab, subject, node, seen, blueprint);
    assert.deepEqual([hidden, parts.filter((part) => !isRight(part))], [true, []]);
    assert.match(parts.flatMap(({ is }) => is ?? []).join('\n'), /^qr-\S+ {2}DOWN/m);
    const ask = async (place: Place, argv: readonly string[]): Promise<string> =>
      (await inNamespace(running, place.node, place.namespace, argv)).stdout;
    const ways = await Promise.all(
      ['web1', 'db1'].map(async (name) => {
        const instance = lab.instances.find((one) => one.name === name);
        const from: Place = { node: instance?.node ?? '', namespace: instanceNamespace(name) };
        const port = lab.ports.find(({ id }) => id === lab.instances.find((one) => one.name !== name)?.ports[0]);
        return await walkPath({ index: indexLab(lab), seen, ask }, from, port?.fixed_ips[0]?.ip_address ?? '');
      }),
    );
    for (const way of ways.filter((hops) => hops.at(-1)?.kind !== 'arrived'))
      assert.deepEqual(
        way.map((hop) => hop.kind === 'ends' && hop.why),
        ['hidden'],
      );
    assert.ok(
      ways.some((hops) => hops.at(-1)?.kind === 'ends'),
      JSON.stringify(ways),
    );
  });

  it('is not named by the roles that a recording begins with', async () => {
    const active = await master();
    const node = (lab.router_l3_agents[edge().id] ?? []).find((one) => one !== active);
    assert.ok(node);
    await hide({ kind: 'link', node, device: 'ha', router: edge().id });
    const begun = new LabTranslator(lab, () => 0).beginning(await read());
    const roles = begun.flatMap((event) => (event.kind === 'role' ? [`${event.role} ${event.remark ?? ''}`] : []));
    assert.deepEqual([...new Set(roles)].sort(), ['BACKUP ', 'MASTER ']);
  });

  it('is not named by the DHCP servers in the status', async () => {
    const [network] = lab.networks.filter(({ id }) => (lab.network_dhcp_agents[id] ?? []).length > 0);
    const [node] = lab.network_dhcp_agents[network?.id ?? ''] ?? [];
    assert.ok(network && node);
    await hide({ kind: 'dhcp', node, network: network.id, respawn: false });
    const seen = await read();
    assert.equal(hiddenMarks(seen).length, 1);
    const { networks } = statusOf(lab, seen);
    assert.ok(networks.every(({ dhcp }) => dhcp.every((server) => server.running)));
  });

  it('stays hidden where the same is broken once more', async () => {
    const node = await master();
    const fault: Fault = { kind: 'link', node, device: 'qg', router: edge().id };
    await hide(fault);
    await inject(running, lab, fault);
    assert.deepEqual(
      hiddenMarks(await read()).map(({ riddle }) => riddle),
      [1],
    );
  });
});
