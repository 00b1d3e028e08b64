/** What a lab file means in the light of what runs. */
import type { Runtime } from '../../docker/runtime.js';
import { writtenName } from '../../model/lab-file/likely-name.js';
import type { Problem } from '../../model/lab-file/problems.js';
import type { Lab } from '../../model/resources.js';
import { type Attached, attachLab } from '../attach.js';

export interface ParsedLab {
  readonly lab: Lab;
  readonly warnings: readonly Problem[];
}

export interface Intent {
  readonly lab: Lab;
  /** What runs under that name, null where nothing does. */
  readonly previous: Lab | null;
  /** The running lab as it was seen; null where nothing runs. */
  readonly attached: Attached | null;
  readonly warnings: readonly Problem[];
}

/** A question to the nodes that is under way. */
class Asked {
  readonly found: Promise<Attached | null>;
  /** The nodes are at work on it, or there is nobody to ask. */
  readonly sent: Promise<void>;

  constructor(runtime: Runtime, name: string) {
    let send: () => void = () => undefined;
    const sent = new Promise<void>((resolve) => (send = resolve));
    this.found = attachLab(runtime, name, send);
    // Whoever waits for what was found hears of the error; nobody may, where the file is refused.
    const settled = this.found.then(
      () => undefined,
      () => undefined,
    );
    this.sent = Promise.race([sent, settled]);
  }
}

/**
 * Reads a file in the light of what runs, so that what is allocated stays as it is.
 * @param text Of the lab file
 * @param parse Reads it; `held` is the lab that runs: what it was given it keeps
 * @throws what `parse` throws where the file has errors; then nothing is left open
 */
export async function readIntent(
  runtime: Runtime,
  text: string,
  parse: (held: Lab | null) => ParsedLab,
): Promise<Intent> {
  // Before the file is parsed: the nodes are asked meanwhile.
  const guess = writtenName(text);
  const asked = guess === null ? null : new Asked(runtime, guess);
  await asked?.sent;
  const abandon = (): void => {
    asked?.found.then((found) => found?.running.close()).catch(() => undefined);
  };
  let fresh: ParsedLab;
  try {
    fresh = parse(null);
  } catch (error) {
    abandon();
    throw error;
  }
  const { name } = fresh.lab;
  if (guess !== name) abandon();
  const attached = asked !== null && guess === name ? await asked.found : await attachLab(runtime, name);
  const previous = attached?.recorded ?? null;
  return previous === null ? { ...fresh, previous, attached } : { ...parse(previous), previous, attached };
}
