/** The packets of one probe, and the outages that they make: both grow with what comes, and are not made anew each time. */
import { LOST, Samples } from './samples.js';
import type { ProbeLane } from './track.js';

interface Outage {
  readonly from: number;
  readonly to: number | null;
  readonly lost: number;
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
      // Nearly all were answered: the browser itself finds those that were not.
      for (nth = trips.indexOf(LOST, nth); nth !== -1; nth = trips.indexOf(LOST, nth)) {
        const first = nth;
        while (nth < length && trips[nth] === LOST) nth += 1;
        const to = nth < length ? (sent[nth] ?? 0) + (trips[nth] ?? 0) : null;
        kept.push({ from: sent[first] ?? 0, to, lost: nth - first, first });
      }
      this.found = kept;
      this.searched = length;
    }
    return this.found.map(({ from, to, lost }) => ({ from, to, lost }));
  }
}
