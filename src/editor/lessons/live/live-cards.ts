/** Keeps the cards of a notebook current that are looked at: the picture of its lab, and its timeline. */
import * as vscode from 'vscode';
import type { TimelinePart } from '../../../picture/messages.js';
import type { Card, ToRenderer } from '../card.js';
import { DisposableList } from '../../disposable-list.js';
import type { OpenLesson } from '../open-lesson.js';
import { isDrawn } from './timeline-piece.js';

/** Milliseconds in which changes are gathered. */
const GATHER = 60;

export class LiveCards implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly pictures = new Set<string>();
  private readonly timelines = new Set<string>();
  private soon: NodeJS.Timeout | null = null;
  private counted = 0;

  constructor(
    private readonly book: OpenLesson,
    private readonly tell: (message: ToRenderer) => void,
  ) {
    const { labs } = book.host.services;
    this.own.add(
      labs.onDidChange((key) => {
        if (this.pictures.size > 0 && (key === null || key === book.lab.key)) this.tellPicturesSoon();
      }),
    );
    this.own.add(
      book.onTimeline((part) => {
        this.tellTimelines(part);
      }),
    );
    this.own.add(
      book.feeds.onPiece(({ cell, piece }) => {
        tell({ type: 'timeline', cell, piece });
      }),
    );
    this.own.add(
      new vscode.Disposable(() => {
        if (this.soon) clearTimeout(this.soon);
      }),
    );
  }

  /** @param on Whether the card of that cell is there */
  watch(cell: string, kind: Card['kind'], on: boolean): void {
    for (const set of [this.pictures, this.timelines]) set.delete(cell);
    if (!on) return;
    if (kind === 'topology') {
      this.pictures.add(cell);
      this.tellPicturesSoon();
    } else if (kind === 'timeline') {
      this.timelines.add(cell);
      this.book.resend();
    } else this.book.feeds.resend(cell);
  }

  dispose(): void {
    this.own.dispose();
  }

  private tellPicturesSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = null;
      const { picture } = this.book;
      for (const cell of this.pictures) this.tell({ type: 'picture', cell, picture });
    }, GATHER);
  }

  private tellTimelines({ header, nth, events, now }: TimelinePart): void {
    // Those that are left out are left out of the counting, too.
    if (nth === 0) this.counted = 0;
    const drawn = events.filter(isDrawn);
    const picture = nth === 0 ? this.book.picture : null;
    const piece = { header, from: this.counted, events: drawn, now, picture };
    this.counted += drawn.length;
    for (const cell of this.timelines) this.tell({ type: 'timeline', cell, piece });
  }
}
