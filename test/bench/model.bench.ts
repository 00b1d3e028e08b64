/** What the pure rooms cost, without an engine: reading, realising, drawing rows. */
import { readLabFile } from '../../src/model/lab-file/read.js';
import { realise } from '../../src/neutron/realise.js';
import { labChildren } from '../../src/editor/tree/lab-rows.js';
import type { Row } from '../../src/editor/tree/row.js';
import { Bench } from '../support/bench.js';
import { manyRouters } from '../support/many-routers.js';

const ROUNDS = 11;
const bench = new Bench('The model, without an engine');

const text = manyRouters(200);
const read = bench.figure({
  name: 'reading a lab file of 200 HA routers and 400 networks',
  unit: 'ms',
  method: 'readLabFile of the text in one process that has read it before',
});
const { lab } = readLabFile(text);
if (lab === null) throw new Error('The lab of the bench has errors.');
for (let round = 0; round < ROUNDS; round++) await read.time(() => Promise.resolve(readLabFile(text)));

const realised = bench.figure({
  name: '200 HA routers realised on three nodes',
  unit: 'ms',
  atMost: 150,
  method: 'realise of the lab that was read, every item of every node',
});
const addresses = Object.fromEntries(lab.nodes.map(({ name }, at) => [name, `172.30.0.${String(at + 2)}`]));
for (let round = 0; round < ROUNDS; round++) await realised.time(() => Promise.resolve(realise(lab, { addresses })));

const small = readLabFile(manyRouters(33)).lab;
const rows = bench.figure({
  name: '100 labs of 100 resources as rows of the tree',
  unit: 'ms',
  atMost: 200,
  method: 'labChildren and every row below it, 100 times; reading the files is not part of it',
});
const count = (list: readonly Row[]): number => list.reduce((sum, row) => sum + 1 + count(row.children?.() ?? []), 0);
for (let round = 0; round < ROUNDS; round++)
  await rows.time(() => {
    for (let at = 0; at < 100; at++) {
      const key = `file:///lab-${String(at)}`;
      const entry = { key, name: `lab-${String(at)}`, uri: null, containers: [], live: null, work: null, blank: false };
      count(labChildren(entry, { text: '', lab: small, problems: [] }));
    }
    return Promise.resolve();
  });

bench.finish();
