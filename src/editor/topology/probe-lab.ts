/** Probes through the routers of a lab, for its clock. */
import * as l10n from '@vscode/l10n';
import { probesThrough } from '../../experiment/probe-places.js';
import { pingTarget } from '../../experiment/probe-target.js';
import { startProbes } from '../../experiment/probing.js';
import type { TimelineRecorder } from '../../experiment/timeline/recorder.js';
import type { LiveLab } from '../../lab/live-lab.js';
import { LabError } from '../../model/errors.js';

/** Milliseconds between two pings. */
const INTERVAL = 20;

/** More lanes than that are no picture. */
const MOST_PROBES = 6;

/** @throws LabError where nothing crosses a router */
export async function probeLab(
  { running, lab }: LiveLab,
  recorder: TimelineRecorder,
): Promise<{ stop(): Promise<void> }> {
  const places = lab.routers.flatMap((router) => probesThrough(lab, router, [])).slice(0, MOST_PROBES);
  if (places.length === 0)
    throw new LabError(
      'NothingToProbe',
      l10n.t('No two hosts of {0} have a router between them.', lab.name),
      l10n.t('Add an instance to each of two networks of a router.'),
    );
  const targets = places.map((place, nth) => pingTarget(place, nth + 1, INTERVAL));
  return await startProbes(running, targets, recorder, () => undefined);
}
