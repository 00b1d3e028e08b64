/** Captures of several places as one file that Wireshark opens (draft-ietf-opsawg-pcapng): each place is an interface. Pure. */
import type { Capture } from './pcap.js';

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const PACKET = 6;
const BYTE_ORDER = 0x1a2b3c4d;
const IF_NAME = 2;

export interface Place {
  /** `network1 qrouter-…`, which Wireshark shows as the interface's name. */
  readonly name: string;
  readonly capture: Capture;
}

export function writePcapng(places: readonly Place[]): Buffer {
  const packets = places
    .flatMap(({ capture }, index) => capture.packets.map((packet) => ({ index, packet })))
    .sort((one, other) => Number(one.packet.time - other.packet.time));
  return Buffer.concat([
    sectionHeader(),
    ...places.map(({ name, capture }) => interfaceBlock(name, capture.linkType)),
    ...packets.map(({ index, packet }) =>
      block(
        PACKET,
        Buffer.concat([
          words(
            index,
            Number(packet.time >> 32n),
            Number(packet.time & 0xffffffffn),
            packet.bytes.length,
            packet.length,
          ),
          padded(packet.bytes),
        ]),
      ),
    ),
  ]);
}

function sectionHeader(): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(BYTE_ORDER, 0);
  body.writeUInt16LE(1, 4);
  // The length of the section is not told: −1.
  body.fill(0xff, 8);
  return block(SECTION, body);
}

function interfaceBlock(name: string, linkType: number): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(linkType, 0);
  const text = Buffer.from(name, 'utf8');
  const option = Buffer.alloc(4);
  option.writeUInt16LE(IF_NAME, 0);
  option.writeUInt16LE(text.length, 2);
  // Microseconds are what an interface has that says nothing else; an option of four zeros ends the list.
  return block(INTERFACE, Buffer.concat([head, option, padded(text), Buffer.alloc(4)]));
}

function block(type: number, body: Buffer): Buffer {
  const length = body.length + 12;
  return Buffer.concat([words(type, length), body, words(length)]);
}

function words(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, 4 * index);
  return bytes;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
