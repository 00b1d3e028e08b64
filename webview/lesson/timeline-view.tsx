/** What has just happened, and goes on happening while it is looked at. */
import * as l10n from '@vscode/l10n';
import { useMemo } from 'react';
import type { TimelineCard } from '../../src/editor/lessons/card.js';
import type { Track } from '../clock/track.js';
import type { CardProps } from './card-view.js';
import { trackOf } from './feeds.js';
import { LanesView } from './lanes-view.js';
import { useFeed } from './use-feed.js';

/** Seconds that are shown at most. */
const SPAN = 60;

/** Seconds before a fault that are shown. */
const BEFORE = 5;

export function TimelineView({ card, ...rest }: CardProps<TimelineCard>) {
  const { timeline } = card;
  const moment = useFeed(rest, true);
  const recorded = useMemo(() => (timeline === null ? null : trackOf(timeline)), [timeline]);
  const track = moment?.track ?? recorded;
  if (track === null || track.lanes.length === 0)
    return <p className="card quiet">{l10n.t('Nothing has happened yet: the lab does not run.')}</p>;
  const now = moment?.now ?? track.end;
  const end = Math.min(now, (faultOf(track, recorded?.end ?? now) ?? Infinity) - BEFORE + SPAN);
  const window = { from: Math.max(track.start, end - SPAN), to: end + 0.3 };
  return (
    <div className="card">
      <LanesView track={track} window={window} now={now} />
    </div>
  );
}

/** When that came about of which the lesson tells: it stays in sight while time goes on. @param asked When it was asked for, seconds */
function faultOf({ faults }: Track, asked: number): number | null {
  const last = faults.findLast(({ healed }) => !healed)?.at ?? null;
  return last !== null && last > asked - 2 * SPAN ? last : null;
}
