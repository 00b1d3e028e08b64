/** The container engine of this window: found when it is first needed, watched, and found again when it comes back. */
import * as vscode from 'vscode';
import type { NodeContainer, Runtime } from '../../docker/runtime.js';
import { LabError } from '../../model/errors.js';
import { DisposableList } from '../disposable-list.js';
import { SETTING_DOCKER_HOST } from '../manifest/settings.js';

export type EngineState =
  /** Nobody has needed it yet. */
  | { readonly kind: 'unasked' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'there'; readonly runtime: Runtime }
  | { readonly kind: 'missing'; readonly error: LabError };

/** Milliseconds between two looks for an engine that does not answer, while somebody is looking at our views. */
const RETRY = 2000;

/** Which engine is meant, as far as the settings say. */
export function engineOptions(): { readonly setting?: string } {
  const setting = vscode.workspace.getConfiguration().get<string>(SETTING_DOCKER_HOST, '').trim();
  return setting === '' ? {} : { setting };
}

export class EngineAccess implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly stateChanged = this.own.add(new vscode.EventEmitter<EngineState>());
  private readonly nodesChanged = this.own.add(new vscode.EventEmitter<readonly NodeContainer[]>());
  private current: EngineState = { kind: 'unasked' };
  private opening: Promise<Runtime> | null = null;
  private ending = new AbortController();
  private retry: NodeJS.Timeout | null = null;
  private readonly wanting = new Set<object>();
  private listing = false;
  private listAgain = false;
  private list: readonly NodeContainer[] = [];
  /**
   * Containers that died and were not started since. Docker tells that one died before its list says so, which on a busy
   * machine takes a second (daemon/monitor.go, handleContainerExit), and no event follows.
   */
  private readonly dead = new Set<string>();

  readonly onDidChange = this.stateChanged.event;
  /** Every container of ours, of every lab, after each change. */
  readonly onDidChangeNodes = this.nodesChanged.event;

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.own.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTING_DOCKER_HOST)) this.forget();
      }),
    );
  }

  get state(): EngineState {
    return this.current;
  }

  get nodes(): readonly NodeContainer[] {
    return this.list;
  }

  /**
   * The engine, looked for where it is not there yet.
   * @throws EngineNotFoundError and what else `findEngine` throws
   */
  async runtime(): Promise<Runtime> {
    if (this.current.kind === 'there') return this.current.runtime;
    this.opening ??= this.open().finally(() => (this.opening = null));
    return await this.opening;
  }

  /** While anybody wants it, an engine that is gone is looked for again and again. */
  keepLooking(wanted: boolean, who: object): void {
    if (wanted) this.wanting.add(who);
    else this.wanting.delete(who);
    if (wanted && this.current.kind !== 'there') void this.tryAgain();
  }

  /** Looks again, now. @returns whether it is there */
  async tryAgain(): Promise<boolean> {
    try {
      await this.runtime();
      return true;
    } catch {
      return false;
    }
  }

  private get wanted(): boolean {
    return this.wanting.size > 0;
  }

  /** Lets go of the engine: another one may be meant from now on. */
  forget(): void {
    if (this.current.kind === 'there') this.current.runtime.close();
    this.ending.abort();
    this.ending = new AbortController();
    this.opening = null;
    this.setNodes([]);
    this.set({ kind: 'unasked' });
    if (this.wanted) void this.tryAgain();
  }

  dispose(): void {
    this.wanting.clear();
    if (this.retry) clearTimeout(this.retry);
    this.ending.abort();
    if (this.current.kind === 'there') this.current.runtime.close();
    this.own.dispose();
  }

  private async open(): Promise<Runtime> {
    // One that was missing stays so to the eye until it is there: the retries of a view that waits do not flicker.
    if (this.current.kind === 'unasked') this.set({ kind: 'looking' });
    const { signal } = this.ending;
    try {
      const { openRuntime } = await import('../../docker/dockerode-runtime.js');
      const runtime = await openRuntime(engineOptions());
      if (signal.aborted) {
        runtime.close();
        throw new LabError('Interrupted', 'The engine is being looked for anew.', 'Try again.');
      }
      const { name, version, found } = runtime.engine;
      this.log.info(`${name} ${version}, ${found}`);
      this.dead.clear();
      this.setNodes(await runtime.listNodes());
      this.set({ kind: 'there', runtime });
      void this.follow(runtime, signal);
      // What came between the first look and the first event.
      void this.relist(runtime);
      return runtime;
    } catch (error) {
      if (!signal.aborted) this.missing(error);
      throw error;
    }
  }

  private missing(error: unknown): void {
    const told =
      error instanceof LabError
        ? error
        : new LabError('EngineGone', error instanceof Error ? error.message : String(error), 'Is it running?');
    const before = this.current;
    this.setNodes([]);
    if (before.kind !== 'missing' || before.error.message !== told.message) {
      this.log.info(`${told.message} ${told.remedy}`);
      this.set({ kind: 'missing', error: told });
    }
    if (!this.wanted || this.retry) return;
    this.retry = setTimeout(() => {
      this.retry = null;
      if (this.wanted && this.current.kind !== 'there') void this.tryAgain();
    }, RETRY);
  }

  private async follow(runtime: Runtime, signal: AbortSignal): Promise<void> {
    try {
      for await (const event of runtime.events(signal)) {
        this.log.trace(`engine: ${event.type} ${event.lab}/${event.node}`);
        if (event.type === 'die') this.dead.add(event.id);
        if (event.type === 'start' || event.type === 'destroy') this.dead.delete(event.id);
        if (event.type !== 'kill') void this.relist(runtime);
      }
    } catch (error) {
      if (signal.aborted) return;
      runtime.close();
      this.missing(error);
    }
  }

  /** One question at a time; what happens meanwhile is asked for once more. */
  private async relist(runtime: Runtime): Promise<void> {
    if (this.listing) {
      this.listAgain = true;
      return;
    }
    this.listing = true;
    try {
      do {
        this.listAgain = false;
        const nodes = await runtime.listNodes();
        if (this.current.kind === 'there' && this.current.runtime === runtime) this.setNodes(nodes.map(this.withDeath));
      } while (this.again());
    } catch {
      // The stream of events breaks with the engine, and says so.
    } finally {
      this.listing = false;
    }
  }

  private readonly withDeath = (node: NodeContainer): NodeContainer =>
    node.state === 'running' && this.dead.has(node.id) ? { ...node, state: 'exited' } : node;

  private again(): boolean {
    return this.listAgain;
  }

  private set(state: EngineState): void {
    this.current = state;
    this.stateChanged.fire(state);
  }

  private setNodes(nodes: readonly NodeContainer[]): void {
    if (nodes.length === 0 && this.list.length === 0) return;
    this.list = nodes;
    this.nodesChanged.fire(nodes);
  }
}
