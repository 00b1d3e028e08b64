import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../../../src/cli/exit-codes.js';
import { commandLine } from './command-line.js';

const CLOUD = 'test/data/scenarios/02-ha-two-subnets-gateway-fip/cloud.json';

describe('neutron-lab import', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neutron-lab-import-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('writes a lab file that validates, named after the file', async () => {
    const output = join(folder, 'prod.neutron.yaml');
    const { code, out, err } = await commandLine('import', CLOUD, '-o', output);
    assert.deepEqual([code, out], [EXIT.ok, '']);
    assert.match(err, /✓ .*prod\.neutron\.yaml, the lab prod: 4 networks, 1 router, 11 ports, 2 instances\./);
    assert.equal((await commandLine('validate', output)).code, EXIT.ok);
  });

  it('does not write over a file unless it is told to', async () => {
    const output = join(folder, 'prod.neutron.yaml');
    await writeFile(output, 'mine\n');
    const { code, err } = await commandLine('import', CLOUD, '-o', output);
    assert.equal(code, EXIT.input);
    assert.match(err, /is there already, and nothing was written\.\n {2}.*--force/);
    assert.equal(await readFile(output, 'utf8'), 'mine\n');
    assert.equal((await commandLine('import', CLOUD, '-o', output, '--force')).code, EXIT.ok);
  });

  it('takes a folder, prints to standard output, and tells on standard error what a lab cannot have', async () => {
    await cp(CLOUD, join(folder, 'a.json'));
    await writeFile(join(folder, 'b.json'), '{"trunks":[{"id":"x"}]}');
    await writeFile(join(folder, 'readme.txt'), 'not JSON');
    const { code, out, err } = await commandLine('import', folder);
    assert.equal(code, EXIT.ok);
    assert.match(out, /^# Imported from a cloud/);
    assert.match(err, /^Not the same as in the cloud:\n- not read: file .*b\.json: a lab has nothing for 'trunks'\.\n/);
    assert.match(out, /\n# - not read: file .*b\.json: a lab has nothing for 'trunks'\.\n/);
  });

  it('tells a script the same as JSON', async () => {
    await writeFile(
      join(folder, 'n.json'),
      '{"networks":[{"id":"7259e236-a68b-4460-a20a-3de061913c4c","shared":true}]}',
    );
    const { code, out, err } = await commandLine('import', folder, '--json', '--name', 'x');
    assert.deepEqual([code, err], [EXIT.ok, '']);
    const said = JSON.parse(out) as { lab: string; text: string; notes: { code: string; resources: object[] }[] };
    assert.equal(said.lab, 'x');
    assert.match(said.text, /^lab: x$/m);
    assert.equal(said.notes[0]?.code, 'NotRepresented');
    assert.deepEqual(said.notes[0].resources, [
      { kind: 'network', id: '7259e236-a68b-4460-a20a-3de061913c4c', name: '' },
    ]);
  });

  it('tells everything that is wrong with what was given, with the file', async () => {
    const file = join(folder, 'subnets.json');
    await writeFile(file, '[{"ID":"1","Name":"a","Network":"2","Subnet":"nonsense"}]');
    const { code, out, err } = await commandLine('import', file);
    assert.deepEqual([code, out], [EXIT.input, '']);
    assert.match(
      err,
      /subnets\.json: error: 'id' of the subnet 'a' is wrong[^]*'cidr' of the subnet 'a' is wrong[^]*3 errors/,
    );
  });

  for (const [what, text, says] of [
    ['a table', '+----+\n| ID |', /error: .*x\.json is not JSON: [^]*-f json/],
    ['nothing of a cloud', '{}', /error: There is no network, subnet, port or router/],
    ['__proto__', '{"__proto__":{}}', /error: .*x\.json has the key '__proto__'/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await writeFile(join(folder, 'x.json'), text);
      const { code, err } = await commandLine('import', join(folder, 'x.json'));
      assert.equal(code, EXIT.input);
      assert.match(err, says);
    });
  }

  it('refuses a folder without JSON, and a path that is not there', async () => {
    assert.match((await commandLine('import', folder)).err, /There is no \*\.json in/);
    assert.match((await commandLine('import', join(folder, 'no'))).err, /There is no file or folder/);
  });
});
