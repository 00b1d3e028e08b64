/** What help with a lab file costs while somebody types: each feature on a text that was not read before. */
import { completionsAt } from '../../src/model/language/completion.js';
import { definitionAt } from '../../src/model/language/definition.js';
import { foldingRanges } from '../../src/model/language/folding.js';
import { hoverAt } from '../../src/model/language/hover.js';
import { labText, type LabText } from '../../src/model/language/lab-text.js';
import { symbolsOf } from '../../src/model/language/outline.js';
import { Bench } from '../support/bench.js';
import { bundledLab } from '../support/running.js';

const ROUNDS = 15;

/** 250 networks with a subnet each, 250 routers, 250 instances. */
function thousandResources(): string {
  const numbers = Array.from({ length: 250 }, (_, index) => index);
  return [
    'lab: large',
    'networks:',
    ...numbers.map((n) => `  net${n}:\n    subnets:\n      sub${n}: { cidr: 10.${n}.0.0/24 }`),
    'routers:',
    ...numbers.map((n) => `  router${n}:\n    ha: true\n    interfaces: [sub${n}]`),
    'instances:',
    ...numbers.map((n) => `  host${n}: { networks: [net${n}] }`),
    '',
  ].join('\n');
}

const FEATURES: Readonly<Record<string, (lab: LabText, offset: number) => unknown>> = {
  completion: completionsAt,
  definition: definitionAt,
  outline: symbolsOf,
  folding: foldingRanges,
  'hover, the lab read and built': hoverAt,
};

const bench = new Bench('Help with a lab file');
const labs = [
  { name: 'ha-router', text: await bundledLab('ha-router'), word: 'green-v4]', atMost: 20 },
  { name: '1000 resources', text: thousandResources(), word: 'sub200]', atMost: 150 },
];
for (const { name, text, word, atMost } of labs) {
  for (const [feature, ask] of Object.entries(FEATURES)) {
    const figure = bench.figure({
      name: `${name}: ${feature}`,
      unit: 'ms',
      // Diagnostics and hovers need the whole lab; they come after a pause, or on demand.
      ...(feature.startsWith('hover') ? {} : { atMost }),
      method: 'the function alone, on a text that was not read before, in a process that has done it before',
    });
    for (let round = -2; round < ROUNDS; round++) {
      const changed = `${text}# ${String(round)}\n`;
      const offset = changed.indexOf(word) + 2;
      const began = performance.now();
      ask(labText(changed, 'bench.neutron.yaml'), offset);
      if (round >= 0) figure.add(performance.now() - began);
    }
  }
}
bench.finish();
