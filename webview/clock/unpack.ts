/** Packets of probes as they come to the page (src/picture/packed.ts), made numbers again. */
import type { PackedPackets } from '../../src/picture/packed.js';

/** Milliseconds, as they were told; a packet that nobody answered has a negative round trip. */
export function unpack({ sent, rtt }: PackedPackets): { readonly sent: Float64Array; readonly rtt: Float32Array } {
  return { sent: new Float64Array(bytesOf(sent)), rtt: new Float32Array(bytesOf(rtt)) };
}

function bytesOf(text: string): ArrayBuffer {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes.buffer;
}
