import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { loadCloud, scenarioNames } from '../../../support/cloud.js';
import { imported } from './support.js';

type Lists = Readonly<Record<string, unknown>>;

/** Keeps the items of all lists for which the next of these is true. */
function thin(value: unknown, keep: () => boolean): unknown {
  if (Array.isArray(value)) return value.filter(keep).map((item) => thin(item, keep));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, thin(inner, keep)]));
}

describe('a cloud of which something was not given', () => {
  for (const scenario of scenarioNames()) {
    it(`is a valid lab all the same: ${scenario}`, () => {
      const { networks, ...rest } = loadCloud(scenario) as unknown as Lists & { readonly networks: readonly unknown[] };
      fc.assert(
        fc.property(fc.integer({ min: 2, max: 40 }), fc.infiniteStream(fc.nat(1000)), (oneIn, stream) => {
          const keep = (): boolean => Number(stream.next().value) % oneIn !== 0;
          const cloud = {
            ...(thin(rest, keep) as Lists),
            networks: [networks[0], ...(thin(networks.slice(1), keep) as unknown[])],
          };
          const { inputProblems, problems, lab } = imported(cloud);
          assert.deepEqual(inputProblems, []);
          assert.ok(lab, problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
        }),
        { numRuns: 25 },
      );
    });
  }
});
