/**
 * A recording that goes on, as text to which lines are added: what is so of it as a whole (the last such line counts), the
 * events, and packets of probes many in a line. A line that was cut off by a crash is passed over. Pure.
 */
import { z } from 'zod';
import { PROBE_WORDS } from '../../model/scenario.js';
import { type TimelineEvent, timelineEvent } from './event.js';
import { LOST, PacketLog, type ProbePackets, eventsOf } from './packet-log.js';
import { TimelineRecorder } from './recorder.js';
import { timelineHeader } from './timeline.js';

/** A probe as it was asked for: one of those through the routers, by its name, or one between two ends. */
const probeWish = z.union([
  z.object({ through: z.string() }),
  z.object({ kind: z.enum(PROBE_WORDS), from: z.string(), to: z.string().nullable() }),
]);

const recordingState = z.object({
  /** Of this format. */
  recording: z.literal(1),
  /** The boot id of the nodes' kernel: the events' clock is this boot's. */
  boot: z.string(),
  /** The ids of the lab's containers. */
  containers: z.array(z.string()),
  header: timelineHeader,
  /** From when on nothing is told that names a hidden fault, milliseconds; null where there is none. */
  veil: z.number().nullable(),
  /** What runs. */
  probing: z.array(probeWish),
});

/** Whole numbers; of `sent` microseconds, all but the first as the difference to the one before; of `rtt` microseconds, or LOST. */
const packetsLine = z.object({
  packets: z.string(),
  node: z.string(),
  seq: z.array(z.number().int()),
  sent: z.array(z.number().int()),
  rtt: z.array(z.number().int()),
});

/** Packets. */
const IN_A_LINE = 5_000;

export type ProbeWish = z.infer<typeof probeWish>;
export type RecordingState = z.infer<typeof recordingState>;

/** What is kept of a recording: all of it, or what has come since. */
export interface RecordingPart {
  readonly state: RecordingState | null;
  readonly events: readonly TimelineEvent[];
  readonly packets: readonly ProbePackets[];
}

/** What has come since, as it came. */
export function partOf(state: RecordingState | null, events: readonly TimelineEvent[]): RecordingPart {
  const log = new PacketLog();
  const others = events.filter((event) => !log.add(event));
  return { state, events: others, packets: log.packets };
}

/** Each ends in a newline. */
export function* linesOf({ state, events, packets }: RecordingPart): Generator<string> {
  if (state) yield lineOf(state);
  for (const event of events) yield lineOf(event);
  for (const { probe, node, seq, sent, rtt } of packets) {
    for (let from = 0; from < sent.length; from += IN_A_LINE) {
      const to = from + IN_A_LINE;
      const some = { seq: seq.subarray(from, to), sent: sent.subarray(from, to), rtt: rtt.subarray(from, to) };
      yield lineOf(packetLine({ probe, node, ...some }));
    }
  }
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function packetLine({ probe, node, seq, sent, rtt }: ProbePackets): z.infer<typeof packetsLine> {
  const micro = Array.from(sent, (at) => Math.round(at * 1000));
  return {
    packets: probe,
    node,
    seq: [...seq],
    sent: micro.map((at, nth) => at - (micro[nth - 1] ?? 0)),
    rtt: Array.from(rtt, (trip) => (trip === LOST ? LOST : Math.round(trip * 1000))),
  };
}

/** Takes line after line, and has what they say. */
export class RecordingReader {
  state: RecordingState | null = null;
  recorder: TimelineRecorder | null = null;

  take(line: string): void {
    const value = valueOf(line);
    if (typeof value !== 'object' || value === null) return;
    if ('recording' in value) {
      const state = recordingState.safeParse(value).data;
      if (state) this.takeState(state);
    } else if ('packets' in value) {
      const packets = packetsLine.safeParse(value).data;
      if (packets) for (const event of eventsOf(packetsOf(packets))) this.recorder?.add(event);
    } else {
      const event = timelineEvent.safeParse(value).data;
      if (event) this.recorder?.add(event);
    }
  }

  private takeState(state: RecordingState): void {
    const { probes, ...head } = state.header;
    this.state = state;
    this.recorder ??= new TimelineRecorder(head);
    this.recorder.describe(head);
    for (const probe of probes) this.recorder.addProbe(probe);
  }
}

function valueOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function packetsOf({ packets: probe, node, seq, sent, rtt }: z.infer<typeof packetsLine>): ProbePackets {
  let at = 0;
  const times = sent.map((step) => (at += step) / 1000);
  return {
    probe,
    node,
    seq: Uint32Array.from(seq),
    sent: Float64Array.from(times),
    rtt: Float32Array.from(rtt, (trip) => (trip === LOST ? LOST : trip / 1000)),
  };
}
