/** Takes apart what an engine sends of a command without a terminal. */
import { type PassThrough, Writable } from 'node:stream';

/**
 * Frames of an 8-byte header (stream type, three zero bytes, length as a 32-bit big-endian number) and the bytes
 * themselves: Docker Engine API, "Attach to a container", stream format. Type 1 is stdout, 2 is stderr; 0, stdin,
 * never comes from an engine. A frame may arrive in any number of pieces. Whoever does not read holds up the sender.
 */
export class Demultiplexer extends Writable {
  readonly #stdout: PassThrough;
  readonly #stderr: PassThrough;
  #header: Buffer = Buffer.alloc(0);
  /** Bytes that are still to come of the frame that is being read. */
  #left = 0;
  #target: PassThrough;

  constructor(stdout: PassThrough, stderr: PassThrough) {
    super();
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#target = stdout;
  }

  override _write(chunk: Buffer, _encoding: string, callback: (error?: Error | null) => void): void {
    const blocked = new Set<PassThrough>();
    let at = 0;
    while (at < chunk.length) {
      if (this.#left === 0) {
        const wanted = HEADER - this.#header.length;
        this.#header = Buffer.concat([this.#header, chunk.subarray(at, at + wanted)]);
        at += wanted;
        if (this.#header.length < HEADER) break;
        this.#target = this.#header[0] === STDERR ? this.#stderr : this.#stdout;
        this.#left = this.#header.readUInt32BE(4);
        this.#header = Buffer.alloc(0);
        continue;
      }
      const piece = chunk.subarray(at, at + this.#left);
      at += piece.length;
      this.#left -= piece.length;
      if (!this.#target.destroyed && !this.#target.write(piece)) blocked.add(this.#target);
    }
    void Promise.all([...blocked].map(drained)).then(() => {
      callback();
    });
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#stdout.end();
    this.#stderr.end();
    callback();
  }
}

const HEADER = 8;
const STDERR = 2;

/** Until the stream takes more, or nobody wants it any more. */
function drained(stream: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });
}
