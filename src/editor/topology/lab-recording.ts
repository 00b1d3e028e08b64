/** What happens in a lab while its picture or its lesson is open: a timeline that grows at its end, told in parts. */
import { LabTranslator, describeIn, recordOf } from '../../experiment/recording.js';
import { newsAt, unwatched } from '../../experiment/resumption.js';
import type { TimelineEvent } from '../../experiment/timeline/event.js';
import type { TimelineRecorder } from '../../experiment/timeline/recorder.js';
import type { RecordingState } from '../../experiment/timeline/recording-text.js';
import type { Timeline } from '../../experiment/timeline/timeline.js';
import { veiled } from '../../experiment/timeline/veil.js';
import type { LiveLab } from '../../lab/live-lab.js';
import type { LabStatus } from '../../lab/status.js';
import type { LabEvent } from '../../lab/watch.js';
import type { Lab } from '../../model/resources.js';
import type { TimelinePart } from '../../picture/messages.js';
import { pack } from '../../picture/packed.js';
import type { LabWatch, TopologyHost } from './panels.js';
import { FaultMarks } from './fault-marks.js';
import { LiveProbes } from './live-probes.js';
import type { KeptRecording, RecordingFile } from './recording-file.js';

/** Milliseconds in which events are gathered: fewer messages, and still at once to the eye. */
const GATHER = 50;

/** More are forgotten, the older half at once: two hours of six probes, and memory that stays flat. */
const MOST = 2_000_000;

/** Milliseconds: what a hidden fault did comes before the nodes were asked and said that there is one. */
const BEFORE_IT_WAS_TOLD = 10_000;

/** Of a lab that is followed. */
interface Following {
  readonly live: LiveLab;
  readonly recorder: TimelineRecorder;
  readonly probes: LiveProbes;
  readonly faults: FaultMarks;
  watch: LabWatch;
  translate: LabTranslator;
  /** Which is watched: another one may be applied meanwhile. */
  lab: Lab;
}

export class LabRecording {
  private wanted: LiveLab | null = null;
  private following: Following | null = null;
  /** One change after the other. */
  private turn: Promise<void> = Promise.resolve();
  /** Not told yet. */
  private fresh: TimelineEvent[] = [];
  /** How many parts were told. */
  private parts = 0;
  private id = 0;
  private timer: NodeJS.Timeout | null = null;
  /** From when on nothing is told that names a fault which is to be found; null where none is. */
  private veil: number | null = null;

  /** @param file where it is kept, so that it goes on when this process was ended; null: nowhere */
  constructor(
    private readonly host: Pick<TopologyHost, 'watch'>,
    private readonly tell: (part: TimelinePart) => void,
    private readonly file: RecordingFile | null = null,
  ) {}

  get timeline(): Timeline | null {
    const timeline = this.following?.recorder.timeline() ?? null;
    return timeline && { ...timeline, events: this.told(timeline.events) };
  }

  /** Called after each change of the lab: begins where one runs, begins anew where it is another one. */
  async follow(live: LiveLab | null): Promise<void> {
    this.wanted = live;
    if (live !== null && live === this.following?.live) this.takeStatus(live.status);
    const next = this.turn.then(() => this.followWanted());
    this.turn = next.catch(() => undefined);
    await next;
  }

  /** Tells everything there is. */
  resend(): void {
    this.parts = 0;
    this.flush();
  }

  /** Begins and ends probes, and tells which there are then. @throws LabError where there cannot be one */
  async probe(change: (probes: LiveProbes) => Promise<void>): Promise<void> {
    try {
      if (this.following) await change(this.following.probes);
    } finally {
      this.flush();
      this.file?.save(this.state());
    }
  }

  /** Nobody looks at it any more: it is not gone on with. */
  async end(): Promise<void> {
    await this.follow(null);
    await this.file?.remove();
  }

  private async followWanted(): Promise<void> {
    const { wanted, following } = this;
    if (wanted !== null && following?.live === wanted) {
      if (following.lab !== wanted.lab) await this.watchAgain(following);
      return;
    }
    await this.leave();
    if (wanted !== null) await this.begin(wanted);
  }

  private async begin(live: LiveLab): Promise<void> {
    const { lab } = live;
    const events: LabEvent[] = [];
    let take = (event: LabEvent): void => void events.push(event);
    const watch = await this.host.watch(live, (event) => {
      take(event);
    });
    const kept = (await this.file?.read(watch.boot, containersOf(live))) ?? null;
    const recorder = kept?.recorder ?? recordOf(lab, lab.name, watch.now());
    const translate = new LabTranslator(lab, watch.now);
    const faults = new FaultMarks(recorder, watch.now);
    const following = { live, lab, watch, translate, recorder, faults, probes: new LiveProbes(live, recorder) };
    this.following = following;
    if (kept) this.takeKept(kept, following);
    this.addNews(following);
    take = (event) => {
      for (const one of following.translate.events(event)) recorder.add(one);
    };
    events.forEach(take);
    this.keepAll(following);
    recorder.listen((event) => {
      this.fresh.push(event);
      this.file?.add(event, () => this.state());
      this.soon();
    });
    this.takeStatus(live.status);
    this.resend();
    if (!kept) return;
    await following.probes.startAgain(kept.state.probing);
    this.resend();
  }

  /** Another lab was applied to the same nodes: what there is of routers has changed, and what was recorded stays. */
  private async watchAgain(following: Following): Promise<void> {
    const { live, recorder } = following;
    await following.watch.stop();
    const { lab } = live;
    following.watch = await this.host.watch(live, (event) => {
      for (const one of following.translate.events(event)) recorder.add(one);
    });
    following.translate = new LabTranslator(lab, following.watch.now);
    following.lab = lab;
    describeIn(recorder, lab);
    this.addNews(following);
    this.file?.save(this.state());
    this.resend();
  }

  private addNews({ watch, translate, recorder }: Following): void {
    const beginning = translate.beginning(watch.first);
    for (const event of newsAt(watch.now(), recorder.kept.events, beginning, watch.first)) recorder.add(event);
  }

  /** What was so when the process ended that had recorded it. */
  private takeKept({ state }: KeptRecording, { recorder, faults, lab }: Following): void {
    this.veil = state.veil;
    describeIn(recorder, lab);
    const { events } = recorder.kept;
    faults.takeKept(events);
    for (const event of unwatched(events)) recorder.add(event);
  }

  private keepAll({ recorder }: Following): void {
    const state = this.state();
    if (state) this.file?.begin(state, recorder);
  }

  private async leave(): Promise<void> {
    const { following } = this;
    this.file?.save(this.state());
    this.flush(true);
    this.following = null;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.fresh = [];
    this.parts = 0;
    this.veil = null;
    this.id += 1;
    await following?.probes.stopAll();
    await following?.watch.stop();
    await this.file?.end();
  }

  private state(): RecordingState | null {
    const { following, veil } = this;
    if (!following) return null;
    const { recorder, watch, live, probes } = following;
    const { boot } = watch;
    return {
      ...{ recording: 1, boot, containers: containersOf(live), header: recorder.header, veil },
      probing: [...probes.wishes],
    };
  }

  private takeStatus(status: LabStatus): void {
    this.following?.faults.take(status);
    if (status.hidden_fault === (this.veil !== null)) return;
    this.veil = status.hidden_fault ? (this.following?.watch.now() ?? 0) - BEFORE_IT_WAS_TOLD : null;
    this.file?.save(this.state());
    this.resend();
  }

  private told(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
    const { veil } = this;
    return veil === null ? events : events.flatMap((event) => veiled(event, veil) ?? []);
  }

  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.flush();
    }, GATHER);
  }

  /** @param over the last of it: no clock goes on */
  private flush(over = false): void {
    const { following } = this;
    if (!following) return;
    const { recorder, watch, probes } = following;
    // What is kept of it has become another beginning.
    if (recorder.forgetBeyond(MOST)) {
      this.parts = 0;
      this.keepAll(following);
    }
    const nth = this.parts;
    this.parts += 1;
    const { events, packets } = nth === 0 ? recorder.kept : { events: this.fresh, packets: [] };
    this.fresh = [];
    const { header } = recorder;
    const part = {
      header,
      nth,
      events: this.told(events),
      packets: packets.map(pack),
      now: over ? null : watch.now(),
      probing: over ? [] : probes.ids,
    };
    this.tell({ type: 'timeline', id: this.id, ...part });
  }
}

function containersOf({ running }: LiveLab): string[] {
  return running.containers.map(({ id }) => id);
}
