/** The packets of one probe, and the outages that they make: both grow with what comes, and are not made anew each time. */
import { LOST, Samples } from './samples.js';
import type { ProbeLane } from './track.js';

interface Outage {
  from: number;
  to: number | null;
  lost: number;
  /** The index of its first packet. */
  readonly first: number;
}

export class ProbeLog {
  readonly samples = new Samples();
  private found: Outage[] = [];
  private searched = 0;

  add(sent: number, trip: number): void {
    this.searched = Math.min(this.searched, this.samples.add(sent, trip));
  }

  addAll(sent: Float64Array, trips: Float32Array): void {
    this.searched = Math.min(this.searched, this.samples.addAll(sent, trips));
  }

  /** From the first that was lost to the first that was answered again. */
  get outages(): ProbeLane['outages'] {
    const { sent, trips, length } = this.samples;
    if (this.searched < length) {
      // One that was open, or that what came is within, is searched for again.
      const kept = this.found.filter(({ first, lost }) => first + lost < this.searched);
      let nth = this.found[kept.length]?.first ?? this.searched;
      nth = Math.min(nth, this.searched);
      let open: Outage | null = null;
      for (; nth < length; nth += 1) {
        const at = sent[nth] ?? 0;
        const trip = trips[nth] ?? LOST;
        if (trip === LOST) {
          if (open === null) {
            open = { from: at, to: null, lost: 0, first: nth };
            kept.push(open);
          }
          open.lost += 1;
        } else if (open !== null) {
          open.to = at + trip;
          open = null;
        }
      }
      this.found = kept;
      this.searched = length;
    }
    return this.found.map(({ from, to, lost }) => ({ from, to, lost }));
  }
}
