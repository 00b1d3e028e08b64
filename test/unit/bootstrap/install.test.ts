import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A clone of next to nothing, whose PATH holds only what the test puts there. */
class Clone {
  readonly root = mkdtempSync(join(tmpdir(), 'neutron-lab-install-'));

  constructor() {
    cpSync('src/bootstrap.mjs', join(this.root, 'src/bootstrap.mjs'));
    cpSync('src/bootstrap', join(this.root, 'src/bootstrap'), { recursive: true });
    this.write('package.json', '{ "type": "module" }');
    this.write('package-lock.json', '{}');
    this.write('src/build.mjs', `console.log('bundling');`);
    mkdirSync(join(this.root, 'bin'));
    mkdirSync(join(this.root, 'webview'));
  }

  write(path: string, content: string): void {
    mkdirSync(join(this.root, path, '..'), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  /** A program on the PATH, as lines of a shell that can start nothing but what it has built in. */
  program(name: string, ...lines: string[]): void {
    this.write(`bin/${name}`, ['#!/bin/sh', ...lines, ''].join('\n'));
    chmodSync(join(this.root, 'bin', name), 0o755);
  }

  /** npm as it is when all goes well: packages and the bundle are there afterwards. */
  workingNpm(): void {
    this.program(
      'npm',
      'echo "npm $*" > said',
      'echo "as much as npm says"',
      'echo {} > node_modules/.package-lock.json',
      this.bundling,
    );
    mkdirSync(join(this.root, 'node_modules'));
    mkdirSync(join(this.root, 'dist'));
  }

  readonly bundling = `echo 'console.log(process.argv.slice(2).join(" ")); process.exitCode = 7' > dist/cli.js`;

  run(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['src/bootstrap.mjs', ...args], {
      cwd: this.root,
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: undefined, PATH: join(this.root, 'bin') },
      timeout: 9000,
    });
    return { status, stdout, stderr };
  }

  dispose(): void {
    rmSync(this.root, { recursive: true });
  }
}

describe('The first start', () => {
  let clone: Clone;
  beforeEach(() => (clone = new Clone()));
  afterEach(() => {
    clone.dispose();
  });

  it('says what it installs, installs it, and hands over arguments and exit code', () => {
    clone.workingNpm();
    const { stdout, status } = clone.run('demo', '--quick');
    assert.match(stdout, /^The npm packages are missing: running "npm ci"/);
    assert.match(readFileSync(join(clone.root, 'said'), 'utf8'), /^npm ci --include=dev/);
    assert.match(stdout, /^The npm packages are there \(.* s\)\.$/m);
    assert.doesNotMatch(stdout, /as much as npm says/);
    assert.match(stdout, /^demo --quick$/m);
    assert.equal(status, 7);
  });

  it('installs nothing the second time', () => {
    clone.workingNpm();
    clone.run('demo');
    assert.equal(clone.run('demo').stdout, 'demo\n');
  });

  it('installs again when the lock file changed', () => {
    clone.workingNpm();
    clone.run('demo');
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(clone.root, 'package-lock.json'), later, later);
    assert.match(clone.run('demo').stdout, /^The lock file is newer than the installed npm packages/);
  });

  it('bundles again when a source is newer than the bundle', () => {
    clone.workingNpm();
    clone.run('demo');
    const later = new Date(Date.now() + 60_000);
    clone.write('src/cli/main.ts', '');
    utimesSync(join(clone.root, 'src/cli/main.ts'), later, later);
    clone.write('src/build.mjs', `import { writeFileSync } from 'node:fs'; writeFileSync('bundled', '');`);
    clone.run('demo');
    assert.ok(existsSync(join(clone.root, 'bundled')));
  });

  it('says that there is no way to the registry, and what helps', () => {
    clone.program('git', '');
    clone.program('npm', 'echo "npm error code ENOTFOUND" >&2', 'exit 1');
    const { stdout, stderr, status } = clone.run('demo');
    assert.match(stdout, /^npm error code ENOTFOUND$/m);
    assert.match(stderr, /could not be fetched: the package registry did not answer\. Connect this machine/);
    assert.equal(status, 1);
  });

  it('says that npm is missing, and that git is, which does not matter', () => {
    const { stdout, stderr, status } = clone.run('demo');
    assert.match(stdout, /git is not installed\. Nothing here needs it/);
    assert.match(stderr, /npm was not found\. Install it/);
    assert.equal(status, 1);
  });

  it('says what the sources lack when they do not bundle', () => {
    clone.workingNpm();
    clone.program('npm', 'echo {} > node_modules/.package-lock.json');
    clone.write('src/build.mjs', `console.error('Could not resolve "./nowhere.js"'); process.exit(1);`);
    const { stdout, stderr, status } = clone.run('demo');
    assert.match(stdout, /Could not resolve "\.\/nowhere\.js"/);
    assert.match(stderr, /The sources do not bundle/);
    assert.equal(status, 1);
  });

  it('shows its commands, and refuses those that it does not have', () => {
    assert.match(clone.run('--help').stdout, /^Usage: node src\/bootstrap\.mjs COMMAND/);
    const { stderr, status } = clone.run('dmeo');
    assert.match(stderr, /^There is no command "dmeo"\./);
    assert.equal(status, 1);
  });
});
