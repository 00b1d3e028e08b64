/** What moves in cards while they are looked at, by cell: the last picture, and all that a timeline was told. */
import type { TimelinePiece, ToRenderer } from '../../src/editor/lessons/card.js';
import type { Picture } from '../../src/picture/picture.js';
import { TrackBuilder } from '../clock/build-track.js';
import type { Track } from '../clock/track.js';

export interface Moment {
  readonly picture: Picture | null;
  readonly track: Track | null;
  /** The nodes' clock, seconds; null: it is over. */
  readonly now: number | null;
}

export interface Feed {
  readonly subscribe: (listener: () => void) => () => void;
  readonly now: () => Moment | null;
}

/** Milliseconds between two drawings while much happens. */
const PACE = 150;

class CellFeed implements Feed {
  private moment: Moment | null = null;
  private readonly listeners = new Set<() => void>();
  private builder: TrackBuilder | null = null;
  private drawn: Picture | null = null;
  private count = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly now = (): Moment | null => this.moment;

  takePicture(picture: Picture | null): void {
    this.tell({ track: null, now: null, ...this.moment, picture });
  }

  takePiece({ header, from, events, now, picture }: TimelinePiece): void {
    if (from === 0 || this.builder === null) {
      this.builder = new TrackBuilder(header);
      this.drawn = picture;
      this.count = 0;
    }
    // A part that does not follow the last one: the next telling begins anew.
    if (from !== this.count) return;
    this.count += events.length;
    this.builder.retitle(header);
    this.builder.add(events);
    const { builder } = this;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.tell({
        picture: null,
        ...this.moment,
        track: builder.track(this.drawn),
        now: now === null ? null : now / 1000,
      });
    }, PACE);
  }

  private tell(moment: Moment): void {
    this.moment = moment;
    for (const listener of this.listeners) listener();
  }
}

export class Feeds {
  private readonly cells = new Map<string, CellFeed>();

  of(cell: string): CellFeed {
    const known = this.cells.get(cell) ?? new CellFeed();
    this.cells.set(cell, known);
    return known;
  }

  take(message: Extract<ToRenderer, { type: 'picture' | 'timeline' }>): void {
    if (message.type === 'picture') this.of(message.cell).takePicture(message.picture);
    else this.of(message.cell).takePiece(message.piece);
  }
}

/** The lanes of a timeline that is over. */
export function trackOf({ header, events, picture }: TimelinePiece): Track {
  const builder = new TrackBuilder(header);
  builder.add(events);
  return builder.track(picture);
}
