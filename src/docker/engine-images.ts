/** Images: look, tag, pull, import, build, save, load. */
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { EngineClient, EngineRequest } from './engine-client.js';
import { toLabError } from './engine-client.js';
import { EngineRequestError, EngineTaskError } from './engine-errors.js';
import { jsonLines } from './lines.js';
import type { BuildOptions, ImageInfo, ProgressListener } from './runtime.js';

const inspected = z.object({ Id: z.string(), Size: z.number() });

/** A line of the engine's progress: a build's output, or what happens to a layer. */
const progressLine = z.object({
  stream: z.string().optional(),
  id: z.string().optional(),
  status: z.string().optional(),
  progressDetail: z.object({ current: z.number().optional() }).nullish(),
  error: z.string().optional(),
});

export async function imageInfo(client: EngineClient, tag: string): Promise<ImageInfo | null> {
  const what = `the question for the image ${tag}`;
  try {
    const { Id, Size } = await client.json(inspected, { method: 'GET', path: `/images/${tag}/json`, what });
    return { id: Id, tag, size: Size };
  } catch (error) {
    if (error instanceof EngineRequestError && error.status === 404) return null;
    throw error;
  }
}

export async function tagImage(client: EngineClient, image: string, tag: string): Promise<void> {
  const what = `the tag ${tag} for ${image}`;
  await client.send({ method: 'POST', path: `/images/${image}/tag`, query: splitTag(tag), what });
}

export async function removeImage(client: EngineClient, tag: string): Promise<void> {
  await client.send({ method: 'DELETE', path: `/images/${tag}`, what: `the removal of the image ${tag}` });
}

export async function pullImage(
  client: EngineClient,
  reference: string,
  onProgress: ProgressListener,
  signal?: AbortSignal,
): Promise<void> {
  const { repo, tag } = splitTag(reference);
  const query = { fromImage: repo, tag };
  const what = `the pull of ${reference}`;
  await follow(client, { method: 'POST', path: '/images/create', query, signal, what }, onProgress);
}

export async function importImage(
  client: EngineClient,
  rootfs: Readable,
  reference: string,
  signal?: AbortSignal,
): Promise<void> {
  const query = { fromSrc: '-', ...splitTag(reference) };
  const what = `the import of ${reference}`;
  await follow(client, { method: 'POST', path: '/images/create', query, file: rootfs, signal, what }, () => undefined);
}

export async function buildImage(
  client: EngineClient,
  context: Readable,
  tag: string,
  onProgress: ProgressListener,
  { args = {}, network, signal }: BuildOptions = {},
): Promise<void> {
  const query = { t: tag, rm: true, forcerm: true, buildargs: args, networkmode: network };
  const what = `the build of ${tag}`;
  await follow(client, { method: 'POST', path: '/build', query, file: context, signal, what }, onProgress);
}

export async function saveImage(client: EngineClient, tag: string, signal?: AbortSignal): Promise<Readable> {
  const what = `the saving of the image ${tag}`;
  return client.stream({ method: 'GET', path: `/images/${tag}/get`, signal, what });
}

export async function loadImage(
  client: EngineClient,
  tar: Readable,
  onProgress: ProgressListener,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const tags: string[] = [];
  const what = 'the loading of an image';
  await follow(
    client,
    { method: 'POST', path: '/images/load', query: { quiet: true }, file: tar, signal, what },
    (line) => {
      const tag = /^Loaded image: (\S+)$/.exec(line)?.[1];
      if (tag !== undefined) tags.push(tag);
      onProgress(line);
    },
  );
  return tags;
}

/** Reads a long answer to its end. A failure in the middle comes as a line of it, under HTTP status 200. */
async function follow(client: EngineClient, request: EngineRequest, onProgress: ProgressListener): Promise<void> {
  const stream = await client.stream(request);
  let failure: string | null = null;
  try {
    for await (const value of jsonLines(stream)) {
      const line = progressLine.safeParse(value);
      if (!line.success) continue;
      if (line.data.error !== undefined) failure = line.data.error;
      for (const text of progressText(line.data)) onProgress(text);
    }
  } catch (error) {
    throw toLabError(error, request);
  }
  if (failure !== null) throw new EngineTaskError(request.what, failure.trim().replace(/\.$/, ''));
}

/** The moving bars are left out: they are many lines a second and say less than the layers do. */
function progressText({ stream, id, status, progressDetail }: z.infer<typeof progressLine>): readonly string[] {
  if (stream !== undefined) return stream.split('\n').filter((line) => line.trim() !== '');
  if (status === undefined || progressDetail?.current !== undefined) return [];
  return [id === undefined ? status : `${id}: ${status}`];
}

/** `registry:5000/name:tag` into its two parts; `latest` where no tag is told. */
export function splitTag(reference: string): { readonly repo: string; readonly tag: string } {
  const colon = reference.lastIndexOf(':');
  if (colon === -1 || reference.includes('/', colon)) return { repo: reference, tag: 'latest' };
  return { repo: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}
