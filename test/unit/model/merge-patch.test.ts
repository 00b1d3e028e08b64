import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { mergePatch } from '../../../src/model/lab-file/edit/merge-patch.js';

const LAB = `# A lab.
lab: two   # its name

networks:
  blue:
    subnets:
      blue-v4: { cidr: 192.168.10.0/24 } # the first
routers:
  edge: { ha: true, interfaces: [blue-v4] }
`;

/** The pseudocode of RFC 7396, section 2. */
function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> =
    typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = merged(result[key], value);
  }
  return result;
}

/** A section of which nothing is left goes with its last entry, which means the same in a lab file. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const inner = Object.entries(value).map(([key, one]) => [key, withoutEmpty(one)] as const);
  return Object.fromEntries(inner.filter(([, one]) => JSON.stringify(one) !== '{}'));
}

describe('a merge patch on a lab file', () => {
  it('puts in what is new as its siblings are written, and keeps every other byte', () => {
    const patch = {
      networks: { green: { subnets: { 'green-v4': { cidr: '192.168.20.0/24' } } } },
      routers: { edge: { interfaces: ['blue-v4', 'green-v4'] } },
      instances: { web1: { networks: ['blue'] } },
    };
    const text = mergePatch(LAB, patch);
    assert.deepEqual(parse(text), merged(parse(LAB), patch));
    for (const kept of ['# A lab.\nlab: two   # its name\n', '{ cidr: 192.168.10.0/24 } # the first\n'])
      assert.ok(text.includes(kept), text);
  });

  it('takes out what is null, and changes nothing where everything is so already', () => {
    assert.equal(mergePatch(LAB, { routers: { edge: null } }).includes('edge'), false);
    assert.equal(mergePatch(LAB, { routers: { edge: { ha: true } }, ports: null }), LAB);
  });

  it('leaves no empty shell of what was taken out, and makes none when it is asked again', () => {
    const once = mergePatch(LAB, { networks: { blue: null } });
    assert.equal(once.includes('blue:'), false);
    assert.equal(mergePatch(once, { networks: { blue: null } }), once);
  });

  it('gives what RFC 7396 says, and the same again when it is applied twice', () => {
    const names = fc.constantFrom('networks', 'routers', 'blue', 'edge', 'subnets', 'blue-v4', 'ha');
    const { patch } = fc.letrec<{ patch: object; value: unknown }>((tie) => ({
      patch: fc.dictionary(names, tie('value'), { maxKeys: 3 }),
      value: fc.oneof({ maxDepth: 4 }, fc.constantFrom<unknown>(true, 7, 'a b', ['x'], null), tie('patch')),
    }));
    const atTop = fc.dictionary(fc.constantFrom('networks', 'routers', 'instances'), patch, { maxKeys: 3 });
    fc.assert(
      fc.property(atTop, (any) => {
        const once = mergePatch(LAB, any);
        assert.deepEqual(withoutEmpty(parse(once)), withoutEmpty(merged(parse(LAB), any)));
        assert.equal(mergePatch(once, any), once);
      }),
      { numRuns: 200 },
    );
  });
});
