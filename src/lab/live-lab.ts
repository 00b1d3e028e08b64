/** A running lab that is looked at once and kept current by its events, for faces that stay. */
import type { Runtime } from '../docker/runtime.js';
import type { Lab } from '../model/resources.js';
import { observe } from '../reconcile/observe.js';
import { planNode } from '../reconcile/plan.js';
import type { Step } from '../reconcile/step.js';
import { type Attached, attachLab } from './attach.js';
import { type Blueprint, drawBlueprint, knownResources } from './bring-up/blueprint.js';
import { LabNotRunning } from './lab-errors.js';
import type { Subscription } from './node/node-session.js';
import { LAB_FILE, type RunningLab, parseRecordedLab } from './running-lab.js';
import { type LabStatus, type NodeReading, type Readings, type ReplicaStatus, readNodes, statusOf } from './status.js';
import { assignAddresses } from './bring-up/underlay.js';
import { type LabEvent, watchLab } from './watch.js';

/**
 * Milliseconds that a difference has to last to be called drift: while somebody else applies steps, or an agent on a node
 * is still at a change of role, what is seen is half done.
 */
const LASTING = 1500;

/** Milliseconds that a node is given to finish what it is at, before it is asked again. */
const SETTLE = 80;

/** Milliseconds until a node that could not be asked is asked again. */
const PATIENCE = 1000;

/** Milliseconds between two looks at all nodes for what no event tells: rules, settings, files, an MTU. */
const ROUND = 10_000;

export interface LiveLabOptions {
  /** After every change of `status`, `lab` or `drift`; `event` where one event was the cause. */
  readonly onChange: (event: LabEvent | null) => void;
}

/**
 * A role is known the moment its event comes; everything else when the node where something happened was asked again.
 */
export class LiveLab implements Disposable {
  private readings: Map<string, NodeReading>;
  private blueprint: Blueprint;
  private recordText = '';
  private watching: Subscription | null = null;
  private closed = false;
  private current: LabStatus;
  private readonly stirred = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private rounds: NodeJS.Timeout | null = null;
  private readonly steps = new Map<string, readonly Step[]>();
  /** When a node was first seen to differ, on the clock of this process. */
  private readonly differs = new Map<string, number>();
  private again: NodeJS.Timeout | null = null;

  private constructor(
    readonly running: RunningLab,
    private recorded: Lab,
    readings: Readings,
    private readonly subnet: string | null,
    private readonly options: LiveLabOptions,
  ) {
    this.readings = new Map(readings);
    this.blueprint = this.draw();
    this.current = statusOf(recorded, readings);
  }

  /** @throws LabNotRunning where nothing runs, or where no node can tell what the lab is meant to be */
  static async open(runtime: Runtime, name: string, options: LiveLabOptions): Promise<LiveLab> {
    const attached: Attached | null = await attachLab(runtime, name);
    if (attached === null) throw new LabNotRunning(name);
    const { running, recorded, readings } = attached;
    if (recorded === null) {
      running.close();
      throw new LabNotRunning(name);
    }
    const [underlay] = await runtime.listUnderlays(name);
    const live = new LiveLab(running, recorded, readings, underlay?.subnet ?? null, options);
    live.compare([...readings.keys()]);
    await live.watch();
    live.rounds = setInterval(() => void live.refresh().catch(() => undefined), ROUND);
    return live;
  }

  /** What was applied last. */
  get lab(): Lab {
    return this.recorded;
  }

  get status(): LabStatus {
    return this.current;
  }

  /** What each node said when it was asked last. */
  get seen(): Readings {
    return this.readings;
  }

  /** What the nodes' agents should have built of `lab`. */
  get desired(): Blueprint {
    return this.blueprint;
  }

  /**
   * What it would take to make every node again what was applied; faults that were injected are part of it. A difference
   * that does not last is none.
   */
  get drift(): readonly Step[] {
    const now = performance.now();
    return [...this.steps].flatMap(([node, steps]) => (now - (this.differs.get(node) ?? now) >= LASTING ? steps : []));
  }

  /** Asks every node again, now. */
  async refresh(): Promise<void> {
    await this.running.refresh();
    for (const { node } of this.running.containers) this.stirred.add(node);
    await this.look();
  }

  close(): void {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    if (this.rounds) clearInterval(this.rounds);
    if (this.again) clearTimeout(this.again);
    void this.watching?.stop();
    this.running.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  private async watch(): Promise<void> {
    await this.watching?.stop();
    const watching = await watchLab(this.running, this.recorded, (event) => {
      this.take(event);
    });
    if (this.closed) {
      await watching.stop();
      return;
    }
    this.watching = watching;
    this.readings = new Map(watching.first);
    this.current = statusOf(this.recorded, this.readings);
  }

  private take(event: LabEvent): void {
    if (this.closed) return;
    if (event.type === 'role') {
      this.current = withRole(this.current, event);
      this.options.onChange(event);
    }
    if (event.type === 'node') this.options.onChange(event);
    this.stirred.add(event.node);
    this.soon(SETTLE);
  }

  private soon(milliseconds: number): void {
    if (this.closed) return;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      if (!this.closed) void this.look();
    }, milliseconds);
  }

  /** Asks the nodes where something happened. A node that has gone meanwhile tells so by an event of the engine. */
  private async look(): Promise<void> {
    const nodes = [...this.stirred];
    this.stirred.clear();
    try {
      await this.running.refresh();
      const answers = await readNodes(this.running, nodes);
      if (this.closed) return;
      const changed = [...answers].filter(([node, reading]) => !alike(this.readings.get(node), reading));
      for (const [node, reading] of answers) this.readings.set(node, reading);
      const gone = [...this.readings.keys()].filter(
        (node) => !this.running.containers.some((one) => one.node === node),
      );
      for (const node of gone) this.readings.delete(node);
      if (changed.length + gone.length === 0) return;
      await this.takeRecord(nodes);
      this.current = statusOf(this.recorded, this.readings);
      this.compare([...nodes, ...gone]);
      this.options.onChange(null);
    } catch {
      // The engine or a node went away in between. Where it is the engine, its owner closes us.
      for (const node of nodes) this.stirred.add(node);
      this.soon(PATIENCE);
    }
  }

  /** Somebody else may have applied another lab meanwhile. */
  private async takeRecord(nodes: readonly string[]): Promise<void> {
    for (const node of nodes) {
      const text = this.readings.get(node)?.document?.files.find(({ path }) => path === LAB_FILE)?.content;
      if (text === undefined || text === this.recordText) continue;
      this.recordText = text;
      const lab = parseRecordedLab(text);
      if (lab === null || JSON.stringify(lab) === JSON.stringify(this.recorded)) continue;
      this.recorded = lab;
      this.blueprint = this.draw();
      await this.watch();
      this.compare([...this.readings.keys()]);
      return;
    }
  }

  private draw(): Blueprint {
    const addresses = Object.fromEntries(
      this.running.containers.flatMap(({ node, address }) => (address === null ? [] : [[node, address]])),
    );
    const names = this.recorded.nodes.map(({ name }) => name);
    return drawBlueprint(this.recorded, this.subnet ? assignAddresses(this.subnet, names, addresses) : addresses);
  }

  private compare(nodes: readonly string[]): void {
    const known = knownResources(this.recorded);
    for (const node of nodes) {
      const document = this.readings.get(node)?.document;
      const desired = this.blueprint.states.get(node);
      if (!document || !desired) this.steps.delete(node);
      else this.steps.set(node, planNode(desired, observe(node, document), known));
      if ((this.steps.get(node)?.length ?? 0) === 0) this.differs.delete(node);
      else if (!this.differs.has(node)) this.differs.set(node, performance.now());
    }
    this.lookAgainAtDifferences();
  }

  /** No event tells that a difference has lasted. */
  private lookAgainAtDifferences(): void {
    const now = performance.now();
    const young = [...this.differs].filter(([, since]) => now - since < LASTING).map(([node]) => node);
    if (young.length === 0 || this.again || this.closed) return;
    this.again = setTimeout(() => {
      this.again = null;
      for (const node of young) this.stirred.add(node);
      void this.look().then(() => {
        if (!this.closed) this.options.onChange(null);
      });
    }, LASTING + 10);
  }
}

/** Whether two looks at a node saw the same, their times apart. */
function alike(before: NodeReading | undefined, now: NodeReading): boolean {
  const timeless = ({ document, ...rest }: NodeReading): string =>
    JSON.stringify({ ...rest, document: document && { ...document, t: 0 } });
  return before !== undefined && timeless(before) === timeless(now);
}

/** The status as it is after a change of role, before its node was asked again. Pure. */
export function withRole(status: LabStatus, event: Extract<LabEvent, { type: 'role' }>): LabStatus {
  const routers = status.routers.map((router) => {
    if (router.id !== event.routerId) return router;
    const replicas = router.replicas.map((replica) =>
      replica.node === event.node ? { ...replica, ...toldOf(status, event) } : replica,
    );
    const active_on = replicas.filter(({ role }) => role === 'MASTER').map(({ node }) => node);
    return { ...router, replicas, active_on };
  });
  return { ...status, routers };
}

/** While a fault is to be found, FAULT is the standby that Neutron's server is told of, as in `statusOf`. */
function toldOf(
  { hidden_fault: hidden }: LabStatus,
  { role, remark }: Extract<LabEvent, { type: 'role' }>,
): Pick<ReplicaStatus, 'role' | 'remark'> {
  return hidden ? { role: role === 'FAULT' ? 'BACKUP' : role, remark: null } : { role, remark };
}
