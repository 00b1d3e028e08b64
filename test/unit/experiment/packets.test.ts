import assert from 'node:assert/strict';
import { joined, readPcap } from '../../../src/experiment/packets/pcap.js';
import { writePcapng } from '../../../src/experiment/packets/pcapng.js';

function pcap(...packets: readonly (readonly [seconds: number, micros: number, text: string])[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt32LE(276, 20);
  return Buffer.concat([
    header,
    ...packets.map(([seconds, micros, text]) => {
      const record = Buffer.alloc(16);
      record.writeUInt32LE(seconds, 0);
      record.writeUInt32LE(micros, 4);
      record.writeUInt32LE(text.length, 8);
      record.writeUInt32LE(text.length + 100, 12);
      return Buffer.concat([record, Buffer.from(text)]);
    }),
  ]);
}

/** Blocks of a pcapng file, as [type, body]. */
function blocks(file: Buffer): [type: number, body: Buffer][] {
  const found: [number, Buffer][] = [];
  for (let at = 0; at < file.length;) {
    const length = file.readUInt32LE(at + 4);
    assert.equal(length % 4, 0);
    assert.equal(file.readUInt32LE(at + length - 4), length, 'a block ends with its length');
    found.push([file.readUInt32LE(at), file.subarray(at + 8, at + length - 4)]);
    at += length;
  }
  return found;
}

describe('A capture of several nodes', () => {
  it('reads what tcpdump wrote, up to where it was cut off', () => {
    const file = pcap([5, 7, 'abc'], [6, 0, 'defgh']);
    const capture = readPcap(file.subarray(0, file.length - 2));
    assert.equal(capture?.linkType, 276);
    assert.deepEqual(
      capture.packets.map(({ time, bytes, length }) => [time, bytes.toString(), length]),
      [[5_000_007n, 'abc', 103]],
    );
    assert.equal(readPcap(Buffer.from('not a capture at all, but text')), null);
  });

  it('joins what one place saw before its node went and after it came back', () => {
    const lives = [pcap([5, 0, 'before'], [6, 0, 'cut']).subarray(0, -1), pcap([20, 0, 'after'])];
    const capture = joined(lives.flatMap((life) => readPcap(life) ?? []));
    assert.deepEqual(
      capture?.packets.map(({ bytes }) => bytes.toString()),
      ['before', 'after'],
    );
    assert.equal(joined([]), null);
  });

  it('is one file whose packets are in order, each with the interface that it passed', () => {
    const one = readPcap(pcap([5, 0, 'one'], [9, 0, 'three']))!;
    const two = readPcap(pcap([7, 0, 'two']))!;
    const [section, first, second, ...packets] = blocks(
      writePcapng([
        { name: 'network1 edge', capture: one },
        { name: 'network2 edge', capture: two },
      ]),
    );
    assert.equal(section?.[0], 0x0a0d0d0a);
    assert.equal(first?.[1].readUInt16LE(0), 276);
    assert.match(first[1].toString(), /network1 edge/);
    assert.match(second?.[1].toString() ?? '', /network2 edge/);
    assert.deepEqual(
      packets.map(([, body]) => [body.readUInt32LE(0), body.subarray(20, 20 + body.readUInt32LE(12)).toString()]),
      [
        [0, 'one'],
        [1, 'two'],
        [0, 'three'],
      ],
    );
    const time = (BigInt(packets[1]![1].readUInt32LE(4)) << 32n) + BigInt(packets[1]![1].readUInt32LE(8));
    assert.equal(time, 7_000_000n);
  });
});
