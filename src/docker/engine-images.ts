/** Images: look, tag, pull, import, build, save, load. */
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { z } from 'zod';
import { type EngineCall, abortable, ask, attempt, cancelled, order, toLabError } from './engine-answers.js';
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

export async function imageInfo(docker: Docker, tag: string): Promise<ImageInfo | null> {
  const what = `the question for the image ${tag}`;
  try {
    const { Id, Size } = await ask(inspected, { what }, () => docker.getImage(tag).inspect());
    return { id: Id, tag, size: Size };
  } catch (error) {
    if (error instanceof EngineRequestError && error.status === 404) return null;
    throw error;
  }
}

export async function tagImage(docker: Docker, image: string, tag: string): Promise<void> {
  await order({ what: `the tag ${tag} for ${image}` }, () => docker.getImage(image).tag(splitTag(tag)));
}

export async function removeImage(docker: Docker, tag: string): Promise<void> {
  await order({ what: `the removal of the image ${tag}` }, () => docker.getImage(tag).remove());
}

export async function pullImage(
  docker: Docker,
  reference: string,
  onProgress: ProgressListener,
  signal?: AbortSignal,
): Promise<void> {
  const call = { what: `the pull of ${reference}`, signal };
  await follow(call, () => docker.pull(reference, abortable(signal)), onProgress);
}

export async function importImage(
  docker: Docker,
  rootfs: Readable,
  reference: string,
  signal?: AbortSignal,
): Promise<void> {
  const call = { what: `the import of ${reference}`, signal, file: rootfs };
  const options = { ...splitTag(reference), ...abortable(signal) };
  await follow(
    call,
    () => docker.importImage(rootfs, options),
    () => undefined,
  );
}

export async function buildImage(
  docker: Docker,
  context: Readable,
  tag: string,
  onProgress: ProgressListener,
  { args = {}, network, signal }: BuildOptions = {},
): Promise<void> {
  const call = { what: `the build of ${tag}`, signal, file: context };
  const options = { t: tag, rm: true, forcerm: true, buildargs: args, ...abortable(signal) };
  const where = network === undefined ? {} : { networkmode: network };
  await follow(call, () => docker.buildImage(context, { ...options, ...where }), onProgress);
}

/** dockerode's own `get` takes no signal. */
export async function saveImage(docker: Docker, tag: string, signal?: AbortSignal): Promise<Readable> {
  const request = {
    method: 'GET',
    path: `/images/${tag}/get`,
    isStream: true,
    statusCodes: { 200: true },
    ...abortable(signal),
  };
  return attempt(
    { what: `the saving of the image ${tag}`, signal },
    () =>
      new Promise((resolve, reject) => {
        docker.modem.dial(request, (error, answer) => {
          if (error) reject(error);
          else resolve(answer as Readable);
        });
      }),
  );
}

export async function loadImage(
  docker: Docker,
  tar: Readable,
  onProgress: ProgressListener,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const tags: string[] = [];
  const call = { what: 'the loading of an image', signal, file: tar };
  const options = { quiet: true, ...abortable(signal) };
  await follow(
    call,
    () => docker.loadImage(tar, options),
    (line) => {
      const tag = /^Loaded image: (\S+)$/.exec(line)?.[1];
      if (tag !== undefined) tags.push(tag);
      onProgress(line);
    },
  );
  return tags;
}

/** How apt, dpkg and the kernel begin to say what is wrong. */
const COMPLAINT =
  /^(E|dpkg: error)[: ]|no space left on device|Temporary failure|(Could not|Unable to) (connect|resolve)/i;

/** A build's own last word repeats the command whole, and says nothing of why it failed. */
function inShort(failure: string, complaint: string | null): string {
  const code = /^The command '[^]*' returned a non-zero code: (\d+)$/.exec(failure)?.[1];
  if (code === undefined) return failure;
  return `a command of it ended with code ${code}${complaint === null ? '' : ` and said "${complaint}"`}`;
}

/** Reads a long answer to its end. A failure in the middle comes as a line of it, under HTTP status 200. */
async function follow(
  call: EngineCall,
  request: () => Promise<NodeJS.ReadableStream>,
  onProgress: ProgressListener,
): Promise<void> {
  const stream = await attempt(call, request);
  let failure: string | null = null;
  let complaint: string | null = null;
  try {
    for await (const value of jsonLines(stream)) {
      const line = progressLine.safeParse(value);
      if (!line.success) continue;
      if (line.data.error !== undefined) failure = line.data.error;
      for (const text of progressText(line.data)) {
        if (COMPLAINT.test(text)) complaint ??= text.trim();
        onProgress(text);
      }
    }
  } catch (error) {
    throw toLabError(error, call);
  }
  if (failure === null) return;
  // That it was cancelled may be the engine's last word, too.
  if (call.signal?.aborted) throw cancelled(call);
  throw new EngineTaskError(call.what, inShort(failure.trim().replace(/\.$/, ''), complaint));
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
