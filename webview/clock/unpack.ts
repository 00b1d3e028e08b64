/** Packets of probes as they come to the page (src/picture/packed.ts), made numbers again. */
import { type PackedPackets, SENT, TRIP } from '../../src/picture/packed.js';
import { LOST } from './samples.js';

/** Seconds, in the order in which they were told; a packet that nobody answered has the round trip LOST. */
export function unpack({ count, bytes: text }: PackedPackets): {
  readonly sent: Float64Array;
  readonly trips: Float32Array;
} {
  const reader = new Reader(bytesOf(text));
  const [sent, trips] = [new Float64Array(count), new Float32Array(count)];
  let time = 0;
  let step = 0;
  for (let nth = 0; nth < count; nth += 1) {
    const more = reader.next();
    step += more % 2 === 0 ? more / 2 : -(more + 1) / 2;
    time += step;
    sent[nth] = time / (1000 * SENT);
    const trip = reader.next();
    trips[nth] = trip === 0 ? LOST : (trip - 1) / (1000 * TRIP);
  }
  return { sent, trips };
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Most have one byte or two: they are whole numbers to the processor, too, and an hour has millions of them. */
  next(): number {
    const { bytes } = this;
    const first = bytes[this.at++] ?? 0;
    if (first < 0x80) return first;
    const second = bytes[this.at++] ?? 0;
    const two = (first & 0x7f) | ((second & 0x7f) << 7);
    return second < 0x80 ? two : this.long(two);
  }

  private long(value: number): number {
    for (let weight = 0x4000, byte = 0x80; byte >= 0x80; weight *= 0x80) {
      byte = this.bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * weight;
    }
    return value;
  }
}

function bytesOf(text: string): Uint8Array {
  // Chromium 140 and later; TypeScript's library does not know it yet.
  const { fromBase64 } = Uint8Array as { fromBase64?: (text: string) => Uint8Array };
  if (fromBase64) return fromBase64.call(Uint8Array, text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}
