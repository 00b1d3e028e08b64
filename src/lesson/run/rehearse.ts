/** Runs a whole lesson as a learner would, on the real engine, and says what is not as its text has it. */
import type { Runtime } from '../../docker/runtime.js';
import type { BringUpProgress } from '../../lab/bring-up/bring-up.js';
import { Interrupted } from '../../lab/lab-errors.js';
import { readNodes, statusOf } from '../../lab/status.js';
import type { TimelineEvent } from '../../experiment/timeline/event.js';
import { LabError } from '../../model/errors.js';
import type { Problem } from '../../model/lab-file/problems.js';
import type { Cell, Lesson, LessonStep, Range, RunCell, ShowCell } from '../format/lesson.js';
import { problemAt } from '../format/problem-at.js';
import { consoleProblems } from './console.js';
import { PATIENCE, judgeRun } from './judge-run.js';
import type { LearnersFile } from './learners-file.js';
import { REHEARSAL, refuseIfInUse } from './in-use.js';
import { giveUpTime, settlingTime } from './patience.js';
import type { RehearsalEvent } from './rehearsal-event.js';
import { SolutionFailed } from './lesson-errors.js';
import { LessonLab } from './lesson-lab.js';

export interface RehearsalOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RehearsalEvent) => void;
}

/**
 * @param text Of the lesson
 * @param start Of its lab file
 * @returns what is wrong, in the order of the text; the lab is gone afterwards
 * @throws LessonLabRuns, and what the engine throws
 */
export async function rehearse(
  runtime: Runtime,
  sources: { readonly text: string; readonly lesson: Lesson; readonly start: string },
  { signal, onEvent = () => undefined }: RehearsalOptions = {},
): Promise<Problem[]> {
  const { lesson, start } = sources;
  const file = memoryFile(lesson.head.lab, start);
  using lab = new LessonLab(runtime, { lesson, start, file, version: REHEARSAL });
  await refuseIfInUse(runtime, await lab.name());
  const rehearsal = new Rehearsal(lab, sources.text, signal, onEvent);
  try {
    await rehearsal.go();
  } finally {
    await lab.down();
  }
  return [...rehearsal.problems].sort((one, other) => one.line - other.line);
}

function memoryFile(name: string, start: string): LearnersFile {
  let text = start;
  return {
    name,
    read: async () => await Promise.resolve(text),
    write: async (now) => {
      text = now;
      await Promise.resolve();
    },
  };
}

class Rehearsal {
  readonly problems: Problem[] = [];
  private readonly work;
  /** Of the last experiment. */
  private last: readonly TimelineEvent[] = [];

  constructor(
    private readonly lab: LessonLab,
    private readonly text: string,
    private readonly signal: AbortSignal | undefined,
    private readonly tell: (event: RehearsalEvent) => void,
  ) {
    this.work = {
      ...(signal && { signal }),
      onProgress: (progress: BringUpProgress): void => {
        tell({ type: 'progress', progress });
      },
    };
  }

  /** First as a learner who reads and does, then as one who asks for every solution. */
  async go(): Promise<void> {
    const { steps } = this.lab.lesson;
    await this.start('The lab, from nothing');
    let inside: LessonStep | null = null;
    for (const cell of this.lab.lesson.cells) {
      const step = steps.find(({ number }) => number === cell.step) ?? null;
      if (step === null) await this.cell(cell);
      else if (step !== inside) await this.learn(step);
      inside = step;
    }
    await this.consoles(null);
    await this.start('Back to the start');
    // Solutions that are what the learner declared already need no second proof; that the start is the start does.
    const again = steps.some((step) => !isWhatIsDeclared(step)) ? steps : steps.slice(0, 1);
    const [first] = again;
    const never = this.problems.some(
      ({ code, line }) => code === 'CheckCannotFail' && line === first?.check.range.line,
    );
    if (first && !never && !beginsWell(first) && (await this.lab.check(first)).passed)
      this.report(
        first.check.range,
        'ResetLeavesTraces',
        'After a reset this check still passes.',
        'Ask for what is gone then.',
      );
    for (const step of again) await this.solve(step);
  }

  private async start(what: string): Promise<void> {
    this.tell({ type: 'doing', what });
    await this.lab.reset(this.work);
  }

  private async learn(step: LessonStep): Promise<void> {
    this.stopIfAsked();
    this.tell({ type: 'step', step });
    const before = await this.lab.check(step);
    this.tell({ type: 'check', step, moment: 'before', result: before });
    if (before.passed && !beginsWell(step))
      this.report(
        step.check.range,
        'CheckCannotFail',
        'This check passes before anything was done.',
        'Ask for what only this step brings about.',
      );
    const at = step.cells.indexOf(step.check);
    for (const cell of step.cells.slice(0, at)) await this.cell(cell);
    await this.solve(step);
    for (const cell of step.cells.slice(at + 1)) await this.cell(cell);
    await this.evidence(step);
    await this.consoles(step.number);
  }

  /** Where what was done by its cells is not enough already. */
  private async solve(step: LessonStep): Promise<void> {
    this.stopIfAsked();
    try {
      let result = await this.lab.check(step);
      if (!result.passed) {
        await this.lab.perform(step.check.solution, this.work);
        result = await this.lab.holds(step.check.that, giveUpTime((await this.lab.inUse()).lab));
      }
      this.tell({ type: 'check', step, moment: 'after', result });
      if (!result.passed) throw new SolutionFailed(step, result);
    } catch (error) {
      // What helps a learner, to go back and solve it anew, helps nobody who writes the lesson.
      const remedy = error instanceof SolutionFailed ? 'Correct the solution, or what the check asks for.' : null;
      this.failed(step.check.range, 'SolutionDoesNotPass', error, remedy);
    }
  }

  private async cell(cell: Cell): Promise<void> {
    this.stopIfAsked();
    this.tell({ type: 'cell', cell });
    try {
      if (cell.kind === 'run') await this.run(cell);
      else if (cell.kind === 'declare') await this.lab.perform([{ kind: 'declare', patch: cell.patch }], this.work);
      else if (cell.kind === 'experiment') {
        const { report, timeline } = await this.lab.experiment(cell, this.signal ? { signal: this.signal } : {});
        this.last = timeline?.events ?? [];
        const missed = report.expectations.find(({ met }) => !met);
        if (missed)
          this.report(
            cell.range,
            'ExpectationMissed',
            `The outage was ${missed.measured_s.toFixed(2)} s, not below ${String(missed.below_s)} s.`,
            'Expect what theory promises.',
          );
      } else if (cell.kind === 'show') await this.show(cell.what);
      else if (cell.kind === 'inject') {
        // Each fault alone has to make the check of its step fail; mending is the solution's business.
        for (const fault of cell.faults) await this.injected(cell, fault);
      }
    } catch (error) {
      this.failed(cell.range, 'CellFailed', error);
    }
  }

  private async show(what: ShowCell['what']): Promise<void> {
    if (what === 'timeline') {
      this.tell({ type: 'timeline', events: this.last });
      return;
    }
    const { running, lab } = await this.lab.inUse();
    this.tell({ type: 'topology', lab, status: statusOf(lab, await readNodes(running)) });
  }

  private async run(cell: RunCell): Promise<void> {
    const limit = new AbortController();
    const stop = (): void => {
      limit.abort();
    };
    const timer = setTimeout(stop, ((cell.seconds ?? 0) + PATIENCE) * 1000);
    this.signal?.addEventListener('abort', stop);
    let half = '';
    const result = await this.lab
      .run(cell, {
        signal: limit.signal,
        onOutput: (text) => {
          const lines = (half + text).split('\n');
          half = lines.pop() ?? '';
          for (const line of lines) this.tell({ type: 'output', line });
        },
      })
      .finally(() => {
        clearTimeout(timer);
        this.signal?.removeEventListener('abort', stop);
      });
    if (half !== '') this.tell({ type: 'output', line: half });
    this.stopIfAsked();
    const wrong = judgeRun(this.text, cell, result);
    if (wrong) this.report(wrong.range, wrong.code, wrong.message, wrong.remedy);
  }

  private async injected(cell: Extract<Cell, { kind: 'inject' }>, fault: (typeof cell.faults)[number]): Promise<void> {
    this.stopIfAsked();
    const step = this.lab.lesson.steps.find(({ number }) => number === cell.step);
    await this.lab.perform(fault.moves, this.work);
    const broken = step ? await this.lab.check(step) : null;
    if (broken?.passed === true)
      this.report(
        cell.range,
        'FaultNotSeen',
        `The check does not see the fault “${fault.name}”.`,
        'Ask for what it breaks.',
      );
    if (step) await this.solve(step);
  }

  private async settling(): Promise<number> {
    return settlingTime((await this.lab.inUse()).lab);
  }

  private async evidence(step: LessonStep): Promise<void> {
    for (const cell of step.cells) {
      if (cell.kind !== 'predict') continue;
      const { verdicts } = await this.lab.holds(cell.evidence, await this.settling());
      const wrong = verdicts.find(({ holds }) => !holds);
      if (wrong)
        this.report(
          { ...cell.range, line: wrong.condition.line },
          'EvidenceDoesNotHold',
          `What shows that the answer is true does not hold: ${wrong.why ?? ''}`,
          'Correct the answer, or what shows it.',
        );
    }
  }

  private async consoles(step: number | null): Promise<void> {
    const { lab } = await this.lab.inUse();
    for (const block of this.lab.lesson.consoles.filter((one) => one.step === step))
      for (const problem of consoleProblems(lab, block)) {
        this.report(
          problem.range,
          'ConsoleDiffers',
          problem.message,
          'Write what this lab has, and `…` for what is a cloud’s own.',
        );
      }
  }

  private failed(range: Range, code: string, error: unknown, remedy: string | null = null): void {
    if (!(error instanceof LabError) || this.signal?.aborted === true) throw error;
    this.report(range, code, error.message, remedy ?? error.remedy);
  }

  private report(range: Range, code: string, message: string, remedy: string): void {
    const problem = problemAt(this.text, range, { code, message, remedy });
    // A second way through the lesson finds what the first one found.
    if (this.problems.some((one) => one.line === problem.line && one.code === code)) return;
    this.problems.push(problem);
    this.tell({ type: 'problem', problem });
  }

  private stopIfAsked(): void {
    if (this.signal?.aborted === true) throw new Interrupted();
  }
}

/** The solution is what the `declare` cells of the step say. */
function isWhatIsDeclared({ cells, check }: LessonStep): boolean {
  const declared = cells.filter((cell) => cell.kind === 'declare').map(({ patch }) => patch);
  return (
    check.solution.length === declared.length &&
    check.solution.every((move, index) => move.kind === 'declare' && move.patch === declared[index])
  );
}

/** Where something is injected, the check asks that all is well: it passes until then. */
function beginsWell({ cells }: LessonStep): boolean {
  return cells.some(({ kind }) => kind === 'inject');
}
