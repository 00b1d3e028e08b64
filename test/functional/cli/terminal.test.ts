import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FailoverReport } from '../../../src/experiment/failover-report.js';
import { skipReason } from '../../support/skip.js';
import { EngineWay } from '../../support/engine-way.js';
import { LabCopy, program, start } from './program.js';
import { HAS_SCRIPT, PseudoTerminal } from './pseudo-terminal.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SIZE = { rows: 40, columns: 110 };
const CTRL_C = '\u0003';

/** What `npm run demo` starts, with a lab of this run instead of the bundled one. */
async function demo(folder: string): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['src/bootstrap.mjs', 'demo', folder], { cwd: ROOT, timeout: 90_000 });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return await new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out });
    });
  });
}

describe('one lab from the demonstration on, as a person at a terminal has it', function () {
  this.timeout(120_000);
  let copy: LabCopy;
  let terminal: PseudoTerminal | null = null;
  const open = (...words: string[]): PseudoTerminal => (terminal = new PseudoTerminal(words, SIZE));

  before(async function () {
    if (!HAS_SCRIPT) skipReason(this, 'There is no `script` of util-linux here, which makes pseudo-terminals.');
    copy = await LabCopy.of('ha-router', 'cli-tty');
  });
  afterEach(async () => {
    await terminal?.end();
    terminal = null;
  });
  after(async () => {
    await (copy as LabCopy | undefined)?.remove();
  });

  it('demo: the lab comes up, pings go through, a node dies, the outage stands beside the theory, all is healed', async () => {
    const { code, out } = await demo(copy.folder);
    assert.equal(code, 0, out);
    const chapters = [...out.matchAll(/^\d {2}(.*)$/gm)].map(([, title]) => title);
    assert.deepEqual(chapters, [
      'What it stands on',
      'The lab comes up',
      'Packets go through the router',
      'The active network node dies',
      'The outage, measured and predicted',
      'Healed',
    ]);
    assert.equal(out.match(/answers: 3 of 3/g)?.length, 2, out);
    for (const [role, replicas] of Object.entries({ MASTER: 1, BACKUP: 2 }))
      assert.equal(out.match(new RegExp(`✓ network\\d is ${role}$`, 'gm'))?.length, replicas, out);
    assert.match(out, /Try next:\n {2}npx neutron-lab status --watch/);
    assert.equal((await program('plan', copy.folder)).code, 0);
  });

  it('status --watch: a screen of its own, which shows a change of roles, and gives the old one back', async () => {
    const screen = open('status', '--watch', copy.lab);
    await screen.says(/Ctrl-C ends this/);
    assert.ok(screen.raw.includes('\u001b[?1049h'));
    const [, active = ''] = await screen.says(/(network\d) +MASTER/);
    const broken = await program('fail', 'keepalived', 'edge', '--how', 'terminate', '--lab', copy.lab);
    assert.equal(broken.code, 0, broken.err);
    await screen.says(new RegExp(`edge on ${active}: MASTER → `));
    await screen.says(new RegExp(`edge on (?!${active})network\\d: BACKUP → MASTER`));

    const before = screen.text.length;
    screen.resize({ rows: 12, columns: 60 });
    await screen.says(/…/, before);
    screen.type(CTRL_C);
    assert.equal(await screen.ended, 0);
    const [, after = ''] = screen.raw.split('\u001b[?1049l');
    assert.match(after, /MASTER/, 'the last state stays on the screen');
    assert.ok(screen.raw.includes('\u001b[?25h'), 'the cursor is there again');
  });

  it('status --watch: says so when the engine goes, and leaves', async () => {
    const way = await EngineWay.open();
    try {
      const engine = ['--docker-host', `unix://${way.socket}`];
      const lines = start(['status', '--watch', copy.folder, ...engine]);
      const screen = open('status', '--watch', copy.lab, ...engine);
      await Promise.all([lines.says(/^ {2}edge /m), screen.says(/Ctrl-C ends this/)]);
      await way.cut();
      const { code, err } = await lines.ended;
      assert.deepEqual([code, err.startsWith('error: The connection to the container engine broke')], [3, true], err);
      assert.equal(await screen.ended, 3);
      assert.match(screen.text, /error: The connection to the container engine broke/);
    } finally {
      await way.end();
    }
  });

  it('exec -it: a shell on an instance that knows its size, hears Ctrl-C, and whose code comes back', async () => {
    const healed = await program('heal', '--lab', copy.lab);
    assert.equal(healed.code, 0, healed.err);
    const shell = open('exec', '-it', 'web1', '--lab', copy.lab);
    shell.type('stty size; hostname; echo "[$TERM]"\n');
    await shell.says(/^40 110\nweb1\n\[xterm-256color\]$/m);
    shell.resize({ rows: 20, columns: 70 });
    // Its window changes after ours has: what it is then is asked until it is so.
    shell.type('until [ "$(stty size)" = "20 70" ]; do :; done; echo resized: $?\n');
    await shell.says(/^resized: 0$/m);
    shell.type('ping 192.168.10.1\n');
    await shell.says(/bytes from 192\.168\.10\.1/);
    shell.type(CTRL_C);
    await shell.says(/packets transmitted/);
    shell.type('exit 7\n');
    assert.equal(await shell.ended, 7);
  });

  it('failover --json: what was measured lies where the theory has it', async () => {
    const { code, out, err } = await program('failover', 'edge', '--by', 'terminate', '--json', '--lab', copy.lab);
    const report = JSON.parse(out) as FailoverReport;
    const [run] = report.runs;
    assert.ok(run, err);
    assert.deepEqual([report.router, report.fault, report.advert_int_s, report.priority], ['edge', 'terminate', 2, 50]);
    // A farewell leaves the skew time of RFC 3768 alone: (256 - 50) / 256 s.
    assert.ok(run.theory.low <= 0.8047 && 0.8047 <= run.theory.high, JSON.stringify(run.theory));
    assert.notEqual(run.active_after, run.active_before);
    assert.ok(run.probes.length > 0 && run.probes.every(({ sent, received, lost }) => sent === received + lost));
    assert.equal(run.outage_s, Math.max(...run.probes.map(({ outage_s }) => outage_s)));
    assert.equal(code, report.agreeing === 1 ? 0 : 1, run.explanation);
  });
});
