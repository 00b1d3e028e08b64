import assert from 'node:assert/strict';
import { faultSentence } from '../../../src/experiment/fault-sentence.js';
import type { Fault } from '../../../src/lab/break/fault.js';
import { sampleLab } from '../cli/sample-lab.js';

const lab = sampleLab();
const edge = lab.routers[0]?.id ?? '';
const impaired = (more: Partial<Extract<Fault, { kind: 'impair' }>>): readonly Fault[] => [
  { kind: 'impair', node: 'network1', delay: 0, jitter: 0, loss: 0, rate: 0, ...more },
];

describe('The sentence that says what a fault does', () => {
  for (const [faults, sentence] of [
    [[{ kind: 'restart', node: 'network1' }], 'network1 is restarted'],
    [
      [
        { kind: 'restart', node: 'network1' },
        { kind: 'restart', node: 'network2' },
      ],
      'each of network1, network2 is restarted',
    ],
    [impaired({ delay: 100, jitter: 30 }), 'network1 sends 100 ms later, give or take 30 ms'],
    [impaired({ delay: 100, loss: 10 }), 'network1 sends 100 ms later, and loses 10 % of it'],
    [impaired({ loss: 10 }), 'network1 loses 10 % of what it sends'],
    [
      [{ kind: 'mtu', node: 'network1', router: edge, device: 'qr', mtu: 1200 }],
      'the qr- interface of edge on network1 carries packets of 1200 bytes at most',
    ],
    [
      [{ kind: 'partition', node: 'network1', from: ['network2', 'network3'], router: edge }],
      'network1 on one side and network2, network3 on the other lose each other for the advertisements of edge',
    ],
  ] as const satisfies readonly (readonly [readonly Fault[], string])[]) {
    it(`is: ${sentence}`, () => {
      assert.equal(faultSentence(faults, lab), sentence);
    });
  }
});
