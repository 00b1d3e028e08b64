import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DEFAULT_CONFIG } from '../../../src/model/lab-file/schema-config.js';
import { labFileJsonSchema } from '../../../src/model/lab-file/json-schema.js';
import { readLabFile } from '../../../src/model/lab-file/read.js';

const reference = readFileSync('docs/lab-file.md', 'utf8');

/** Names of all attributes that the schema knows, at any depth. */
function attributes(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own =
    'properties' in schema && typeof schema.properties === 'object' ? Object.keys(schema.properties ?? {}) : [];
  return [...own, ...Object.values(schema).flatMap(attributes)];
}

describe('The words about the lab file', () => {
  for (const file of ['README.md', 'docs/lab-file.md']) {
    it(`have examples in ${file} that are labs without a complaint`, () => {
      const examples = [...readFileSync(file, 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text!);
      assert.ok(examples.length > 0);
      for (const text of examples) {
        const { lab, problems } = readLabFile(text, { file: 'my-lab.neutron.yaml' });
        assert.deepEqual(problems, []);
        assert.notEqual(lab, null);
      }
    });
  }

  it('name every attribute that the schema knows', () => {
    const unnamed = [...new Set(attributes(labFileJsonSchema()))].filter(
      (name) => !new RegExp(`[\`{ ,]${name}[\`: ,}]`).test(reference),
    );
    assert.deepEqual(unnamed, []);
  });

  it('give the defaults of the options as they are', () => {
    const rows = [...reference.matchAll(/^\| `(\w+)` +\| `([^`]*)`/gm)].map(
      ([, name, value]) => [name!, value!] as const,
    );
    const told = Object.fromEntries(rows.filter(([name]) => name in DEFAULT_CONFIG));
    const real = Object.fromEntries(Object.entries(DEFAULT_CONFIG).map(([name, value]) => [name, String(value)]));
    assert.deepEqual(told, real);
  });
});
