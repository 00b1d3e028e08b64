/** Packets of probes on their way to the page, inside a message or a file: text that is read in the time that its bytes take. */
import { PacketLog, type ProbePackets } from '../experiment/timeline/packet-log.js';
import type { TimelineEvent } from '../experiment/timeline/event.js';

export interface PackedPackets {
  readonly probe: string;
  readonly count: number;
  /** Base64 of `count` little-endian doubles: milliseconds of the nodes' clock. */
  readonly sent: string;
  /** Base64 of `count` little-endian floats: milliseconds, negative where nobody answered. */
  readonly rtt: string;
}

export function pack({ probe, sent, rtt }: ProbePackets): PackedPackets {
  return { probe, count: sent.length, sent: base64(sent), rtt: base64(rtt) };
}

/** The same without what is told of packets, which is apart and packed. */
export function packed(events: readonly TimelineEvent[]): {
  readonly events: readonly TimelineEvent[];
  readonly packets: readonly PackedPackets[];
} {
  const log = new PacketLog();
  const others = events.filter((event) => !log.add(event));
  return { events: others, packets: log.packets.map(pack) };
}

function base64({ buffer, byteOffset, byteLength }: Float64Array | Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
