/** What has just happened, and goes on happening while it is looked at. */
import * as l10n from '@vscode/l10n';
import { useMemo } from 'react';
import type { TimelineCard } from '../../src/editor/lessons/card.js';
import type { CardProps } from './card-view.js';
import { trackOf } from './feeds.js';
import { LanesView } from './lanes-view.js';
import { useFeed } from './use-feed.js';

/** Seconds that are shown at most, those before now. */
const SPAN = 60;

export function TimelineView({ card, ...rest }: CardProps<TimelineCard>) {
  const { timeline } = card;
  const moment = useFeed(rest, true);
  const recorded = useMemo(() => (timeline === null ? null : trackOf(timeline)), [timeline]);
  const track = moment?.track ?? recorded;
  if (track === null || track.lanes.length === 0)
    return <p className="card quiet">{l10n.t('Nothing has happened yet: the lab does not run.')}</p>;
  const end = moment?.now ?? track.end;
  const window = { from: Math.max(track.start, end - SPAN), to: end + 0.3 };
  return (
    <div className="card">
      <LanesView track={track} window={window} now={end} />
    </div>
  );
}
