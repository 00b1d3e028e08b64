/** A timeline as a card has it. Pure. */
import type { TimelineEvent } from '../../../experiment/timeline/event.js';
import type { Timeline } from '../../../experiment/timeline/timeline.js';
import type { Picture } from '../../../picture/picture.js';
import type { TimelinePiece } from '../card.js';

/** One that is over, whole. */
export function pieceOf({ header, events }: Timeline, picture: Picture | null): TimelinePiece {
  return { header, from: 0, events: events.filter(isDrawn), now: null, picture };
}

/** An advertisement is drawn where it is sent, not once more at each who hears it. */
export function isDrawn(event: TimelineEvent): boolean {
  return event.kind !== 'advert' || event.direction === 'out';
}
