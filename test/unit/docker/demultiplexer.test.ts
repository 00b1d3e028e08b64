import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { Demultiplexer } from '../../../src/docker/demultiplexer.js';

function frame(type: number, content: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header[0] = type;
  header.writeUInt32BE(content.length, 4);
  return Buffer.concat([header, content]);
}

describe('the outputs of a command', () => {
  it('come apart again, however the frames were cut on their way', async () => {
    const frames = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.uint8Array({ maxLength: 50 })), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(frames, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), async (sent, cuts) => {
        const [stdout, stderr] = [new PassThrough({ highWaterMark: 8 }), new PassThrough({ highWaterMark: 8 })];
        const received = Promise.all([buffer(stdout), buffer(stderr)]);
        const wire = Buffer.concat(sent.map(([type, content]) => frame(type, content)));
        const source = new PassThrough();
        source.pipe(new Demultiplexer(stdout, stderr));
        for (let at = 0, turn = 0; at < wire.length; turn++) {
          const length = cuts[turn % cuts.length]!;
          source.write(wire.subarray(at, at + length));
          at += length;
        }
        source.end();
        const expected = [1, 2].map((type) =>
          Buffer.concat(sent.flatMap(([t, content]) => (t === type ? [content] : []))),
        );
        assert.deepEqual(await received, expected);
      }),
    );
  });

  it('hold up the sender while nobody reads, and go on when one is not wanted any more', async () => {
    const [stdout, stderr] = [new PassThrough({ highWaterMark: 16 }), new PassThrough({ highWaterMark: 16 })];
    const sink = new Demultiplexer(stdout, stderr);
    const written = new Promise((resolve) => sink.write(frame(2, Buffer.alloc(100)), resolve));
    assert.equal(
      await Promise.race([written.then(() => 'taken'), new Promise((r) => setImmediate(r, 'held'))]),
      'held',
    );
    stderr.destroy();
    await written;
  });
});
