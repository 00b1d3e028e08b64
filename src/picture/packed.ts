/**
 * Packets of probes on their way to the page, inside a message or a file: two or three bytes a packet rather than sixteen, because
 * a browser takes longer to read a file's text than to make numbers of it. They are as exact as a screen can show them; the
 * timeline itself, and its JSON lines, hold what was measured.
 */
import { LOST, PacketLog, type ProbePackets } from '../experiment/timeline/packet-log.js';
import type { TimelineEvent } from '../experiment/timeline/event.js';

export interface PackedPackets {
  readonly probe: string;
  readonly count: number;
  /**
   * Base64 of two variable-length integers a packet, those of Protocol Buffers: in units of SENT (ZigZag) by how much the time
   * since the packet before differs from the one between the two before it, which is next to nothing; and in units of TRIP one
   * more than the round trip, 0 where nobody answered.
   */
  readonly bytes: string;
}

/** Of these a millisecond has: of when a packet was sent. */
export const SENT = 10;

/** Of these a millisecond has: of a round trip. */
export const TRIP = 100;

/** Bytes that two integers take at most. */
const ROOM = 16;

export function pack({ probe, sent, rtt }: ProbePackets): PackedPackets {
  const count = sent.length;
  let bytes = new Uint8Array(count * 5 + ROOM);
  let at = 0;
  let before = 0;
  let step = 0;
  for (let nth = 0; nth < count; nth += 1) {
    if (at + ROOM > bytes.length) bytes = grown(bytes);
    const now = Math.round((sent[nth] ?? 0) * SENT);
    const trip = rtt[nth] ?? LOST;
    at = write(bytes, at, zigZag(now - before - step));
    at = write(bytes, at, trip < 0 ? 0 : Math.round(trip * TRIP) + 1);
    step = now - before;
    before = now;
  }
  return { probe, count, bytes: Buffer.from(bytes.buffer, 0, at).toString('base64') };
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

/** Small ones first, whatever their sign. */
function zigZag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** Beyond 32 bits, where shifts do not reach, too. @returns The place behind it */
function write(bytes: Uint8Array, at: number, value: number): number {
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes[at++] = (left % 0x80) + 0x80;
  bytes[at++] = left;
  return at;
}

function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}
