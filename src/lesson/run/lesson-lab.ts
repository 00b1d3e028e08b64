/**
 * A lesson with the learner's lab: what every face does with it. It holds sessions with the nodes and nothing else: what is
 * true is asked of the nodes each time, so that a learner may do it by a shell, the tree or the file, and whoever comes later
 * goes on from there.
 */
import type { Runtime } from '../../docker/runtime.js';
import { type BringUpProgress, type BroughtUp, bringUpLab } from '../../lab/bring-up/bring-up.js';
import { down } from '../../lab/bring-up/down.js';
import { forgetHidden } from '../../lab/break/hidden.js';
import { RunningLab } from '../../lab/running-lab.js';
import { hiddenMarks, readNodes } from '../../lab/status.js';
import type { ExperimentReport } from '../../experiment/experiment-report.js';
import { type ExperimentOptions, runExperiment } from '../../experiment/experiment.js';
import type { Timeline } from '../../experiment/timeline/timeline.js';
import { mergePatch } from '../../model/lab-file/edit/merge-patch.js';
import { writtenName } from '../../model/lab-file/likely-name.js';
import { checkConditions } from '../check/check.js';
import type { LabInUse } from '../check/place.js';
import { type CheckResult, onlyNoticed, reasonsOf } from '../check/verdict.js';
import type {
  Condition,
  ExperimentCell,
  InjectCell,
  Lesson,
  LessonStep,
  Move,
  Patch,
  RunCell,
} from '../format/lesson.js';
import { type LearnersFile, declare, intentOf, scenarioOf, unappliedIn } from './learners-file.js';
import { FaultIsHidden, FaultWithoutCheck, LessonNotStarted, MoveFailed, SolutionFailed } from './lesson-errors.js';
import { giveUpTime } from './patience.js';
import { type ScriptOptions, type ScriptResult, runScript } from './run-script.js';
import { strike } from './strike.js';

export interface WorkOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BringUpProgress) => void;
  /** Before the solution of a step is applied. */
  readonly onStep?: (step: LessonStep) => void;
  /** What is broken is to be found, for the step of this number: nobody says what it is. */
  readonly riddle?: number;
}

export interface LessonSources {
  readonly lesson: Lesson;
  /** The text of the lab file that the lesson begins with. */
  readonly start: string;
  readonly file: LearnersFile;
  /** Of the program, for the labels of containers. */
  readonly version: string;
  /** As the lesson was called on the command line. */
  readonly word?: string;
}

const NEVER = new AbortController().signal;

export class LessonLab implements Disposable {
  private running: RunningLab | null = null;

  constructor(
    private readonly runtime: Runtime,
    private readonly sources: LessonSources,
  ) {}

  get lesson(): Lesson {
    return this.sources.lesson;
  }

  /** The name of the lab, which may run or not. */
  async name(): Promise<string> {
    const { file, lesson } = this.sources;
    const text = await file.read().catch(() => this.sources.start);
    return writtenName(text) ?? lesson.head.lab.replace(/\.neutron\.yaml$/, '');
  }

  /** Makes the lab what its file says, takes back every fault, and waits until it is ready. */
  async up({ signal = NEVER, onProgress = () => undefined }: WorkOptions = {}): Promise<BroughtUp> {
    const { file, version } = this.sources;
    return await bringUpLab(this.runtime, async () => await intentOf(this.runtime, file), {
      version,
      signal,
      onProgress,
    });
  }

  /** @throws LessonNotStarted */
  async inUse(): Promise<LabInUse> {
    const name = await this.name();
    if (this.running?.name !== name) this.close();
    const running = this.running ?? new RunningLab(this.runtime, name, []);
    this.running = running;
    await running.refresh();
    const lab = await running.recorded();
    if (lab === null) throw new LessonNotStarted(name, this.sources.word ?? null);
    return { running, lab };
  }

  /** @throws LessonNotStarted, and what `runScript` throws */
  async run(cell: Pick<RunCell, 'on' | 'script' | 'seconds'>, options: ScriptOptions = {}): Promise<ScriptResult> {
    return await runScript(await this.inUse(), cell.on, cell.script, { seconds: cell.seconds, ...options });
  }

  /** @throws LessonNotStarted */
  async check(step: LessonStep): Promise<CheckResult> {
    return await this.search(step.check.that, step.number);
  }

  /**
   * What a check asks for. While a fault is to be found only what a user would notice is told, whichever step the check is
   * of; when that of the fault's own step passes, the lab is shown as it is from then on.
   * @param step Its number; null for a check that stands in none
   * @throws LessonNotStarted
   */
  async search(
    conditions: readonly Condition[],
    step: number | null,
    patience = 0,
    signal?: AbortSignal,
  ): Promise<CheckResult> {
    const { running } = await this.inUse();
    const result = await this.holds(conditions, patience, signal);
    const [hidden] = this.hides ? hiddenMarks(await readNodes(running)) : [];
    if (hidden === undefined) return result;
    const { riddle } = hidden;
    if (!result.passed) return onlyNoticed(result, riddle === step ? null : riddle);
    if (riddle === null || riddle === step) await forgetHidden(running, riddle);
    return result;
  }

  /**
   * Breaks one of these at random, for the learner to find: not a word of which.
   * @throws FaultIsHidden while there is one to be found; FaultWithoutCheck
   */
  async hide({ faults, step }: InjectCell, options: WorkOptions = {}): Promise<void> {
    if (step === null) throw new FaultWithoutCheck();
    const { running } = await this.inUse();
    const [before] = hiddenMarks(await readNodes(running));
    if (before !== undefined) throw new FaultIsHidden(before.riddle);
    const fault = faults[Math.floor(Math.random() * faults.length)];
    await this.perform(fault?.moves ?? [], { ...options, riddle: step });
  }

  /** Why a check did not pass, for the learner: what was seen, and what of the file does not run yet. */
  async reasons(result: CheckResult): Promise<string[]> {
    if (result.passed) return [];
    const unapplied = await unappliedIn(this.sources.file, (await this.inUse()).lab).catch(() => null);
    return [reasonsOf(result), unapplied ?? []].flat();
  }

  /** @param patience Seconds in which each condition may come true, where it does not say more itself. @throws LessonNotStarted */
  async holds(conditions: readonly Condition[], patience = 0, signal?: AbortSignal): Promise<CheckResult> {
    const patient = conditions.map((one) => ({ ...one, within: Math.max(one.within, patience) }));
    return await checkConditions(await this.inUse(), patience === 0 ? conditions : patient, signal);
  }

  /** Into the learner's file; the lab is what it was until the next `up`. @returns whether the file changed */
  async declare(patch: Patch): Promise<boolean> {
    return await declare(this.sources.file, patch);
  }

  async experiment(
    cell: ExperimentCell,
    options: Pick<ExperimentOptions, 'signal' | 'onEvent' | 'onRecord'> = {},
  ): Promise<{ readonly report: ExperimentReport; readonly timeline: Timeline | null }> {
    const scenario = await scenarioOf(this.sources.file, cell);
    const { running, lab } = await this.inUse();
    const { report, timelines } = await runExperiment(running, lab, scenario, { ...options, times: 1 });
    return { report, timeline: timelines[0] ?? null };
  }

  /** In their order; declarations that follow each other are realised at once. */
  async perform(moves: readonly Move[], options: WorkOptions = {}): Promise<void> {
    let declared = false;
    const realise = async (): Promise<void> => {
      if (declared) await this.up(options);
      declared = false;
    };
    for (const move of moves) {
      if (move.kind === 'declare') {
        await this.declare(move.patch);
        declared = true;
        continue;
      }
      await realise();
      if (move.kind === 'up') await this.up(options);
      else if (move.kind === 'fault') await strike(await this.inUse(), move.fault, options.riddle ?? null);
      else await this.runMove(move.on, move.script, options.signal);
    }
    await realise();
  }

  /**
   * To the state after a step: what is done already is left alone.
   * @returns the numbers of the steps whose solutions were applied
   * @throws SolutionFailed at the first step that its solution does not bring about; those that come after it are left alone
   */
  async solve(number: number, options: WorkOptions = {}): Promise<number[]> {
    const steps = this.lesson.steps.slice(0, number);
    const last = steps.at(-1);
    if (last === undefined) return [];
    if (!(await this.runs())) await this.up(options);
    if ((await this.check(last)).passed) return [];
    if (steps.length > 1 && (await this.isBegun(last))) {
      // What it declares may undo what earlier steps asked for, so these are not gone through again where it can be done alone.
      const alone = await this.apply([last], options).catch((error: unknown) => {
        if (error instanceof SolutionFailed) return null;
        throw error;
      });
      if (alone) return alone;
    }
    return await this.apply(steps, options);
  }

  /** Back to the start: the learner's file, and a lab made anew. */
  async reset(options: WorkOptions = {}): Promise<void> {
    const { file, start } = this.sources;
    await this.down();
    const learned = await file.read().catch(() => null);
    if (learned !== start) {
      if (learned !== null) await file.keep?.();
      await file.write(start);
    }
    await this.up(options);
  }

  /**
   * Mends what was broken by accident: faults and drift, and what steps had reached.
   * @param passed Numbers of the steps that had passed
   * @returns the numbers of the steps whose solutions were applied again
   */
  async repair(passed: readonly number[], options: WorkOptions = {}): Promise<number[]> {
    await this.up(options);
    const steps = this.lesson.steps.filter(({ number }) => passed.includes(number));
    // An earlier one may be undone by what a later one asks for.
    return await this.apply(steps, options, ({ number }) => number < Math.max(...passed));
  }

  /** Removes the lab; the file stays. */
  async down(): Promise<void> {
    const name = await this.name();
    this.close();
    await down(this.runtime, name);
  }

  async runs(): Promise<boolean> {
    return (await this.runtime.listNodes(await this.name())).length > 0;
  }

  close(): void {
    this.running?.close();
    this.running = null;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Whether something may be hidden by it. */
  private get hides(): boolean {
    return this.lesson.cells.some(({ kind }) => kind === 'inject');
  }

  /** All that its solution declares stands in the file already. */
  private async isBegun({ check }: LessonStep): Promise<boolean> {
    const text = await this.sources.file.read();
    const patches = check.solution.flatMap((move) => (move.kind === 'declare' ? [move.patch] : []));
    return patches.length > 0 && patches.every((patch) => mergePatch(text, patch) === text);
  }

  /**
   * In their order, those that do not pass.
   * @param mayStay Whether the step may be left as it is where its solution does not bring it about
   * @throws SolutionFailed
   */
  private async apply(
    steps: readonly LessonStep[],
    options: WorkOptions,
    mayStay: (step: LessonStep) => boolean = () => false,
  ): Promise<number[]> {
    const applied: number[] = [];
    for (const step of steps) {
      if ((await this.check(step)).passed) continue;
      options.onStep?.(step);
      await this.perform(step.check.solution, options);
      const { lab } = await this.inUse();
      const result = await this.search(step.check.that, step.number, giveUpTime(lab), options.signal);
      if (result.passed) applied.push(step.number);
      else if (!mayStay(step)) throw new SolutionFailed(step, result);
    }
    return applied;
  }

  private async runMove(on: string, script: string, signal: AbortSignal | undefined): Promise<void> {
    const { code, output } = await this.run({ on, script, seconds: null }, signal ? { signal } : {});
    if (code !== 0) throw new MoveFailed(script, on, code, output);
  }
}
