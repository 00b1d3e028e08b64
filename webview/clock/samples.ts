/**
 * What a probe saw, packet by packet, in a form that is drawn in the time that the width of the screen takes, not the length of the run:
 * each level holds the worst and the loss of sixteen entries of the one below. Pure.
 */

/** Of a packet that nobody answered. */
export const LOST = -1;

const STEP = 16;

interface Level {
  /** When the first of each group was sent. */
  at: Float64Array;
  /** The longest round trip of each group, seconds. */
  worst: Float32Array;
  /** How many of each group were lost. */
  lost: Uint32Array;
  length: number;
}

/** What falls into one column of pixels. */
export interface Column {
  /** Seconds; 0 where nothing was answered. */
  readonly worst: number;
  readonly lost: number;
}

export class Samples {
  private own: Float64Array = new Float64Array(256);
  private rounds: Float32Array = new Float32Array(256);
  private count = 0;
  private readonly levels: Level[] = [];
  /** From which packet on the levels do not know what came. */
  private settled = 0;

  get length(): number {
    return this.count;
  }

  /** Seconds, ascending. */
  get sent(): Float64Array {
    return this.own.subarray(0, this.count);
  }

  /** Round-trip times in seconds, or LOST; as many. */
  get trips(): Float32Array {
    return this.rounds.subarray(0, this.count);
  }

  /**
   * A loss is known a second after those that were sent later were answered: it is put where it belongs.
   * @returns Where
   */
  add(sent: number, trip: number): number {
    this.room(1);
    const { own, rounds, count } = this;
    let at = count;
    while (at > 0 && (own[at - 1] ?? 0) > sent) at -= 1;
    if (at < count) {
      own.copyWithin(at + 1, at, count);
      rounds.copyWithin(at + 1, at, count);
    }
    own[at] = sent;
    rounds[at] = trip;
    this.count += 1;
    this.settled = Math.min(this.settled, at);
    return at;
  }

  /**
   * Many at once, whose arrays are ours from then on.
   * @returns The place of the first of all that were put somewhere
   */
  addAll(sent: Float64Array, trips: Float32Array): number {
    if (ascending(sent, this.own[this.count - 1] ?? -Infinity)) return this.append(sent, trips);
    this.room(sent.length);
    let first = this.count;
    for (let nth = 0; nth < sent.length; nth += 1)
      first = Math.min(first, this.add(sent[nth] ?? 0, trips[nth] ?? LOST));
    return first;
  }

  private append(sent: Float64Array, trips: Float32Array): number {
    const first = this.count;
    if (first === 0) [this.own, this.rounds] = [sent, trips];
    else {
      this.room(sent.length);
      this.own.set(sent, first);
      this.rounds.set(trips, first);
    }
    this.count += sent.length;
    return first;
  }

  private room(more: number): void {
    const needed = this.count + more;
    if (needed <= this.own.length) return;
    const length = Math.max(needed, this.own.length * 2);
    const [own, rounds] = [this.own, this.rounds];
    this.own = new Float64Array(length);
    this.rounds = new Float32Array(length);
    this.own.set(own);
    this.rounds.set(rounds);
  }

  /** @returns One entry for each of `columns` equal parts of the time; null where nothing was sent */
  columns(from: number, to: number, columns: number): readonly (Column | null)[] {
    this.settle();
    const level = this.levelFor(from, to, columns);
    const drawn: ({ worst: number; lost: number } | null)[] = Array.from({ length: columns }, () => null);
    const width = (to - from) / columns;
    const first = Math.max(0, indexAt(level.at, from, level.length) - 1);
    for (let nth = first; nth < level.length; nth += 1) {
      const at = level.at[nth] ?? 0;
      if (at >= to) break;
      const column = Math.floor((at - from) / width);
      if (column < 0) continue;
      const known = drawn[column];
      const worst = Math.max(0, level.worst[nth] ?? 0);
      const lost = lossesOf(level, nth);
      if (known) {
        known.worst = Math.max(known.worst, worst);
        known.lost += lost;
      } else drawn[column] = { worst, lost };
    }
    return drawn;
  }

  /** The coarsest level that still has an entry for each column. */
  private levelFor(from: number, to: number, columns: number): Level {
    let level = this.packets;
    const seen = indexAt(this.own, to, this.count) - indexAt(this.own, from, this.count);
    let each = seen / STEP;
    for (const next of this.levels) {
      if (each < columns) break;
      level = next;
      each /= STEP;
    }
    return level;
  }

  private get packets(): Level {
    const { sent, trips } = this;
    return {
      at: sent,
      // Only what is seen of it is asked for, so it is not kept.
      worst: trips,
      lost: NOTHING,
      length: this.count,
    };
  }

  /** Brings the levels up to what was added, and touches nothing before it. */
  private settle(): void {
    let from = this.settled;
    if (from >= this.count) return;
    let below = this.packets;
    for (let nth = 0; below.length > STEP; nth += 1) {
      from = Math.floor(from / STEP);
      const level = this.levels[nth] ?? {
        at: new Float64Array(),
        worst: new Float32Array(),
        lost: new Uint32Array(),
        length: 0,
      };
      this.levels[nth] = level;
      gather(level, below, from);
      below = level;
    }
    this.settled = this.count;
  }
}

/** Of single packets: each tells of itself. */
const NOTHING = new Uint32Array();

function lossesOf({ worst, lost }: Level, nth: number): number {
  return lost === NOTHING ? ((worst[nth] ?? 0) === LOST ? 1 : 0) : (lost[nth] ?? 0);
}

/** Each entry of a level is made of STEP of the one below. @param from The first that is made again */
function gather(level: Level, below: Level, from: number): void {
  const length = Math.ceil(below.length / STEP);
  if (length > level.at.length) {
    const [at, worst, lost] = [level.at, level.worst, level.lost];
    level.at = new Float64Array(length * 2);
    level.worst = new Float32Array(length * 2);
    level.lost = new Uint32Array(length * 2);
    level.at.set(at);
    level.worst.set(worst);
    level.lost.set(lost);
  }
  level.length = length;
  for (let nth = from; nth < length; nth += 1) {
    const first = nth * STEP;
    const end = Math.min(below.length, first + STEP);
    let most = 0;
    let sum = 0;
    for (let one = first; one < end; one += 1) {
      most = Math.max(most, below.worst[one] ?? 0);
      sum += lossesOf(below, one);
    }
    level.at[nth] = below.at[first] ?? 0;
    level.worst[nth] = most;
    level.lost[nth] = sum;
  }
}

function ascending(values: Float64Array, after: number): boolean {
  let before = after;
  for (const value of values) {
    if (value < before) return false;
    before = value;
  }
  return true;
}

/** The first index whose value is not below `value`. */
export function indexAt(sorted: ArrayLike<number>, value: number, length = sorted.length): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
