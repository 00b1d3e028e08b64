/** What is broken in a lab, as its nodes tell it, whoever broke it and with whatever tool: marks in a timeline. */
import type { TimelineEvent } from '../../experiment/timeline/event.js';
import type { TimelineRecorder } from '../../experiment/timeline/recorder.js';
import { BEGINNING, afterEvent } from '../../experiment/timeline/state.js';
import { ofKind } from '../../experiment/timeline/timeline.js';
import type { LabStatus } from '../../lab/status.js';

export class FaultMarks {
  /** By their ids: the node of each. */
  private faults = new Map<string, string>();
  /** When the engine last told something of a node, milliseconds. */
  private readonly engineTold = new Map<string, number>();

  /** @param now the nodes' clock, milliseconds */
  constructor(
    private readonly recorder: TimelineRecorder,
    private readonly now: () => number,
  ) {
    recorder.listen((event) => {
      if (event.kind === 'node') this.engineTold.set(event.node, event.t);
    });
  }

  /** What was marked before. */
  takeKept(events: readonly TimelineEvent[]): void {
    const { faults } = ofKind(events, 'fault').reduce(afterEvent, BEGINNING);
    this.faults = new Map([...faults].map(([id, { node }]) => [id, node]));
  }

  /** Called after each change. */
  take({ nodes }: LabStatus): void {
    const now = new Map<string, string>();
    for (const { name, state, faults } of nodes) {
      if (state === 'paused') now.set(`freeze ${name}`, name);
      else if (state !== 'running') now.set(`node ${name}`, name);
      for (const fault of faults) now.set(`${fault} ${name}`, name);
    }
    for (const [id, node] of now) if (!this.faults.has(id)) this.mark('injected', id, node);
    for (const [id, node] of this.faults) if (!now.has(id)) this.mark('healed', id, node);
    this.faults = now;
  }

  private mark(action: 'injected' | 'healed', id: string, node: string): void {
    const [fault = ''] = id.split(' ');
    const t = this.lastOf(node, fault) ?? this.now();
    this.recorder.add({ kind: 'fault', t, node, source: 'tool', action, id, fault, what: `${fault} · ${node}` });
  }

  /** The engine told of the node before its status said so. */
  private lastOf(node: string, fault: string): number | null {
    if (fault !== 'node' && fault !== 'freeze') return null;
    return this.engineTold.get(node) ?? null;
  }
}
