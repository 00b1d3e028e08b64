import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { exampleLines } from '../../../src/cli/options.js';
import { renderStatus } from '../../../src/cli/render/status.js';
import { table } from '../../../src/cli/render/table.js';
import { foldPainted, hanging } from '../../../src/render/fold.js';
import { colourPaint, plainPaint, widthOf } from '../../../src/render/paint.js';
import { sampleLab, sampleStatus } from './sample-lab.js';

const red = '\u001b[31m';
const end = '\u001b[0m';

describe('a table in a terminal that is too narrow for it', () => {
  it('breaks a cell at its spaces, and a word that has none where the line ends', () => {
    assert.deepEqual(foldPainted('10.1.0.1/24  10.2.0.1/24  10.3.0.1/24', 26), [
      '10.1.0.1/24  10.2.0.1/24',
      '10.3.0.1/24',
    ]);
    assert.deepEqual(foldPainted('aaaaabbbbbcc', 5), ['aaaaa', 'bbbbb', 'cc']);
    assert.deepEqual(foldPainted('網路網路', 5), ['網路', '網路']);
    assert.deepEqual(foldPainted('', 5), ['']);
  });

  it('ends a colour with its line and begins it again on the next one', () => {
    assert.deepEqual(foldPainted(`its ${colourPaint('interface is down', 'red')} now`, 13), [
      `its ${red}interface${end}`,
      `${red}is down${end} now`,
    ]);
  });

  it('loses nothing and is never wider than asked', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (words, width) => {
        const plain = stripVTControlCharacters(words).replace(/\p{Cc}/gu, '');
        const lines = foldPainted(colourPaint(plain, 'red'), width).map((line) => stripVTControlCharacters(line));
        assert.ok(lines.every((line) => widthOf(line) <= width));
        assert.equal(lines.join('').replace(/\s/gu, ''), plain.replace(/\s/gu, ''));
      }),
    );
  });

  it('lets a sentence go on a little further to the right, and leaves what fits as it is', () => {
    assert.deepEqual(hanging('  one two three', 11), ['  one two', '    three']);
    assert.deepEqual(hanging('  one two', 9), ['  one two']);
    assert.deepEqual(hanging('one two three', Infinity), ['one two three']);
  });

  it('never breaks a command, only what is said of it', () => {
    const command = colourPaint('neutron-lab failover edge --by terminate', 'cyan');
    const lines = exampleLines([[command, 'the same with a farewell: how much shorter is it?']], 80);
    assert.deepEqual(
      lines.map((line) => stripVTControlCharacters(line)),
      [
        '  neutron-lab failover edge --by terminate   the same with a farewell: how much',
        `${' '.repeat(45)}shorter is it?`,
      ],
    );
    assert.equal(exampleLines([[command, 'word '.repeat(40).trim()]], Infinity).length, 1);
    assert.deepEqual(exampleLines([['neutron-lab', 'to see']], 30), ['  neutron-lab', '      to see']);
  });

  it('lets the widest column give way, and what goes on stands in its own column', () => {
    const rows = [['network1', '10.1.0.1/24, 10.2.0.1/24, 10.3.0.1/24', 'up']];
    assert.deepEqual(table(['NODE', 'ADDRESSES', 'STATE'], rows, plainPaint, 2, 44), [
      '  NODE       ADDRESSES      STATE',
      '  network1   10.1.0.1/24,   up',
      '             10.2.0.1/24,',
      '             10.3.0.1/24',
    ]);
    assert.equal(table(null, rows, plainPaint).length, 1);
  });

  it('shows every address of a router in 80 columns, and one line a replica where there is no terminal', () => {
    const status = sampleStatus(sampleLab());
    const wears = Array.from({ length: 12 }, (_, at) => `192.168.${String(at)}.1/24`).concat('2001:db8:ffff::9f/64');
    const routers = status.routers.map((router) => ({ ...router, addresses: { network1: wears } }));
    const networks = [
      ...status.networks,
      {
        id: 'h',
        name: 'HA network tenant 3b3256c57bd759d89b9c00c1091735ae',
        external: false,
        vni: 33137,
        cidrs: ['169.254.192.0/18', '2001:db8:1::/64'],
        dhcp: [],
      },
    ];
    const wide = { ...status, routers, networks };
    for (const paint of [plainPaint, colourPaint]) {
      const lines = renderStatus(wide, paint, 80);
      assert.deepEqual(
        lines.filter((line) => widthOf(line) > 80),
        [],
      );
      const text = lines.map((line) => stripVTControlCharacters(line)).join('\n');
      for (const address of wears) assert.ok(text.includes(address), text);
      assert.match(text, /3b3256c57bd759d89b9c00c1091735ae/);
    }
    assert.ok(renderStatus(wide, plainPaint).some((line) => wears.every((address) => line.includes(address))));
  });
});
