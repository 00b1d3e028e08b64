import assert from 'node:assert/strict';
import fc from 'fast-check';
import { renderReport } from '../../support/bench-table.js';
import { Figure, summarise } from '../../support/bench.js';

const machine = { cores: 2, cpu: 'Some CPU', memory: 8, kernel: 'linux 6.18', node: '20.20.2', engine: 'Docker 20.10' };

describe('A bench', () => {
  it('takes the median of the values, not their mean', () => {
    assert.deepEqual(summarise([3, 1, 100]), { count: 3, median: 3, min: 1, max: 100 });
    assert.equal(summarise([4, 1, 2, 3]).median, 2.5);
  });

  it('refuses to report what was not measured', () => {
    assert.throws(() => summarise([]), RangeError);
  });

  it('has its median between its ends', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (taken) => {
        const { min, median, max } = summarise(taken);
        assert.ok(min <= median && median <= max);
      }),
    );
  });

  it('prints the figure beside its promise and its peer, with the machine and the method', () => {
    const up = new Figure({
      name: 'up',
      unit: 's',
      method: 'from the call to the last step, ha-router, image present',
      atMost: 2,
      comparedWith: { name: 'Kathará', value: 2.2 },
    });
    for (const value of [1.2, 1.1, 1.3]) up.add(value);
    const text = renderReport({ title: 'The engine', machine, figures: [up.report()] });
    assert.match(
      text,
      /up {6}1\.2 s {3}1\.1 – 1\.3 s {2}3 {5}≤ 2 s, kept {2}1\.83 times quicker than Kathará \(2\.2 s\)/,
    );
    assert.match(text, /2 × Some CPU, 8 GiB, linux 6\.18, engine Docker 20\.10/);
    assert.match(text, /up: from the call to the last step/);
  });

  it('says so where no engine was needed', () => {
    const title = 'Some text';
    assert.match(
      renderReport({ title, machine: { ...machine, engine: null }, figures: [] }),
      /, no engine needed, Node/,
    );
  });

  it('says so when a promise is not kept', () => {
    const memory = new Figure({ name: 'memory', unit: 'MB', method: 'resident', atMost: 60 });
    memory.add(61);
    assert.match(renderReport({ title: 'Memory', machine, figures: [memory.report()] }), /≤ 60 MB, NOT kept/);
  });
});
