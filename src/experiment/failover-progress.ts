/** How far a failover is, out of what is taken down of it. */
import type { RoleChange } from './experiment-report.js';
import type { FailoverRun } from './failover-report.js';
import type { EventOf, TimelineEvent } from './timeline/event.js';

type Stage = 'waiting' | 'probing' | 'fault' | 'takeover' | 'healing' | 'done';

export type FailoverProgress =
  | { readonly type: 'stage'; readonly run: number; readonly stage: Stage; readonly detail: string }
  | { readonly type: 'role'; readonly run: number; readonly change: RoleChange }
  | { readonly type: 'run'; readonly run: number; readonly result: FailoverRun };

/** Follows the events of one run of a router. */
export class FailoverFollower {
  private active = '';
  private faultAt = Infinity;

  constructor(
    private readonly router: string,
    private readonly fault: string,
    private readonly run: number,
  ) {}

  /** Whether it is one of those that may need words: most are answers of probes. */
  static follows({ kind }: TimelineEvent): boolean {
    return kind === 'mark' || kind === 'role';
  }

  /** In the order of their times. Null for what needs no words. */
  progress(event: TimelineEvent): FailoverProgress | null {
    if (event.kind === 'mark') return this.stage(event);
    if (event.kind !== 'role' || event.router !== this.router) return null;
    const { t, node, role, before } = event;
    if (role === 'MASTER' && this.faultAt === Infinity) this.active = node;
    // What is so at the beginning is no change.
    if (before === null) return null;
    return { type: 'role', run: this.run, change: { at_s: (t - Math.min(this.faultAt, t)) / 1000, node, role } };
  }

  private stage({ t, phase, detail }: EventOf<'mark'>): FailoverProgress | null {
    const say = (stage: Stage, what: string): FailoverProgress => ({
      type: 'stage',
      run: this.run,
      stage,
      detail: what,
    });
    switch (phase) {
      case 'fault':
        this.faultAt = t;
        return say(phase, `${this.fault} on ${this.active}`);
      case 'healing':
        return say(phase, this.active);
      case 'probing':
      case 'takeover':
      case 'waiting':
      case 'done':
        return say(phase, detail);
      case 'setup':
      case 'watching':
        return null;
    }
  }
}
