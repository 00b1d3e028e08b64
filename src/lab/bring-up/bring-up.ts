/** From what a lab is meant to be to a lab that runs and is ready: what a face does for `up` and for a repair. */
import { ensureImage } from '../../docker/image.js';
import type { Runtime } from '../../docker/runtime.js';
import type { Lab } from '../../model/resources.js';
import { attachLab } from '../attach.js';
import type { Intent } from './intent.js';
import { Interrupted } from '../lab-errors.js';
import { waitUntilReady } from './ready.js';
import type { LabStatus } from '../status.js';
import { type Progress, up } from './up.js';
import { recordedOrWoken } from '../wake.js';

export type BringUpProgress =
  /** The node image is being made: the engine's own words. */
  | { readonly type: 'image'; readonly line: string }
  /** Begins: these nodes will be set up. */
  | { readonly type: 'lab'; readonly lab: Lab }
  | { readonly type: 'up'; readonly event: Progress }
  /** Everything is set up, and this is still missing. */
  | { readonly type: 'waiting'; readonly missing: readonly string[] };

export interface BringUpOptions {
  readonly version: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: BringUpProgress) => void;
}

export interface BroughtUp {
  readonly lab: Lab;
  /** How many steps it took, on the engine and on the nodes. */
  readonly changed: number;
  readonly status: LabStatus;
}

/**
 * @param intent Asked for when the image is there: what it saw of the lab must not be old
 * @throws what `intent`, ensureImage, up and waitUntilReady throw; what was done until then stays, and the next call
 * goes on from there
 */
export async function bringUpLab(
  runtime: Runtime,
  intent: () => Promise<Intent>,
  { version, signal, onProgress }: BringUpOptions,
): Promise<BroughtUp> {
  const { image } = await ensureImage(runtime, {
    signal,
    progress: (line) => {
      onProgress({ type: 'image', line });
    },
  });
  return await realise(runtime, await intent(), image.tag, { version, signal, onProgress });
}

/**
 * Makes the nodes again what was applied last, and takes back every fault. Containers that are gone are made anew, from
 * the image that the others run: a repair is not the moment to change it.
 * @returns null where no node can tell what the lab is meant to be
 */
export async function repairLab(runtime: Runtime, name: string, options: BringUpOptions): Promise<BroughtUp | null> {
  const attached = await attachLab(runtime, name);
  if (attached === null) return null;
  const lab = await recordedOrWoken(attached.running, attached.recorded).finally(() => {
    attached.running.close();
  });
  const image = attached.running.containers[0]?.image;
  if (lab === null || image === undefined) return null;
  if (options.signal.aborted) throw new Interrupted();
  return await realise(runtime, { lab, previous: lab, attached: null, warnings: [] }, image, options);
}

async function realise(
  runtime: Runtime,
  { lab, previous, attached }: Intent,
  image: string,
  { version, signal, onProgress }: BringUpOptions,
): Promise<BroughtUp> {
  onProgress({ type: 'lab', lab });
  const { running, changed } = await up(runtime, lab, {
    image,
    version,
    previous,
    attached,
    signal,
    onProgress: (event) => {
      onProgress({ type: 'up', event });
    },
  });
  try {
    const status = await waitUntilReady(running, lab, {
      signal,
      onProgress: (missing) => {
        onProgress({ type: 'waiting', missing });
      },
    });
    return { lab, changed, status };
  } finally {
    running.close();
  }
}
