import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../../../src/cli/exit-codes.js';
import { FAULT_ATTRIBUTES, FAULT_WORDS } from '../../../src/model/scenario.js';
import { COMMANDS } from '../../../src/cli/program.js';
import { VERSION } from '../../../src/cli/version.js';
import { commandLine } from './command-line.js';

describe('the command line', () => {
  it('prints its help where nothing is asked', async () => {
    const { code, out } = await commandLine();
    assert.equal(code, EXIT.ok);
    for (const { name } of COMMANDS) assert.match(out, new RegExp(`^  ${name}\\b`, 'm'));
    assert.match(out, /Exit codes:[^]*130 {2}interrupted/);
  });

  it('prints its version', async () => {
    assert.deepEqual(await commandLine('--version'), { code: 0, out: `${VERSION}\n`, err: '' });
  });

  for (const { name } of COMMANDS) {
    it(`explains ${name}, with examples`, async () => {
      const { code, out } = await commandLine(name, '--help');
      assert.equal(code, EXIT.ok);
      assert.match(out, /Usage: neutron-lab/);
      assert.deepEqual(
        out.split('\n').filter((line) => line.length > 80),
        [],
      );
      if (!['fail', 'image', 'engine'].includes(name)) assert.match(out, /Examples:\n {2}\S/);
    });
  }

  it('explains subcommands', async () => {
    for (const words of [
      ['fail', 'link'],
      ['image', 'save'],
      ['engine', 'ensure'],
    ]) {
      assert.match((await commandLine(...words, '--help')).out, /Examples:\n {2}neutron-lab /);
    }
  });

  for (const word of FAULT_WORDS) {
    it(`breaks ${word} as a scenario does, by the same name and the same words`, async () => {
      const { code, out } = await commandLine('fail', word, '--help');
      assert.equal(code, EXIT.ok);
      const options = new Set([...out.matchAll(/^ {2}(?:-\w, )?--(?:no-)?([a-z-]+)/gm)].map(([, name]) => name));
      for (const attribute of FAULT_ATTRIBUTES[word]) {
        assert.ok(options.has(attribute.replace('_', '-')), `${attribute} is no option of fail ${word}:\n${out}`);
      }
      assert.match((await commandLine('fail', '--help')).out, new RegExp(`^  ${word} `, 'm'));
    });
  }

  it('tells what is wrong, and what is near', async () => {
    const { code, out, err } = await commandLine('statsu');
    assert.equal(code, EXIT.input);
    assert.equal(out, '');
    assert.equal(err, "error: Unknown command 'statsu'.\n  Did you mean status?\n");
  });

  it('tells scripts the same as JSON on standard output', async () => {
    const { code, out, err } = await commandLine('up', '--frobnicate', '--json');
    assert.equal(code, EXIT.input);
    assert.equal(err, '');
    const { error } = JSON.parse(out) as { error: Record<string, string> };
    assert.deepEqual(error, {
      code: 'Usage',
      message: "Unknown option '--frobnicate'.",
      remedy: '`neutron-lab up --help` shows what there is.',
    });
  });

  const refused: readonly (readonly [what: string, words: readonly string[], says: RegExp])[] = [
    ['a number that is none', ['failover', 'edge', '--times', '0'], /whole number from 1 to 1000/],
    ['a fault that nobody knows', ['fail', 'fire', 'edge'], /'fire'[^]*`neutron-lab fail --help`/],
    ['a number of a subcommand', ['fail', 'mtu', 'edge', '--mtu', 'x'], /'x'[^]*`neutron-lab fail mtu --help`/],
    ['an unknown fault', ['failover', 'edge', '--by', 'magic'], /magic[^]*one of node, [^]*keepalived/],
    ['a heal of a fault on no node', ['heal', '--fault', 'x'], /A fault is on a node/],
    ['words before --', ['exec', 'n', 'ls', '--', 'ls'], /"ls" stands before --/],
    ['a command without a place', ['exec', '--', 'ls'], /Where the command should run is missing/],
    ['a path that is not there', ['validate', '/no/such/path'], /no file or folder/],
    ['a subcommand that is missing', ['fail'], /Usage: neutron-lab fail/],
  ];
  for (const [what, words, says] of refused) {
    it(`refuses ${what}`, async () => {
      const { code, err } = await commandLine(...words);
      assert.equal(code, EXIT.input);
      assert.match(err, says);
    });
  }

  it('prints the schema of lab files', async () => {
    const { out } = await commandLine('schema');
    assert.match((JSON.parse(out) as { $schema: string }).$schema, /draft-07/);
  });

  describe('with files', () => {
    let folder = '';
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'neutron-lab-cli-'));
    });
    after(async () => {
      await rm(folder, { recursive: true });
    });

    it('validates what stands in a folder', async () => {
      const file = join(folder, 'a.neutron.yaml');
      await writeFile(file, 'lab: a\nnodes: { n1: {} }\n');
      const good = await commandLine('validate', folder);
      assert.equal(good.code, EXIT.ok);
      await writeFile(file, 'lab: a\nndoes: { n1: {} }\n');
      const bad = await commandLine('validate', folder);
      assert.equal(bad.code, EXIT.input);
      assert.match(bad.out, /a\.neutron\.yaml:2:1: error: .*\n {2}2 \| ndoes.*\n {4}\| \^\^\^\^\^\n {2}→ .*nodes/);
      const { valid, problems } = JSON.parse((await commandLine('validate', folder, '--json')).out) as {
        valid: boolean;
        problems: unknown[];
      };
      assert.deepEqual([valid, problems.length], [false, 1]);
    });

    it('asks which file is meant where there are two', async () => {
      await writeFile(join(folder, 'b.neutron.yaml'), 'lab: b\n');
      const { code, err } = await commandLine('validate', folder);
      assert.equal(code, EXIT.input);
      assert.match(err, /2 lab files in .*: a\.neutron\.yaml, b\.neutron\.yaml/);
    });
  });

  it('says how to get an engine where none answers', async () => {
    const { code, err } = await commandLine('list', '--docker-host', 'unix:///no/such.sock');
    assert.equal(code, EXIT.engine);
    assert.match(err, /^error: .*\/no\/such\.sock/);
  });
});
