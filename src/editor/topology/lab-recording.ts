/** What happens in a lab while its picture or its lesson is open: a timeline that grows at its end, told in parts. */
import { LabTranslator, recordOf } from '../../experiment/recording.js';
import type { TimelineEvent } from '../../experiment/timeline/event.js';
import type { TimelineRecorder } from '../../experiment/timeline/recorder.js';
import type { Timeline } from '../../experiment/timeline/timeline.js';
import type { LiveLab } from '../../lab/live-lab.js';
import type { LabStatus } from '../../lab/status.js';
import type { TimelinePart } from '../../picture/messages.js';
import type { LabWatch, TopologyHost } from './panels.js';
import { probeLab } from './probe-lab.js';

/** Milliseconds in which events are gathered: fewer messages, and still at once to the eye. */
const GATHER = 50;

/** More are forgotten, the oldest first: an hour of probes, and memory that stays flat. */
const MOST = 400_000;

export class LabRecording {
  private watch: LabWatch | null = null;
  private recorder: TimelineRecorder | null = null;
  private translate: LabTranslator | null = null;
  private live: LiveLab | null = null;
  private probes: { stop(): Promise<void> } | null = null;
  private events: TimelineEvent[] = [];
  private told = 0;
  private id = 0;
  private timer: NodeJS.Timeout | null = null;
  private faults = new Map<string, string>();

  constructor(
    private readonly host: Pick<TopologyHost, 'watch'>,
    private readonly tell: (part: TimelinePart) => void,
  ) {}

  get isProbing(): boolean {
    return this.probes !== null;
  }

  get timeline(): Timeline | null {
    return this.recorder?.timeline() ?? null;
  }

  /** Called after each change of the lab: begins where one runs, begins anew where it is another one. */
  async follow(live: LiveLab | null): Promise<void> {
    if (live !== null && live === this.live) this.takeFaults(live.status);
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
    this.recorder.listen((event) => {
      this.events.push(event);
      this.soon();
    });
    for (const event of this.translate.beginning(watch.first)) this.recorder.add(event);
    this.takeFaults(live.status);
  }

  /** Tells everything there is. */
  resend(): void {
    this.told = 0;
    this.flush();
  }

  async probe(on: boolean): Promise<void> {
    const { live, recorder } = this;
    const before = this.probes;
    this.probes = null;
    await before?.stop();
    if (on && live !== null && recorder !== null) this.probes = await probeLab(live, recorder);
    this.flush();
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
    this.events = [];
    this.told = 0;
    this.id += 1;
    this.faults.clear();
    await probes?.stop().catch(() => undefined);
    await watch?.stop();
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
    const recent = this.events.slice(-2000).reverse();
    return recent.find((event) => event.kind === 'node' && event.node === node)?.t ?? null;
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
    if (this.events.length > MOST) {
      this.events = this.events.slice(-MOST / 2);
      this.id += 1;
      this.told = 0;
    }
    const from = this.told;
    this.told = this.events.length;
    const events = this.events.slice(from);
    const { header } = recorder;
    this.tell({ type: 'timeline', id: this.id, header, from, events, now: watch.now(), probing: this.isProbing });
  }
}
