/** The node image: there already, or pulled, loaded from a file, or built; the first way that works. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { LabError } from '../model/errors.js';
import { type ContextFile, nodeImageFolder, nodeImageTag, packContext, readContext } from './build-context.js';
import { CODENAME, MADE_BASE, makeDebianBase } from './debian-base.js';
import { hostAptSettings } from './debian-sources.js';
import { CancelledError, EngineTaskError, unlessFull } from './engine-errors.js';
import { splitTag } from './engine-images.js';
import { loadImageFile } from './image-file.js';
import type { ImageInfo, ProgressListener, Runtime } from './runtime.js';

export type ImageWay = 'present' | 'registry' | 'file' | 'built';

export interface ImageOptions {
  readonly progress?: ProgressListener;
  readonly signal?: AbortSignal;
  /** This way only, and anew: an image that is there already does not count. */
  readonly from?: Exclude<ImageWay, 'present'>;
  /** A reference to pull, `registry/name` or `registry/name:tag`; NEUTRON_LAB_IMAGE where it is not given. */
  readonly registry?: string;
  /** A tar to load; NEUTRON_LAB_IMAGE_TAR where it is not given, else node-HASH.tar in the cache folder. */
  readonly file?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface EnsuredImage {
  readonly image: ImageInfo;
  readonly way: ImageWay;
  /** For people: `built from debian:bookworm-slim, pulled`. */
  readonly how: string;
}

export class ImageUnavailableError extends LabError {
  constructor(tag: string, tried: readonly string[]) {
    const why = tried.join('; ');
    super(
      'NodeImageUnavailable',
      `The node image ${tag} is not there and cannot be made: ${why}.`,
      unlessFull(
        why,
        'Where there is internet, run "neutron-lab image save FILE"; here, run "neutron-lab image load FILE".',
      ),
    );
  }
}

/** Official, pulled where there is a registry. */
const OFFICIAL_BASE = `debian:${CODENAME}-slim`;

/** A registry that has not said a word after this long is taken to be out of reach. Milliseconds. */
const REGISTRY_PATIENCE = 8000;

/** The tag that this version of Neutron Lab runs its nodes from. */
export async function wantedImageTag(): Promise<string> {
  return nodeImageTag(await readContext(nodeImageFolder()));
}

/** @throws ImageUnavailableError, ImageFileError, CancelledError, EngineGoneError */
export async function ensureImage(runtime: Runtime, options: ImageOptions = {}): Promise<EnsuredImage> {
  const { progress = () => undefined, signal, from, env = process.env } = options;
  const files = await readContext(nodeImageFolder());
  const tag = nodeImageTag(files);
  const present = from === undefined ? await runtime.imageInfo(tag) : null;
  if (present !== null) return { image: present, way: 'present', how: 'already there' };

  const ways: Record<Exclude<ImageWay, 'present'>, () => Promise<string | null>> = {
    registry: () => fromRegistry(runtime, tag, options.registry ?? env.NEUTRON_LAB_IMAGE, progress, signal),
    file: () => fromFile(runtime, tag, options.file ?? env.NEUTRON_LAB_IMAGE_TAR, env, progress, signal),
    built: () => build(runtime, tag, files, progress, signal),
  };
  const tried: string[] = [];
  for (const way of from === undefined ? (['registry', 'file', 'built'] as const) : [from]) {
    try {
      const how = await ways[way]();
      const image = how === null ? null : await runtime.imageInfo(tag);
      if (how !== null && image !== null) return { image, way, how };
      if (from !== undefined) tried.push(`no ${from === 'file' ? 'image file' : 'registry'} is known`);
    } catch (error) {
      if (error instanceof CancelledError || signal?.aborted || !(error instanceof LabError)) throw error;
      progress(error.message, 'stage');
      tried.push(error.message.replace(/\.$/, ''));
    }
  }
  throw new ImageUnavailableError(tag, tried);
}

async function fromRegistry(
  runtime: Runtime,
  tag: string,
  reference: string | undefined,
  progress: ProgressListener,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  if (reference === undefined || reference === '') return null;
  const named = reference.endsWith(`:${splitTag(reference).tag}`);
  const full = named ? reference : `${reference}:${splitTag(tag).tag}`;
  await pullOrGiveUp(runtime, full, progress, signal);
  await runtime.tag(full, tag);
  return `pulled as ${full}`;
}

async function fromFile(
  runtime: Runtime,
  tag: string,
  file: string | undefined,
  env: NodeJS.ProcessEnv,
  progress: ProgressListener,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const cached = cachedImageFile(tag, env);
  const path = file === undefined || file === '' ? (existsSync(cached) ? cached : null) : file;
  if (path === null) return null;
  progress(`loading the node image from ${path}`, 'stage');
  const tags = await loadImageFile(runtime, path, { onProgress: progress, ...(signal ? { signal } : {}) });
  if (tags.includes(tag)) return `loaded from ${path}`;
  throw new LabError(
    'ImageFileOfOtherVersion',
    `The image file ${path} holds ${tags.join(', ')}; this version of Neutron Lab needs ${tag}.`,
    'Make the file again with "neutron-lab image save FILE" of this version.',
  );
}

/** Where a saved image is looked for unasked: the XDG cache folder. */
export function cachedImageFile(tag: string, env: NodeJS.ProcessEnv): string {
  const configured = env.XDG_CACHE_HOME ?? '';
  const cache = configured === '' ? join(homedir(), '.cache') : configured;
  return join(cache, 'neutron-lab', `node-${splitTag(tag).tag}.tar`);
}

async function build(
  runtime: Runtime,
  tag: string,
  files: readonly ContextFile[],
  progress: ProgressListener,
  signal: AbortSignal | undefined,
): Promise<string> {
  const base = await provideBase(runtime, progress, signal);
  const { proxies } = await hostAptSettings();
  const lines: string[] = [];
  const onLine = (line: string): void => {
    lines.push(line);
    progress(line);
  };
  const attempt = async (network: 'host' | null): Promise<void> => {
    await runtime.build(await packContext(files), tag, onLine, {
      // Docker knows the proxies' names: they are there for the build and leave no trace in the image.
      args: { BASE: base.reference, ...proxies },
      ...(network ? { network } : {}),
      ...(signal ? { signal } : {}),
    });
  };
  progress(`building the node image on ${base.reference}`, 'stage');
  try {
    await attempt(null);
  } catch (error) {
    if (!(error instanceof EngineTaskError) || !runtime.engine.local || !cannotReachArchive(lines)) throw error;
    // A proxy or name server on this machine's loopback, or a firewall, is no obstacle from the host's own network.
    progress("the archive is out of reach from a container's network: building on the host's", 'stage');
    await attempt('host');
  }
  return `built on ${base.reference}, ${base.how}`;
}

/** What apt says when it is not the package that is at fault but the way to it. Pure. */
export function cannotReachArchive(lines: readonly string[]): boolean {
  return lines.some((line) =>
    /Temporary failure resolving|Could not connect|Unable to connect|Could not resolve|Failed to fetch/i.test(line),
  );
}

async function provideBase(
  runtime: Runtime,
  progress: ProgressListener,
  signal: AbortSignal | undefined,
): Promise<{ reference: string; how: string }> {
  for (const reference of [OFFICIAL_BASE, MADE_BASE]) {
    if ((await runtime.imageInfo(reference)) !== null) return { reference, how: 'already there' };
  }
  try {
    progress(`pulling ${OFFICIAL_BASE}`, 'stage');
    await pullOrGiveUp(runtime, OFFICIAL_BASE, progress, signal);
    return { reference: OFFICIAL_BASE, how: 'pulled' };
  } catch (error) {
    if (signal?.aborted || !(error instanceof LabError)) throw error;
    progress(`${OFFICIAL_BASE} cannot be pulled: ${error.message}`, 'stage');
  }
  await makeDebianBase(runtime, progress, signal);
  return { reference: MADE_BASE, how: "made from Debian's archive" };
}

async function pullOrGiveUp(
  runtime: Runtime,
  reference: string,
  progress: ProgressListener,
  signal: AbortSignal | undefined,
): Promise<void> {
  const giveUp = new AbortController();
  const abort = (): void => {
    giveUp.abort();
  };
  const timer = setTimeout(abort, REGISTRY_PATIENCE);
  signal?.addEventListener('abort', abort, { once: true });
  const onLine = (line: string): void => {
    clearTimeout(timer);
    progress(line);
  };
  try {
    await runtime.pull(reference, onLine, giveUp.signal);
  } catch (error) {
    if (!(error instanceof CancelledError) || signal?.aborted) throw error;
    throw new EngineTaskError(
      `the pull of ${reference}`,
      `its registry did not answer in ${REGISTRY_PATIENCE / 1000} s`,
    );
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
