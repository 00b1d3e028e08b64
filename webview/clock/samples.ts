/**
 * What a probe saw, packet by packet, in a form that is drawn in the time that the width of the screen takes, not the length of the run:
 * each level holds the worst and the loss of sixteen entries of the one below. Pure.
 */

/** Of a packet that nobody answered. */
export const LOST = -1;

const STEP = 16;

interface Level {
  /** When the first of each group was sent. */
  readonly at: Float64Array;
  /** The longest round trip of each group, seconds. */
  readonly worst: Float32Array;
  /** How many of each group were lost. */
  readonly lost: Uint32Array;
}

/** What falls into one column of pixels. */
export interface Column {
  /** Seconds; 0 where nothing was answered. */
  readonly worst: number;
  readonly lost: number;
}

export class Samples {
  private readonly levels: readonly Level[];

  /**
   * @param sent Seconds, ascending.
   * @param trips Round-trip times in seconds, or LOST; as many.
   */
  constructor(
    readonly sent: Float64Array,
    readonly trips: Float32Array,
  ) {
    const levels: Level[] = [];
    let below: Level = {
      at: sent,
      worst: trips.map((trip) => Math.max(0, trip)),
      lost: Uint32Array.from(trips, (trip) => (trip === LOST ? 1 : 0)),
    };
    levels.push(below);
    while (below.at.length > STEP) {
      below = above(below);
      levels.push(below);
    }
    this.levels = levels;
  }

  get length(): number {
    return this.sent.length;
  }

  /** @returns One entry for each of `columns` equal parts of the time; null where nothing was sent */
  columns(from: number, to: number, columns: number): readonly (Column | null)[] {
    const level = this.levelFor(from, to, columns);
    const drawn: ({ worst: number; lost: number } | null)[] = Array.from({ length: columns }, () => null);
    const width = (to - from) / columns;
    const first = Math.max(0, indexAt(level.at, from) - 1);
    for (let nth = first; nth < level.at.length; nth += 1) {
      const at = level.at[nth] ?? 0;
      if (at >= to) break;
      const column = Math.floor((at - from) / width);
      if (column < 0) continue;
      const known = drawn[column];
      const worst = level.worst[nth] ?? 0;
      const lost = level.lost[nth] ?? 0;
      if (known) {
        known.worst = Math.max(known.worst, worst);
        known.lost += lost;
      } else drawn[column] = { worst, lost };
    }
    return drawn;
  }

  /** The coarsest level that still has an entry for each column. */
  private levelFor(from: number, to: number, columns: number): Level {
    const [finest] = this.levels;
    if (!finest) return { at: this.sent, worst: this.trips, lost: new Uint32Array() };
    const packets = indexAt(this.sent, to) - indexAt(this.sent, from);
    let level = finest;
    let each = packets / STEP;
    for (const next of this.levels.slice(1)) {
      if (each < columns) break;
      level = next;
      each /= STEP;
    }
    return level;
  }
}

function above({ at, worst, lost }: Level): Level {
  const length = Math.ceil(at.length / STEP);
  const next = { at: new Float64Array(length), worst: new Float32Array(length), lost: new Uint32Array(length) };
  for (let nth = 0; nth < length; nth += 1) {
    const from = nth * STEP;
    const to = Math.min(at.length, from + STEP);
    let most = 0;
    let sum = 0;
    for (let one = from; one < to; one += 1) {
      most = Math.max(most, worst[one] ?? 0);
      sum += lost[one] ?? 0;
    }
    next.at[nth] = at[from] ?? 0;
    next.worst[nth] = most;
    next.lost[nth] = sum;
  }
  return next;
}

/** The first index whose value is not below `value`. */
export function indexAt(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
