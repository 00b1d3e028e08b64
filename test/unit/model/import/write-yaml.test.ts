import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { writeYaml } from '../../../../src/model/import/write-yaml.js';
import type { YamlMap, YamlValue } from '../../../../src/model/lab-file/yaml-value.js';

const { value } = fc.letrec<{ value: YamlValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.constantFrom('yes', 'null', '0o17', '1_000', '.5', 'fd00:a::', '2026-11-21T21:42:49Z', '-', 'a #b', '1:30'),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ maxLength: 20 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const sections = fc.dictionary(fc.string({ minLength: 1 }), value, { maxKeys: 4, noNullPrototype: true });
const isEmpty = (one: YamlValue): boolean => typeof one === 'object' && one !== null && Object.keys(one).length === 0;

describe('the writer of lab files', () => {
  for (const version of ['1.2', '1.1'] as const) {
    it(`writes what YAML ${version} reads as the same`, () => {
      fc.assert(
        fc.property(sections, (written: YamlMap) => {
          const expected = Object.fromEntries(Object.entries(written).filter(([, one]) => !isEmpty(one)));
          // Times are the one type of 1.1 that is left as text that people read.
          const schema = version === '1.2' ? 'core' : 'yaml-1.1';
          const read: unknown = parse(writeYaml(written), {
            version,
            schema,
            logLevel: 'silent',
            customTags: (tags) =>
              tags
                .filter((tag) => typeof tag !== 'string' || tag !== 'timestamp')
                .filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:timestamp'),
          });
          assert.deepEqual(read ?? {}, expected);
        }),
      );
    });
  }

  it('writes short entries on one line and long ones as blocks', () => {
    const text = writeYaml({
      lab: 'x',
      nodes: { n1: { agents: ['l3'] } },
      networks: {
        blue: { id: 'i', subnets: { 'blue-v4': { cidr: '192.168.10.0/24', a: 'x'.repeat(60), b: 'y'.repeat(60) } } },
      },
    });
    assert.equal(
      text,
      [
        'lab: x',
        '',
        'nodes:',
        '  n1: { agents: [l3] }',
        '',
        'networks:',
        '  blue:',
        '    id: i',
        '    subnets:',
        '      blue-v4:',
        '        cidr: 192.168.10.0/24',
        `        a: ${'x'.repeat(60)}`,
        `        b: ${'y'.repeat(60)}`,
        '',
      ].join('\n'),
    );
  });
});
