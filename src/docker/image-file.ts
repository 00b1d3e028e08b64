/** Node images in files, for rooms without internet. */
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LabError } from '../model/errors.js';
import { CancelledError, EngineTaskError, unlessFull } from './engine-errors.js';
import type { ProgressListener, Runtime } from './runtime.js';

export interface ImageFileOptions {
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

export class ImageFileError extends LabError {
  constructor(file: string, problem: string, remedy: string) {
    super('ImageFileUnusable', `The image file ${file} ${problem}.`, remedy);
  }
}

/**
 * Writes an image into a file as `docker save` does. It has its name only when it is whole: until then it is
 * `FILE.part`, which is taken away when this fails.
 *
 * @returns Bytes written.
 */
export async function saveImageFile(
  runtime: Runtime,
  tag: string,
  file: string,
  { onProgress, signal }: ImageFileOptions = {},
): Promise<number> {
  const target = resolve(file);
  const part = `${target}.${process.pid}.part`;
  await mkdir(dirname(target), { recursive: true });
  const handle = await open(part, 'w').catch((error: unknown) => {
    throw new ImageFileError(target, `cannot be written (${text(error)})`, 'Choose a folder that you may write to.');
  });
  try {
    const meter = byteMeter((bytes) => onProgress?.(`saved ${megabytes(bytes)} MB`));
    const source = await runtime.saveImage(tag, signal);
    await pipeline(source, meter.stream, handle.createWriteStream({ flush: true }), signal ? { signal } : {});
    await rename(part, target);
    return meter.bytes();
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(part, { force: true });
    if (signal?.aborted) throw new CancelledError('The saving of the image');
    throw error instanceof LabError
      ? error
      : new ImageFileError(target, `could not be written (${text(error)})`, 'Look whether the disk is full.');
  }
}

/**
 * Gives the engine what `docker save` wrote, gzip'ed or not.
 *
 * @returns The tags that it held.
 */
export async function loadImageFile(
  runtime: Runtime,
  file: string,
  { onProgress, signal }: ImageFileOptions = {},
): Promise<readonly string[]> {
  const size = await stat(file).then(
    (info) => info.size,
    () => {
      throw new ImageFileError(
        file,
        'is not there',
        'Make it with "neutron-lab image save FILE" where there is internet.',
      );
    },
  );
  const meter = byteMeter((bytes) => onProgress?.(`loaded ${megabytes(bytes)} of ${megabytes(size)} MB`));
  const source: Readable = createReadStream(file);
  source.on('error', (error) => meter.stream.destroy(error));
  const again = 'Make it with "neutron-lab image save FILE", and look whether all of it was copied.';
  try {
    const tags = await runtime.loadImage(source.pipe(meter.stream), onProgress ?? (() => undefined), signal);
    if (tags.length > 0) return tags;
  } catch (error) {
    if (!(error instanceof EngineTaskError)) throw error;
    throw new ImageFileError(file, `cannot be loaded (${error.said})`, unlessFull(error.said, again));
  } finally {
    source.destroy();
  }
  throw new ImageFileError(file, 'holds no image', again);
}

/** Counts what passes and tells it every 16 MB. */
function byteMeter(tell: (bytes: number) => void): { stream: Transform; bytes: () => number } {
  let bytes = 0;
  let told = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      bytes += chunk.length;
      if (bytes - told >= 16 << 20) tell((told = bytes));
      callback(null, chunk);
    },
  });
  return { stream, bytes: () => bytes };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
