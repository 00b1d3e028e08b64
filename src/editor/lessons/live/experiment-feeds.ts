/** What experiments that run tell, by cell, for whoever looks at them. */
import * as vscode from 'vscode';
import type { TimelineEvent } from '../../../experiment/timeline/event.js';
import type { TimelineHeader } from '../../../experiment/timeline/timeline.js';
import type { Picture } from '../../../picture/picture.js';
import type { TimelinePiece } from '../card.js';
import { isDrawn } from './timeline-piece.js';

/** Milliseconds in which events are gathered. */
const GATHER = 120;

export class ExperimentFeed {
  private readonly events: TimelineEvent[] = [];
  private record: { readonly header: TimelineHeader } | null = null;
  private told = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly picture: Picture | null,
    private readonly tell: (piece: TimelinePiece) => void,
  ) {}

  begin(record: { readonly header: TimelineHeader }): void {
    this.record = record;
  }

  take(event: TimelineEvent): void {
    if (!isDrawn(event)) return;
    this.events.push(event);
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.flush();
    }, GATHER);
  }

  resend(): void {
    this.told = 0;
    this.flush();
  }

  end(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private flush(): void {
    const last = this.events.at(-1);
    if (this.record === null || last === undefined) return;
    const from = this.told;
    this.told = this.events.length;
    const events = this.events.slice(from);
    const picture = from === 0 ? this.picture : null;
    this.tell({ header: this.record.header, from, events, now: last.t, picture });
  }
}

export class ExperimentFeeds implements vscode.Disposable {
  private readonly running = new Map<string, ExperimentFeed>();
  private readonly pieces = new vscode.EventEmitter<{ readonly cell: string; readonly piece: TimelinePiece }>();
  readonly onPiece = this.pieces.event;

  begin(cell: string, picture: Picture | null): ExperimentFeed {
    const feed = new ExperimentFeed(picture, (piece) => {
      this.pieces.fire({ cell, piece });
    });
    this.running.set(cell, feed);
    return feed;
  }

  end(cell: string): void {
    this.running.get(cell)?.end();
    this.running.delete(cell);
  }

  /** Tells all again, where one runs. */
  resend(cell: string): void {
    this.running.get(cell)?.resend();
  }

  dispose(): void {
    for (const feed of this.running.values()) feed.end();
    this.pieces.dispose();
  }
}
