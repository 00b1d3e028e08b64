import assert from 'node:assert/strict';
import type { Hop, Place } from '../../../src/lab/path/hop.js';
import { walkPath } from '../../../src/lab/path/walk.js';
import { inject } from '../../../src/lab/break/break-and-mend.js';
import type { RunningLab } from '../../../src/lab/running-lab.js';
import { readNodes, statusOf } from '../../../src/lab/status.js';
import { indexLab } from '../../../src/model/lab-queries.js';
import { OUTSIDE, instanceNamespace } from '../../../src/model/names.js';
import type { Lab } from '../../../src/model/resources.js';
import { TestBed, bundledLab, inNamespace, reaches, readTestLab } from '../../support/running.js';

describe('The way of a packet', function () {
  this.timeout(120_000);
  let bed: TestBed;
  let lab: Lab;
  let running: RunningLab;

  before(async () => {
    bed = await TestBed.make();
    lab = readTestLab(await bundledLab('ha-router'), 'path');
    running = await bed.upAndReady(lab);
  });
  after(async () => {
    await bed.end();
  });

  const web1: Place = { node: 'compute1', namespace: instanceNamespace('web1') };
  const walk = async (from: Place, to: string): Promise<readonly Hop[]> => {
    await running.refresh();
    const ask = async ({ node, namespace }: Place, argv: readonly string[]): Promise<string> =>
      (await inNamespace(running, node, namespace, argv)).stdout;
    return await walkPath({ index: indexLab(lab), seen: await readNodes(running), ask }, from, to);
  };
  const addressOf = (instance: string): string => {
    const ports = lab.instances.find(({ name }) => name === instance)?.ports ?? [];
    return lab.ports.find(({ id }) => id === ports[0])?.fixed_ips[0]?.ip_address ?? '';
  };
  const master = async (): Promise<string> => statusOf(lab, await readNodes(running)).routers[0]?.active_on[0] ?? '';
  const kinds = (hops: readonly Hop[]): string[] => hops.map(({ kind }) => kind);

  it('goes between two networks through the MASTER, and arrives', async () => {
    assert.ok(await reaches(running, web1.node, web1.namespace, addressOf('db1')));
    const hops = await walk(web1, addressOf('db1'));
    const nodes = hops.map(({ node }) => node).filter((node, nth, all) => node !== all[nth - 1]);
    assert.deepEqual(nodes, ['compute1', await master(), 'compute2'], JSON.stringify(hops, null, 1));
    assert.equal(hops.at(-1)?.kind, 'arrived');
    assert.ok(kinds(hops).includes('conntrack'), 'the router tracks the ping that has just gone through');
  });

  it('is translated to the floating IP on its way out, and back on its way in', async () => {
    const [floating] = lab.floatingips;
    assert.ok(floating);
    const out = await walk(web1, '203.0.113.1');
    const snat = out.find((hop) => hop.kind === 'nat');
    assert.deepEqual(
      snat?.kind === 'nat' && [snat.change, snat.before, snat.after],
      ['SNAT', addressOf('web1'), floating.floating_ip_address],
      JSON.stringify(out, null, 1),
    );
    assert.deepEqual([out.at(-1)?.kind, out.at(-1)?.node], ['arrived', OUTSIDE]);
    const back = await walk({ node: OUTSIDE, namespace: '' }, floating.floating_ip_address);
    const dnat = back.find((hop) => hop.kind === 'nat');
    assert.equal(dnat?.kind === 'nat' && dnat.after, addressOf('web1'), JSON.stringify(back, null, 1));
    assert.equal(back.at(-1)?.kind, 'arrived');
  });

  it('ends where a node does not run, and says so', async () => {
    await inject(running, lab, { kind: 'node', node: 'compute2', graceful: false });
    const last = (await walk(web1, addressOf('db1'))).at(-1);
    assert.deepEqual(last?.kind === 'ends' && [last.why, last.detail], ['node-down', 'compute2']);
  });
});
