/** From a lab file to a lab that runs and is ready, told as it goes. Shared by `up`, `heal` and the demo. */
import { ensureImage, wantedImageTag } from '../docker/image.js';
import type { Runtime } from '../docker/runtime.js';
import type { Intent } from '../lab/bring-up/intent.js';
import { waitUntilReady } from '../lab/bring-up/ready.js';
import type { RunningLab } from '../lab/running-lab.js';
import type { LabStatus } from '../lab/status.js';
import { type UpResult, up } from '../lab/bring-up/up.js';
import type { Lab } from '../model/resources.js';
import { LiveRegion } from './live-region.js';
import { longWork } from './long-work.js';
import { UpProgress } from '../render/up-progress.js';
import type { Terminal } from './terminal.js';
import { VERSION } from './version.js';

/** The node image, made first where it is missing. @returns its tag */
export async function provideImage(
  runtime: Runtime,
  terminal: Terminal,
  quiet: boolean,
  signal: AbortSignal,
): Promise<string> {
  const wanted = await wantedImageTag();
  if ((await runtime.imageInfo(wanted)) !== null) return wanted;
  if (!quiet) terminal.line('The node image is not there yet; making it (once, about a minute).');
  const { image, how } = await longWork(
    terminal,
    quiet,
    async (progress) => await ensureImage(runtime, { signal, progress }),
  );
  if (!quiet) terminal.line(`${terminal.paint('✓', 'green')} The node image is there: ${how}.`);
  return image.tag;
}

export interface BringUpOptions {
  readonly image: string;
  readonly signal: AbortSignal;
  /** Say nothing, for scripts. */
  readonly quiet: boolean;
}

/** `up` with a list of nodes that is drawn as it goes, or plain lines where nothing can be drawn. */
export async function bringUp(
  runtime: Runtime,
  { lab, previous, attached }: Intent,
  terminal: Terminal,
  { image, signal, quiet }: BringUpOptions,
): Promise<UpResult> {
  const progress = new UpProgress(
    lab.nodes.map(({ name }) => name),
    () => performance.now(),
  );
  const draw = (): string[] => progress.lines(terminal.paint, terminal.columns - 1);
  using region = new LiveRegion(terminal);
  try {
    const result = await up(runtime, lab, {
      image,
      version: VERSION,
      previous,
      attached,
      signal,
      onProgress: (event) => {
        const lines = progress.take(event);
        if (quiet) return;
        if (terminal.live) region.update(draw);
        else terminal.line(...indented(lines));
      },
    });
    region.finish(quiet || !terminal.live || result.changed === 0 ? [] : draw());
    return result;
  } catch (error) {
    region.finish(quiet || !terminal.live ? [] : draw());
    throw error;
  }
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** Waits until the lab does what it was made for, and says meanwhile what is still missing. */
export async function awaitReady(
  running: RunningLab,
  lab: Lab,
  terminal: Terminal,
  { signal, quiet }: Pick<BringUpOptions, 'signal' | 'quiet'>,
): Promise<LabStatus> {
  using region = new LiveRegion(terminal);
  let told = '';
  return await waitUntilReady(running, lab, {
    signal,
    onProgress: (missing) => {
      const text = missingText(missing);
      if (quiet || text === told) return;
      told = text;
      if (terminal.live) region.update(() => [terminal.paint(`  ${text}`, 'grey')]);
      else terminal.line(`  ${text}`);
    },
  });
}

/** A lab of a hundred routers waits for a hundred things: the first few stand for all. */
function missingText(missing: readonly string[]): string {
  const shown = missing.slice(0, 3).join(', ');
  const more = missing.length - 3;
  return `waiting: ${shown}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
