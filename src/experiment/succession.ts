/** Whether another replica has become MASTER since the MASTER of a router was struck. */
import type { Aim } from './aim.js';
import type { TimelineEvent } from './timeline/event.js';

export class Succession {
  private router: string | null = null;
  private struck: readonly string[] = [];
  private successor = false;

  /** From the last `strike` of a MASTER on; false where none was struck. */
  get done(): boolean {
    return this.successor;
  }

  /** Before it strikes. */
  strike({ strikesMaster, router, faults }: Aim): void {
    if (!strikesMaster || router?.ha !== true) return;
    this.router = router.id;
    this.struck = faults.map(({ node }) => node);
    this.successor = false;
  }

  /** What is healed may bring another change about. */
  heal(): void {
    this.router = null;
    this.successor = false;
  }

  take(event: TimelineEvent): void {
    if (event.kind !== 'role' || event.role !== 'MASTER' || event.router !== this.router) return;
    this.successor ||= !this.struck.includes(event.node);
  }
}
