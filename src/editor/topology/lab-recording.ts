/** What happens in a lab while its picture or its lesson is open: a timeline that grows at its end, told in parts. */
import { LabTranslator, recordOf } from '../../experiment/recording.js';
import type { TimelineEvent } from '../../experiment/timeline/event.js';
import type { TimelineRecorder } from '../../experiment/timeline/recorder.js';
import type { Timeline } from '../../experiment/timeline/timeline.js';
import { veiled } from '../../experiment/timeline/veil.js';
import type { LiveLab } from '../../lab/live-lab.js';
import type { LabStatus } from '../../lab/status.js';
import type { TimelinePart } from '../../picture/messages.js';
import { pack } from '../../picture/packed.js';
import type { LabWatch, TopologyHost } from './panels.js';
import { LiveProbes } from './live-probes.js';

/** Milliseconds in which events are gathered: fewer messages, and still at once to the eye. */
const GATHER = 50;

/** More are forgotten, the older half at once: two hours of six probes, and memory that stays flat. */
const MOST = 2_000_000;

/** Milliseconds: what a hidden fault did comes before the nodes were asked and said that there is one. */
const BEFORE_IT_WAS_TOLD = 10_000;

export class LabRecording {
  private watch: LabWatch | null = null;
  private recorder: TimelineRecorder | null = null;
  private translate: LabTranslator | null = null;
  private live: LiveLab | null = null;
  private probes: LiveProbes | null = null;
  /** Not told yet. */
  private fresh: TimelineEvent[] = [];
  /** When the engine last told something of a node, milliseconds. */
  private readonly engineTold = new Map<string, number>();
  /** How many parts were told. */
  private parts = 0;
  private id = 0;
  private timer: NodeJS.Timeout | null = null;
  private faults = new Map<string, string>();
  /** From when on nothing is told that names a fault which is to be found; null where none is. */
  private veil: number | null = null;

  constructor(
    private readonly host: Pick<TopologyHost, 'watch'>,
    private readonly tell: (part: TimelinePart) => void,
  ) {}

  get timeline(): Timeline | null {
    const timeline = this.recorder?.timeline() ?? null;
    return timeline && { ...timeline, events: this.told(timeline.events) };
  }

  /** Called after each change of the lab: begins where one runs, begins anew where it is another one. */
  async follow(live: LiveLab | null): Promise<void> {
    if (live !== null && live === this.live) this.takeStatus(live.status);
    if (live === this.live) return;
    await this.end();
    this.live = live;
    if (live === null) return;
    const watch = await this.host.watch(live, (event) => {
      for (const one of this.translate?.events(event) ?? []) this.recorder?.add(one);
    });
    // It went, or another one came, while it was asked.
    if (this.live !== live) {
      await watch.stop();
      return;
    }
    this.watch = watch;
    this.translate = new LabTranslator(live.lab, watch.now);
    this.recorder = recordOf(live.lab, live.lab.name, watch.now());
    this.probes = new LiveProbes(live, this.recorder);
    this.recorder.listen((event) => {
      this.fresh.push(event);
      if (event.kind === 'node') this.engineTold.set(event.node, event.t);
      this.soon();
    });
    for (const event of this.translate.beginning(watch.first)) this.recorder.add(event);
    this.takeStatus(live.status);
  }

  /** Tells everything there is. */
  resend(): void {
    this.parts = 0;
    this.flush();
  }

  /** Begins and ends probes, and tells which there are then. @throws LabError where there cannot be one */
  async probe(change: (probes: LiveProbes) => Promise<void>): Promise<void> {
    try {
      if (this.probes) await change(this.probes);
    } finally {
      this.flush();
    }
  }

  async end(): Promise<void> {
    const { watch, probes } = this;
    this.live = null;
    this.watch = null;
    this.probes = null;
    this.recorder = null;
    this.translate = null;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.fresh = [];
    this.engineTold.clear();
    this.parts = 0;
    this.veil = null;
    this.id += 1;
    this.faults.clear();
    await probes?.stopAll();
    await watch?.stop();
  }

  private takeStatus(status: LabStatus): void {
    this.takeFaults(status);
    if (status.hidden_fault === (this.veil !== null)) return;
    this.veil = status.hidden_fault ? (this.watch?.now() ?? 0) - BEFORE_IT_WAS_TOLD : null;
    this.resend();
  }

  private told(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
    const { veil } = this;
    return veil === null ? events : events.flatMap((event) => veiled(event, veil) ?? []);
  }

  /** Whoever broke it, and with whatever tool: the nodes tell what is broken. */
  private takeFaults({ nodes }: LabStatus): void {
    const now = new Map<string, string>();
    for (const { name, state, faults } of nodes) {
      if (state === 'paused') now.set(`freeze ${name}`, name);
      else if (state !== 'running') now.set(`node ${name}`, name);
      for (const fault of faults) now.set(`${fault} ${name}`, name);
    }
    for (const [id, node] of now) if (!this.faults.has(id)) this.addFault('injected', id, node);
    for (const [id, node] of this.faults) if (!now.has(id)) this.addFault('healed', id, node);
    this.faults = now;
  }

  private addFault(action: 'injected' | 'healed', id: string, node: string): void {
    const [fault = ''] = id.split(' ');
    const t = this.lastOf(node, fault) ?? this.watch?.now();
    if (t !== undefined)
      this.recorder?.add({ kind: 'fault', t, node, source: 'tool', action, id, fault, what: `${fault} · ${node}` });
  }

  /** The engine told of the node before its status said so. */
  private lastOf(node: string, fault: string): number | null {
    if (fault !== 'node' && fault !== 'freeze') return null;
    return this.engineTold.get(node) ?? null;
  }

  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.flush();
    }, GATHER);
  }

  private flush(): void {
    const { recorder, watch } = this;
    if (recorder === null || watch === null) return;
    // What is kept of it has become another beginning.
    if (recorder.forgetBeyond(MOST)) this.parts = 0;
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
      now: watch.now(),
      probing: this.probes?.ids ?? [],
    };
    this.tell({ type: 'timeline', id: this.id, ...part });
  }
}
