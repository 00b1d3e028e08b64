import assert from 'node:assert/strict';
import { exportLab, FORMATS } from '../../../../src/model/export/export-lab.js';
import { importCloud } from '../../../../src/model/import/import-cloud.js';
import { ImportRefused, MAX_JSON_BYTES, parseJson } from '../../../../src/model/import/parse-json.js';
import { labOfFile } from '../../../support/exported.js';
import { imported, labOf, network } from './support.js';

function refusal(text: string): ImportRefused {
  try {
    parseJson('cloud.json', text);
  } catch (error) {
    assert.ok(error instanceof ImportRefused);
    return error;
  }
  return assert.fail('it was taken');
}

describe('JSON of a stranger', () => {
  it('is refused when it is none, with the name of the file', () => {
    const { code, message, remedy } = refusal('+----+\n| ID |');
    assert.equal(code, 'InvalidJson');
    assert.match(message, /^cloud\.json is not JSON: /);
    assert.match(remedy, /-f json/);
  });

  it('is refused when it is an export, which no cloud has answered', () => {
    const lab = labOfFile('labs/ha-router/ha-router.neutron.yaml');
    for (const format of FORMATS) {
      const { code, remedy } = refusal(exportLab(lab, format, { role: 'admin', servers: true }));
      assert.deepEqual([format, code], [format, 'InvalidJson']);
      assert.match(remedy, /^An export is run in a cloud first; /);
    }
  });

  it('is refused when it is too large, before it is read', () => {
    assert.equal(refusal('['.repeat(MAX_JSON_BYTES + 1)).code, 'FileTooLarge');
  });

  it('is refused when files are too large together', () => {
    const text = JSON.stringify([network(1)]).padEnd(MAX_JSON_BYTES / 2 + 1);
    const files = ['a.json', 'b.json'].map((name) => ({ name, text }));
    assert.throws(() => importCloud(files, 'x'), { code: 'FileTooLarge' });
  });

  it('is refused when it holds more resources than a lab can have', () => {
    assert.throws(() => imported(Array.from({ length: 12_001 }, (_, index) => network(index))), {
      code: 'TooManyResources',
    });
  });

  it('is refused when it nests too deeply, in linear time', () => {
    assert.equal(refusal('['.repeat(4_000_000)).code, 'NestedTooDeeply');
    assert.equal(refusal('{"a":'.repeat(100)).code, 'NestedTooDeeply');
    assert.deepEqual(parseJson('x', JSON.stringify(['['.repeat(100)])), ['['.repeat(100)]);
  });

  for (const text of ['{"networks":[],"__proto__":{"x":1}}', '[{"id":{"\\u005f_proto__":null}}]']) {
    it(`is refused for a key that reaches into objects: ${text}`, () => {
      assert.equal(refusal(text).code, 'InvalidKey');
    });
  }

  it('is refused when there is nothing of a cloud in it', () => {
    assert.throws(() => imported({ hello: 'world' }, []), { code: 'NothingToImport' });
    assert.throws(() => imported('text'), { code: 'NothingToImport' });
  });

  it('cannot write anything but comments and values into the lab file', () => {
    const nasty = 'x\n\u0007networks: {}\u2028# \u202e$(reboot) "\'{[: - &a *a !!js';
    const { text, notes } = imported([network(1, { name: nasty, description: nasty, [nasty]: nasty })]);
    assert.ok(text !== null && !['\u0007', '\u2028', '\u202e'].some((one) => text.includes(one)));
    const lab = labOf({ text, notes, inputProblems: [], problems: [], lab: null });
    assert.deepEqual(
      lab.networks.map(({ name }) => name),
      ['network-00000001'],
    );
    assert.match(text, /^# - changed: network .*cannot stand in a lab file/m);
  });

  for (const name of [
    '__proto__',
    'constructor',
    'null',
    '1e3',
    '0x10',
    '- a',
    'a: b',
    '#x',
    "it's",
    'ü',
    '日本',
    ' x ',
    '~',
    '12:30:00',
    '',
  ]) {
    it(`keeps the name ${JSON.stringify(name)}`, () => {
      const [one] = labOf(imported([network(1, { name })])).networks;
      assert.equal(one?.name, name);
    });
  }
});
