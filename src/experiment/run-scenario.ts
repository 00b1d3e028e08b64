/** One run of a scenario on a lab that is ready: probe, break, watch, heal; everything is taken down in a timeline. */
import { nodeClock } from '../lab/node/clock.js';
import { type Injection, inject, mend, removeFault } from '../lab/break/break-and-mend.js';
import type { Subscription } from '../lab/node/node-session.js';
import { waitUntilReady } from '../lab/bring-up/ready.js';
import type { RunningLab } from '../lab/running-lab.js';
import { readNodes, statusOf } from '../lab/status.js';
import { watchLab } from '../lab/watch.js';
import { LabError } from '../model/errors.js';
import type { Lab } from '../model/resources.js';
import type { Scenario, ScenarioFault } from '../model/scenario.js';
import { type Aim, aimAt } from './aim.js';
import { faultSentence } from './fault-sentence.js';
import { probesOf } from './implied-probes.js';
import type { ProbeTarget } from './probe-target.js';
import { type Probing, startProbes } from './probing.js';
import { LabTranslator, RECORDED, recordOf, timersOf } from './recording.js';
import type { RunOptions, ScenarioRun, Struck } from './scenario-run.js';
import { Succession } from './succession.js';
import { masterDownTimer } from './theory.js';
import type { EventOf, TimelineEvent } from './timeline/event.js';
import type { TimelineRecorder } from './timeline/recorder.js';
import { Watchpoint } from './watchpoint.js';

/** Seconds of watching after the traffic is back: an outage may have a second part. */
const AFTERMATH = 2;
/** Seconds that are watched where nothing is expected to come back before it is healed. */
const HOPELESS = 10;
/** Seconds in which everything answers again after the last healing. */
const RECOVERY = 60;
/** Seconds in which every probe is answered before anything breaks; after another run, which may have ended with its healing, RECOVERY. */
const FIRST_ANSWER = 15;

type Phase = EventOf<'mark'>['phase'];

/** @throws LabError where the lab is not ready, a probe is not answered before, or nothing can be broken so */
export async function runScenario(
  running: RunningLab,
  lab: Lab,
  scenario: Scenario,
  options: RunOptions,
): Promise<ScenarioRun> {
  const status = await waitUntilReady(running, lab, options.signal ? { signal: options.signal } : {});
  const node = running.containers.find(({ state }) => state === 'running')?.node ?? '';
  const seconds = nodeClock(await (await running.session(node)).hello());
  const now = (): number => seconds() * 1000;
  const recorder = recordOf(lab, scenario.title ?? lab.name, now());
  options.onRecord?.(recorder);
  if (options.onEvent) recorder.listen(options.onEvent);
  const aims = scenario.faults.map((fault) => aimAt(fault, lab, status));
  const targets = probesOf(lab, scenario, aims, options.intervalMs);
  const run = new Run(running, lab, scenario, options, recorder, now, targets);
  await run.go(aims);
  return { timeline: recorder.timeline(), targets, struck: run.struck };
}

class Run {
  readonly struck: Struck[] = [];
  private readonly watchpoint = new Watchpoint();
  private lastAdvert: number | null = null;
  private broken = false;
  private readonly succession = new Succession();

  constructor(
    private readonly running: RunningLab,
    private readonly lab: Lab,
    private readonly scenario: Scenario,
    private readonly options: RunOptions,
    private readonly recorder: TimelineRecorder,
    private readonly now: () => number,
    private readonly targets: readonly ProbeTarget[],
  ) {}

  async go(aims: readonly Aim[]): Promise<void> {
    const { running, lab, recorder } = this;
    const translator = new LabTranslator(lab, this.now);
    let watching: Subscription | null = null;
    let probing: Probing | null = null;
    try {
      const watch = await watchLab(
        running,
        lab,
        (event) => {
          for (const told of translator.events(event)) this.take(told);
        },
        RECORDED,
      );
      watching = watch;
      for (const event of translator.beginning(watch.first)) recorder.add(event);
      this.mark('probing', this.targets.map(({ name }) => name).join(', '));
      probing = await startProbes(running, this.targets, recorder, () => {
        this.watchpoint.stir();
      });
      await this.untilAnswered(probing);
      await this.spread(aims);
      await this.strike(aims, probing);
      if (this.options.endBeforeHealing === true) {
        await probing.stop();
        await watching.stop();
        await this.healAll();
      } else await this.healTheRest(probing);
    } finally {
      // An interrupted run leaves the lab as it found it, as far as it can; first of all, since a frozen node ends nothing.
      if (this.broken) await this.mendAll().catch(() => undefined);
      await probing?.stop();
      await watching?.stop();
    }
    this.mark('done', '');
  }

  private take(event: TimelineEvent): void {
    this.recorder.add(event);
    if (event.kind === 'advert' && event.direction === 'in' && event.priority > 0) this.lastAdvert = event.t;
    this.succession.take(event);
    this.watchpoint.stir();
  }

  private mark(phase: Phase, detail: string): void {
    this.recorder.add({
      kind: 'mark',
      t: this.now(),
      node: '',
      source: 'tool',
      run: this.options.run,
      phase,
      detail,
    });
  }

  private async until(reached: () => boolean, seconds: number): Promise<boolean> {
    return await this.watchpoint.until(reached, Math.max(0, seconds), this.options.signal);
  }

  private async untilTime(t: number): Promise<void> {
    await this.until(() => this.now() >= t, (t - this.now()) / 1000);
  }

  private async untilAnswered(probing: Probing): Promise<void> {
    const patience = this.options.run === 1 ? FIRST_ANSWER : RECOVERY;
    if (await this.until(() => probing.answeredSince(0), patience)) return;
    throw new LabError(
      'ProbeUnanswered',
      `No answer before anything was broken: ${probing.silentSince(0).join(', ')}.`,
      'See `neutron-lab status`; is something broken already? After a healing frames may go astray for up to a minute: then try again.',
    );
  }

  /** The outage depends on how long ago the last advertisement was. */
  private async spread(aims: readonly Aim[]): Promise<void> {
    if (!aims.some(({ router }) => router?.ha === true)) return;
    const { ha_vrrp_advert_int: interval } = this.lab.config;
    const begin = this.lastAdvert;
    await this.until(() => this.lastAdvert !== begin, 2 * interval + 1);
    await this.untilTime(this.now() + ((this.options.run - 0.5) / this.options.times) * interval * 1000);
  }

  private async strike(aims: readonly Aim[], probing: Probing): Promise<void> {
    const { faults } = this.scenario;
    const start = this.now();
    const actions = [
      ...faults.map((fault, index) => ({ at: fault.at, act: () => this.inject(fault, aims[index]) })),
      ...faults.flatMap((fault, index) =>
        fault.heal === null ? [] : [{ at: fault.heal, act: () => this.heal(this.struck[index]) }],
      ),
    ].sort((one, other) => one.at - other.at);
    for (const { at, act } of actions) {
      await this.untilTime(start + at * 1000);
      await act();
    }
    await this.watch(probing);
  }

  private async watch(probing: Probing): Promise<void> {
    const begin = this.now();
    const { watch } = this.scenario;
    if (watch !== null) {
      this.mark('watching', `for ${String(watch)} s`);
      await this.untilTime(begin + watch * 1000);
      return;
    }
    this.mark('takeover', '');
    // A failover takes a timer at most. What did not come back by then, and by some seconds more, does not.
    await this.until(() => this.succession.done, masterDownTimer(timersOf(this.lab)));
    const since = this.now();
    await this.until(() => probing.answeredSince(since), HOPELESS);
    await this.until(() => probing.answeredSince(this.now() - 1000), HOPELESS);
    await this.untilTime(this.now() + AFTERMATH * 1000);
  }

  private async inject(scenario: ScenarioFault, first: Aim | undefined): Promise<void> {
    const { running, lab } = this;
    // Later ones strike what is so by then: the first may have moved the MASTER.
    const aim =
      this.struck.length === 0 && first ? first : aimAt(scenario, lab, statusOf(lab, await readNodes(running)));
    const id = String(this.struck.length + 1);
    const what = `${faultSentence(aim.faults, lab)}${aim.as === '' ? '' : ` (${aim.as})`}`;
    this.mark('fault', what);
    this.broken = true;
    this.succession.strike(aim);
    const from = this.now();
    const injections = await Promise.all(aim.faults.map((fault): Promise<Injection> => inject(running, lab, fault)));
    const to = this.now();
    const remarks = [...new Set(injections.flatMap((one) => one.remarks))];
    const marks = injections.flatMap((one) => one.marks);
    this.struck.push({ scenario, aim, from, to, healed: null, remarks, marks });
    for (const { node } of aim.faults) this.tellFault('injected', `${id} ${node}`, from, node, scenario, what);
  }

  private async heal(struck: Struck | undefined): Promise<void> {
    if (struck?.healed !== null) return;
    const t = this.now();
    const nodes = struck.aim.faults.map(({ node }) => node).join(', ');
    this.mark('healing', this.struck.length === 1 ? nodes : `${nodes}: ${struck.scenario.fault}`);
    this.succession.heal();
    const down = struck.aim.faults.filter(({ kind }) => kind === 'node' || kind === 'freeze');
    await Promise.all([
      ...down.map(async ({ node }) => await mend(this.running, this.lab, node)),
      ...struck.marks.map(async ({ node, name }) => {
        await this.unmark(node, name);
      }),
    ]);
    struck.healed = t;
    const id = String(this.struck.indexOf(struck) + 1);
    for (const { node } of struck.aim.faults) this.tellFault('healed', `${id} ${node}`, t, node, struck.scenario, '');
  }

  /** A later fault may have taken the node, and the mark with it. */
  private async unmark(node: string, name: string): Promise<void> {
    await removeFault(this.running, this.lab, node, name).catch((error: unknown) => {
      if (!(error instanceof LabError) || (error.code !== 'NoSuchFault' && error.code !== 'NodeUnreachable'))
        throw error;
    });
  }

  private tellFault(
    action: EventOf<'fault'>['action'],
    id: string,
    t: number,
    node: string,
    { fault }: ScenarioFault,
    what: string,
  ): void {
    this.recorder.add({ kind: 'fault', t, node, source: 'tool', action, id, fault, what });
  }

  private async healTheRest(probing: Probing): Promise<void> {
    for (const one of this.struck) await this.heal(one);
    const since = this.now();
    await this.until(() => probing.answeredSince(since), RECOVERY);
    // What a healing brings about, as the end of a split brain, comes with the next advertisements.
    await this.untilTime(since + (this.lab.config.ha_vrrp_advert_int + AFTERMATH) * 1000);
    await this.until(() => probing.answeredSince(this.now() - 1000), RECOVERY);
    await this.healAll();
  }

  private async healAll(): Promise<void> {
    for (const one of this.struck) await this.heal(one);
    await this.mendAll();
    this.broken = false;
    await waitUntilReady(this.running, this.lab, this.options.signal ? { signal: this.options.signal } : {});
  }

  /** What no mark tells of, as a process that was killed and had been replaced. */
  private async mendAll(): Promise<void> {
    const { running, lab } = this;
    await running.refresh();
    const touched = new Set(
      this.struck.flatMap(({ aim }) =>
        aim.faults.flatMap((fault) => [fault.node, ...(fault.kind === 'partition' ? fault.from : [])]),
      ),
    );
    await Promise.all([...touched].map(async (node) => await mend(running, lab, node)));
  }
}
