// `npm test`: everything that proves the project, in order, with one line at the end that sums it up.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { removeLabsOf } from './leftovers.mjs';
import { npm } from './install.mjs';
import { reasonIn, run } from './process.mjs';
import { red, Refusal, say, yellow } from './say.mjs';
import { add, lastWord, minus, nothing, readTally } from './tally.mjs';
import { judgeAgain, secondTries } from './second-try.mjs';
import { openStep } from './test-step.mjs';
import { CHECKS, FUNCTIONAL_PARTS, LIMIT, MINUTE, partsOf, testOptions, WHOLE, WINDOW_PARTS } from './test-plan.mjs';
import { ensureVscode } from './vscode.mjs';

/**
 * @param {string} root
 * @param {readonly string[]} args
 * @returns {Promise<number>} 0 when nothing failed.
 */
export async function runTests(root, args) {
  const { unit, functional, editor, grep } = testOptions(args);
  const all = !unit && !functional && !editor;
  const test = new TestRun(root, grep);
  try {
    await test.alone({ checks: all && grep === undefined ? CHECKS : [], unit: all || unit === true });
    const engine = all || functional || editor ? await test.engine() : null;
    if (all || functional) await test.functional(engine);
    if (all || editor) await test.editor(engine);
  } finally {
    test.dispose();
  }
  say('');
  for (const title of test.secondTry) say(yellow(`Failed beside other tests, passed by itself: ${title}`));
  say(lastWord(test.tally));
  return test.tally.failed > 0 ? 1 : 0;
}

class TestRun {
  tally = nothing;
  /** The titles of what passed only when it ran again. @type {string[]} */
  secondTry = [];
  #began = Date.now();
  #scratch = mkdtempSync(join(tmpdir(), 'neutron-lab-test-'));
  /** The names of the tests' labs begin with it, so that what a broken run left behind is found. */
  #labs = `t${process.pid.toString(36)}`;
  /** Two that run beside each other have names of their own. */
  #runs = 0;
  #root;
  #grep;

  /** @param {string} root @param {string | undefined} grep */
  constructor(root, grep) {
    this.#root = root;
    this.#grep = grep;
  }

  dispose() {
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  /**
   * What needs no engine, two at once: steps that pass or fail as a whole, and the unit tests, which take long, too.
   *
   * @param {{ checks: readonly { title: string, script: string }[], unit: boolean }} what
   */
  async alone({ checks, unit }) {
    const [longest, ...others] = checks.map((check) => () => this.#check(check));
    const files = ['test/unit/**/*.test.ts', 'test/golden/**/*.test.ts'];
    const beside = checks.length > 0;
    const title = 'Unit and golden tests';
    /** @type {Awaited<ReturnType<TestRun['mocha']>>[]} */
    const ended = [];
    const units = async () => void ended.push(await this.mocha(title, files, LIMIT.unit, { beside }));
    const waiting = [...(longest ? [longest] : []), ...(unit ? [units] : []), ...others];
    const one = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
    };
    await Promise.all([one(), one()]);
    if (beside) await this.#again(title, ended);
  }

  /** @param {{ title: string, script: string }} check */
  async #check({ title, script }) {
    const began = Date.now();
    const { code, late, output } = await this.#run([...npm(), 'run', '--silent', script], {
      output: 'quiet',
      limit: this.#limit(LIMIT.check),
    });
    const step = this.#step(title, began);
    if (code === 0 && !late) return step.passed();
    say(output.trimEnd());
    step.failed(late ? 'it was over its time and was ended' : `npm run ${script} ended with code ${String(code)}`);
  }

  /**
   * @param {string} title
   * @param {readonly string[]} files
   * @param {number} limit Milliseconds.
   * @param {{ timeout?: number, skip?: string, env?: Record<string, string>, beside?: boolean,
   * require?: string, grep?: string }} [how] `timeout` of one
   * test in milliseconds; `skip`: all of them, for this reason; `beside` another run, so that all is said at its end;
   * `require`: a module of root hooks; `grep`: only tests whose titles fit.
   */
  async mocha(title, files, limit, { timeout, skip, env = {}, beside = false, require, grep = this.#grep } = {}) {
    const began = Date.now();
    const early = beside ? null : this.#step(title, began);
    const journal = join(this.#scratch, `${randomUUID()}.jsonl`);
    const argv = [process.execPath, 'node_modules/mocha/bin/mocha.js', '--reporter-option', `journal=${journal}`];
    if (process.env.CI !== undefined) argv.push('--forbid-only');
    if (timeout !== undefined) argv.push('--timeout', String(timeout));
    if (grep !== undefined) argv.push('--grep', grep);
    if (require !== undefined) argv.push('--require', require);
    if (skip !== undefined) argv.push('--require', 'test/support/skip-all.ts');
    const { code, late, output } = await this.#run([...argv, ...files], {
      output: beside ? 'quiet' : 'inherit',
      limit: this.#limit(limit),
      group: true,
      env: {
        ...env,
        NEUTRON_LAB_TEST_PREFIX: `${this.#labs}${this.#runs++}`,
        ...(grep === undefined ? {} : { NEUTRON_LAB_TEST_GREP: grep }),
        ...(skip === undefined ? {} : { NEUTRON_LAB_SKIP_TESTS: skip }),
      },
    });
    const step = early ?? this.#step(title, began);
    if (beside) say(output.trimEnd());
    const { tally, running, files: sums, failed, times } = readTally(journal, code);
    this.tally = add(this.tally, tally);
    if (late) say(red(`The tests were over their time and were ended, while this ran: ${running ?? 'none'}`));
    else if (running !== null) say(red(`The tests broke off while this ran: ${running}`));
    step.summed(tally, beside ? times : undefined);
    return { late: late || running !== null, tally, files: sums, failed };
  }

  /**
   * A real engine, which is installed or started where none answers, and the nodes' image.
   *
   * @returns {Promise<string | null>} Why not, or null.
   */
  async engine() {
    const engine = await this.#prepare('Container engine', ['engine', 'ensure', '--yes'], LIMIT.engine);
    if (engine !== null) return `there is no container engine here: ${engine}`;
    const image = await this.#prepare('Node image', ['image', 'build'], LIMIT.image);
    return image === null ? null : `there is no node image: ${image}`;
  }

  /**
   * On the engine, in parts beside each other: most of their time they wait for timers of VRRP.
   *
   * @param {string | null} without Why there is no engine.
   */
  async functional(without) {
    const how = without === null ? { timeout: 2 * MINUTE } : { skip: without };
    const folders = readdirSync(join(this.#root, 'test/functional'));
    const path = (/** @type {string} */ folder) => `test/functional/${folder}/**/*.test.ts`;
    await this.#beside('Functional tests on the engine', partsOf(folders, FUNCTIONAL_PARTS), path, how);
  }

  /**
   * Parts beside each other, and what failed in them again when they are over.
   *
   * @param {string} title
   * @param {readonly string[][]} parts
   * @param {(name: string) => string} path
   * @param {Parameters<TestRun['mocha']>[3]} how
   */
  async #beside(title, parts, path, how) {
    const ended = await Promise.all(
      parts.map((part) =>
        this.mocha(`${title}: ${part.join(', ')}`, part.map(path), this.#left(), { ...how, beside: true }),
      ),
    );
    await this.#again(title, ended, how);
  }

  /**
   * @param {string} title
   * @param {readonly Awaited<ReturnType<TestRun['mocha']>>[]} ended Runs beside each other.
   * @param {Parameters<TestRun['mocha']>[3]} [how]
   */
  async #again(title, ended, how) {
    if (ended.some(({ late }) => late)) return removeLabsOf(this.#root, this.#labs);
    for (const { files, grep, ...first } of secondTries(ended)) {
      const again = await this.mocha(`${title}, what failed again, by itself`, files, this.#limit(LIMIT.again), {
        ...how,
        ...(grep !== undefined && { grep }),
      });
      const { without, passed } = judgeAgain({ files, ...first }, again);
      this.tally = minus(this.tally, without);
      this.secondTry.push(...passed);
      if (again.late) return removeLabsOf(this.#root, this.#labs);
    }
  }

  /**
   * In a real VS Code: its extension host first, then its window. That neither can be had is no failure of the project.
   *
   * @param {string | null} without Why there is no engine.
   */
  async editor(without) {
    const step = this.#step('VS Code and a browser');
    const folder = 'test/editor/ui';
    const files = readdirSync(join(this.#root, folder)).filter((name) => name.endsWith('.test.ts'));
    try {
      await ensureVscode();
      await ensureBrowser();
      step.passed();
    } catch (error) {
      if (!(error instanceof Refusal) || error.exitCode === 130) throw error;
      step.missing(error.message);
      this.tally = add(this.tally, { ...nothing, skipped: 1 });
      say(yellow(`  1 skipped: the tests in the extension host; ${error.message}`));
      return void (await this.mocha('Tests of the window', [`${folder}/*.test.ts`], this.#left(), {
        skip: error.message,
      }));
    }
    // What a window leaves behind when it is killed goes with the rest.
    const env = { TMPDIR: this.#scratch, ...(without === null ? {} : { NEUTRON_LAB_WITHOUT_ENGINE: without }) };
    await this.#extensionHost(env);
    const how = { timeout: 2 * MINUTE, env, require: `${folder}/../support/on-failure.ts` };
    const names = files.map((name) => basename(name, '.test.ts'));
    const path = (/** @type {string} */ name) => join(folder, `${name}.test.ts`);
    await this.#beside('Tests of the window', partsOf(names, WINDOW_PARTS), path, how);
  }

  /** @param {Record<string, string>} env */
  async #extensionHost(env) {
    const step = this.#step('Tests in the extension host');
    const journal = join(this.#scratch, 'extension-host.jsonl');
    const { code, late } = await this.#run([process.execPath, '--import', 'tsx', 'test/editor/host-browser.ts'], {
      limit: this.#limit(LIMIT.host),
      group: true,
      env: {
        ...env,
        NEUTRON_LAB_TEST_PREFIX: this.#labs,
        NEUTRON_LAB_TEST_JOURNAL: journal,
        ...(this.#grep === undefined ? {} : { NEUTRON_LAB_TEST_GREP: this.#grep }),
      },
    });
    const { tally, running } = readTally(journal, code);
    this.tally = add(this.tally, tally);
    if (late || running !== null) say(red(`The tests were ended while this ran: ${running ?? 'none'}`));
    step.summed(tally);
  }

  /**
   * What the functional tests need. That there is no engine is no failure of the project; that the image cannot be made is.
   *
   * @param {string} title
   * @param {readonly string[]} command Of our own command line.
   * @param {number} limit Milliseconds.
   * @returns {Promise<string | null>} Why not, or null.
   */
  async #prepare(title, command, limit) {
    const step = this.#step(title);
    const { code, late, output } = await this.#run([process.execPath, 'dist/cli.js', ...command], {
      output: 'tee',
      limit: this.#limit(limit),
    });
    if (code === 0 && !late) {
      step.passed();
      return null;
    }
    const why = late ? `"neutron-lab ${command.join(' ')}" was over its time` : reasonIn(output);
    if (command[0] === 'engine') step.missing(why);
    else step.failed(why);
    return why;
  }

  /**
   * @param {readonly string[]} argv
   * @param {Omit<import('./process.mjs').RunOptions, 'cwd'>} how
   */
  async #run(argv, how) {
    const ended = await run(argv, { cwd: this.#root, ...how });
    if (!ended.interrupted) return ended;
    await removeLabsOf(this.#root, this.#labs);
    throw new Refusal('The tests were interrupted.', 130);
  }

  /** Milliseconds until the whole run has to be over. */
  #left() {
    return WHOLE - (Date.now() - this.#began);
  }

  /** @param {number} own */
  #limit(own) {
    return Math.max(1000, Math.min(own, this.#left()));
  }

  /** Its heading, and how it ended. @param {string} title @param {number} [began] */
  #step(title, began = Date.now()) {
    return openStep(title, began, (tally) => (this.tally = add(this.tally, tally)));
  }
}
