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

  for (const [encoding, mark] of [
    ['utf-16le', '\ufeff'],
    ['utf-16le', ''],
    ['utf-16be', '\ufeff'],
    ['utf-8', '\ufeff'],
  ] as const)
    it(`reads ${encoding}${mark === '' ? ' without a byte order mark' : ''}, as shells of Windows write it`, async () => {
      const bytes = Buffer.from(
        `${mark}[{"ID":"7259e236-a68b-4460-a20a-3de061913c4c","Name":"nät","Subnets":[]}]`,
        encoding === 'utf-8' ? 'utf-8' : 'utf-16le',
      );
      await writeFile(join(folder, 'n.json'), encoding === 'utf-16be' ? bytes.swap16() : bytes);
      const { code, out } = await commandLine('import', folder);
      assert.equal(code, EXIT.ok);
      assert.match(out, /^ {2}nät:/m);
    });

  it('refuses text of which it would lose characters', async () => {
    await writeFile(
      join(folder, 'n.json'),
      Buffer.from('[{"ID":"7259e236-a68b-4460-a20a-3de061913c4c","Name":"nät","Subnets":[]}]', 'latin1'),
    );
    const { code, err } = await commandLine('import', folder);
    assert.equal(code, EXIT.input);
    assert.match(err, /n\.json is not text in UTF-8, as JSON is\.\n.*iconv/);
  });

  it('refuses a cloud that is larger than a lab can be, and writes nothing', async () => {
    const ports = Array.from({ length: 10_000 }, (_, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      network_id: '7259e236-a68b-4460-a20a-3de061913c4c',
      mac_address: `fa:16:3e:00:${[index >> 8, index & 255].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`,
    }));
    await writeFile(join(folder, 'p.json'), JSON.stringify({ ports }));
    const { code, err } = await commandLine('import', folder, '-o', join(folder, 'x.yaml'));
    assert.equal(code, EXIT.input);
    assert.match(err, /The lab file would have \d+ characters, at most 524288 are read: there are 10000 ports\./);
    await assert.rejects(readFile(join(folder, 'x.yaml')), { code: 'ENOENT' });
  });

  it('refuses a folder without JSON, and a path that is not there', async () => {
    assert.match((await commandLine('import', folder)).err, /There is no \*\.json in/);
    assert.match((await commandLine('import', join(folder, 'no'))).err, /There is no file or folder/);
  });
});
