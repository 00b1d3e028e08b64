import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../../../src/cli/exit-codes.js';
import { commandLine } from './command-line.js';

const LAB = 'labs/ha-router';

describe('neutron-lab export', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neutron-lab-export-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('prints the text alone, so that it can go into a file or a pipe', async () => {
    const { code, out, err } = await commandLine('export', 'openstack', LAB);
    assert.deepEqual([code, err], [EXIT.ok, '']);
    assert.equal(out, await readFile('test/data/export/ha-router.sh', 'utf8'));
  });

  it('writes a file, and not over one that is there unless it is told to', async () => {
    const output = join(folder, 'edge.tf');
    await writeFile(output, 'mine\n');
    const { code, err } = await commandLine('export', 'terraform', LAB, '-o', output);
    assert.equal(code, EXIT.input);
    assert.match(err, /is there already, and nothing was written\./);
    assert.equal(await readFile(output, 'utf8'), 'mine\n');
    const forced = await commandLine('export', 'terraform', LAB, '-o', output, '--force');
    assert.deepEqual([forced.code, forced.out], [EXIT.ok, '']);
    assert.match(forced.err, /✓ .*edge\.tf, the lab ha-router\./);
    assert.match(await readFile(output, 'utf8'), /^resource "openstack_networking_router_v2" "edge" \{$/m);
  });

  it('takes a role, and leaves instances out', async () => {
    const { out } = await commandLine('export', 'heat', LAB, '--as', 'member', '--no-servers');
    assert.match(out, /^ {2}network_GATEWAY_NET:\n {4}type: string$/m);
    assert.doesNotMatch(out, /OS::Nova::Server/);
  });

  it('says what it can write, for whom, and that a file and a running lab are two things', async () => {
    const format = await commandLine('export', 'ansible', LAB);
    assert.equal(format.code, EXIT.input);
    assert.match(format.err, /openstack, heat, terraform/);
    const role = await commandLine('export', 'heat', LAB, '--as', 'root');
    assert.match(role.err, /It is one of admin, member\./);
    const both = await commandLine('export', 'heat', LAB, '--lab', 'ha-router');
    assert.equal(both.code, EXIT.input);
    assert.match(both.err, /A lab file and a running lab are given at once\./);
  });
});
