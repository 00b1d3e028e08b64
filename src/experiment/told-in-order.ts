/** Tells what comes late from one node before what came early from another, though it is told as it happens. */

/** Milliseconds for which an event is held back: a session delivers up to 0.2 s late where its machine is busy. */
const HOLD = 250;

interface Held<T> {
  readonly event: T;
  /** By `performance.now()`: when it is told at the latest. */
  readonly due: number;
}

/** Events carry times of one clock, in milliseconds. Whoever adds the last one flushes. */
export class ToldInOrder<T extends { readonly t: number }> {
  /** In the order of their times; those of one time in that of their coming. */
  private readonly held: Held<T>[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly tell: (event: T) => void) {}

  add(event: T): void {
    const place = this.held.findLastIndex((one) => one.event.t <= event.t) + 1;
    this.held.splice(place, 0, { event, due: performance.now() + HOLD });
    this.timer ??= setTimeout(() => {
      this.tellDue();
    }, HOLD);
  }

  /** Everything that is held, at once. */
  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.tellFirst(this.held.length);
  }

  /** Whose time has come, and what was before it. */
  private tellDue(): void {
    this.timer = null;
    // A timer may be a moment early.
    const now = performance.now() + 1;
    this.tellFirst(this.held.findLastIndex(({ due }) => due <= now) + 1);
    if (this.held.length === 0) return;
    const next = Math.min(...this.held.map(({ due }) => due));
    this.timer ??= setTimeout(
      () => {
        this.tellDue();
      },
      Math.max(0, next - now),
    );
  }

  private tellFirst(count: number): void {
    for (const { event } of this.held.splice(0, count)) this.tell(event);
  }
}
