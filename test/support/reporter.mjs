// A dot a test; at the end the failures in full and the reason of everything that was skipped. With
// `--reporter-option journal=FILE` every event is appended to a file as a JSON line at once, so that a run that has to
// be ended can still be counted. With `report=FILE` the words go there, for an extension host, whose output nobody sees.
import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

const { Base } = Mocha.reporters;
const { constants } = Mocha.Runner;
const { color } = Base;

/** Milliseconds that mocha may live on after its last test before that counts as a defect. */
const AFTERLIFE = 15_000;
const WIDTH = 100;

/**
 * The reason given by test/support/skip.ts to a test or to a suite around it.
 *
 * @param {import('mocha').Test} test
 */
export function reasonOf(test) {
  /** @type {import('mocha').Test | import('mocha').Suite | undefined} */
  let item = test;
  for (; item; item = item.parent)
    if ('skipReason' in item && typeof item.skipReason === 'string') return item.skipReason;
  return 'no reason was given';
}

/** @param {Map<string, string[]>} skipped Titles by reason. @returns {string[]} */
export function skippedLines(skipped) {
  return [...skipped].flatMap(([reason, titles]) => [
    `  ${String(titles.length)} skipped: ${reason}`,
    ...(titles.length > 5 ? [...titles.slice(0, 4), `and ${String(titles.length - 4)} more`] : titles).map(
      (title) => `    - ${title}`,
    ),
  ]);
}

// mocha takes what a reporter module exports as its default.
export default class JournalReporter extends Base {
  static description = 'dots, failures in full, the reason of each skip';

  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {string | undefined} */
    const journal = options.reporterOptions?.journal;
    /** @type {string | undefined} */
    const report = options.reporterOptions?.report;
    const print = (/** @type {string} */ text) =>
      void (report === undefined ? process.stdout.write(text) : appendFileSync(report, text));
    if (report !== undefined) Base.consoleLog = (...words) => print(`${format(...words)}\n`);
    const write = (/** @type {object} */ event) => {
      if (journal !== undefined) appendFileSync(journal, `${JSON.stringify({ at: Date.now(), ...event })}\n`);
    };
    /** What every end of a test says. @param {import('mocha').Test} test */
    const told = (test) => ({
      title: test.fullTitle(),
      ...(test.file && { file: relative(process.cwd(), test.file) }),
    });
    /** @type {Map<string, string[]>} */
    const skipped = new Map();
    let column = 0;
    const dot = (/** @type {string} */ text) => {
      print(`${column % WIDTH === 0 ? '\n  ' : ''}${text}`);
      column += 1;
    };

    runner.once(constants.EVENT_RUN_BEGIN, () => {
      write({ event: 'begin' });
    });
    runner.on(constants.EVENT_TEST_BEGIN, (test) => write({ event: 'start', title: test.fullTitle() }));
    runner.on(constants.EVENT_TEST_PASS, (test) => {
      write({ event: 'pass', ...told(test), ms: test.duration });
      dot(color(test.speed ?? 'fast', '.'));
    });
    runner.on(constants.EVENT_TEST_PENDING, (test) => {
      const reason = reasonOf(test);
      write({ event: 'skip', ...told(test), reason });
      skipped.set(reason, [...(skipped.get(reason) ?? []), test.fullTitle()]);
      dot(color('pending', ','));
    });
    runner.on(constants.EVENT_TEST_FAIL, (test, error) => {
      write({ event: 'fail', ...told(test), ms: test.duration, message: error.message });
      dot(color('fail', '!'));
    });
    runner.once(constants.EVENT_RUN_END, () => {
      write({ event: 'end' });
      print('\n');
      this.epilogue();
      for (const line of skippedLines(skipped)) print(`${line}\n`);
      // An extension host lives on: it is ended by whoever opened its window.
      if (report !== undefined) return;
      setTimeout(() => {
        const open = process.getActiveResourcesInfo();
        write({ event: 'fail', title: 'mocha ends', message: `still open: ${open.join(', ')}` });
        process.stderr.write(`mocha does not end: something was left open (${open.join(', ')})\n`);
        process.exit(1);
      }, AFTERLIFE).unref();
    });
  }
}
