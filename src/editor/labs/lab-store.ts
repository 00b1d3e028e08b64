/** Every lab that this window knows: of its files, and of the engine. Nothing is kept that these two do not say. */
import * as vscode from 'vscode';
import { LabNotRunning } from '../../lab/lab-errors.js';
import { LiveLab } from '../../lab/live-lab.js';
import { readLabFile } from '../../model/lab-file/read.js';
import type { Lab } from '../../model/resources.js';
import { DisposableList } from '../disposable-list.js';
import type { EngineAccess } from '../engine/engine-access.js';
import type { Declared, LabEntry, Work } from './lab-entry.js';
import type { LabFiles } from './lab-files.js';

/** A lab that is followed for one reason or several. */
interface Following {
  readers: number;
  live: LiveLab | null;
  opening: boolean;
  again: NodeJS.Timeout | null;
  failures: number;
}

/** Milliseconds until a lab that could not be followed is tried again. */
const AGAIN = 1000;

/** Failures in a row after which a lab without a record is one that nobody is setting up. */
const PATIENCE = 4;

export class LabStore implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly changed = this.own.add(new vscode.EventEmitter<string | null>());
  private readonly followed = new Map<string, Following>();
  private readonly works = new Map<string, Work>();
  private readonly blanks = new Set<string>();
  private readonly declarations = new Map<string, Declared & { readonly held: Lab | null }>();

  /** The key of the lab that is otherwise now; null: the list itself. */
  readonly onDidChange = this.changed.event;

  constructor(
    readonly files: LabFiles,
    readonly engine: EngineAccess,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.own.add(
      files.onDidChange(() => {
        this.changed.fire(null);
      }),
    );
    const attachAll = () => {
      for (const name of this.followed.keys()) void this.attach(name);
    };
    this.own.add(
      engine.onDidChangeNodes(() => {
        attachAll();
        this.changed.fire(null);
      }),
    );
    this.own.add(
      engine.onDidChange(({ kind }) => {
        // Its containers are known before it is said to be there: who asked to follow them until then waits for this.
        if (kind === 'there') attachAll();
        else this.detachAll();
        this.changed.fire(null);
      }),
    );
  }

  /** Files first, by name; then what runs without one. */
  entries(): readonly LabEntry[] {
    const files = [...this.files.known].sort((a, b) => compare(a.name, b.name) || compare(a.uri.path, b.uri.path));
    const ofFiles = files.map(({ uri, name }) => this.entry(uri.toString(), name, uri));
    const named = new Set(files.map(({ name }) => name));
    const others = [...new Set(this.engine.nodes.map(({ lab }) => lab))].filter((name) => !named.has(name)).sort();
    return [...ofFiles, ...others.map((name) => this.entry(`engine:${name}`, name, null))];
  }

  get(key: string): LabEntry | undefined {
    const file = this.files.get(key);
    if (file) return this.entry(key, file.name, file.uri);
    const name = /^engine:(.*)$/.exec(key)?.[1];
    return name === undefined ? undefined : this.entry(key, name, null);
  }

  /** What its file says, what runs being kept; null where there is no file. */
  declared({ key }: LabEntry): Declared | null {
    const file = this.files.get(key);
    if (!file) return null;
    const held = this.followed.get(file.name)?.live?.lab ?? null;
    const known = this.declarations.get(key);
    if (known?.text === file.text && known.held === held) return known;
    const { lab, problems } = readLabFile(file.text, { file: file.uri.path, ...(held ? { held } : {}) });
    const declared = { text: file.text, lab, problems, held };
    this.declarations.set(key, declared);
    return declared;
  }

  /** Keeps the lab of that name current, whenever it runs, until what is returned is disposed. */
  follow(name: string): vscode.Disposable {
    const following = this.followed.get(name) ?? { readers: 0, live: null, opening: false, again: null, failures: 0 };
    following.readers += 1;
    this.followed.set(name, following);
    void this.attach(name);
    let over = false;
    return new vscode.Disposable(() => {
      if (over) return;
      over = true;
      following.readers -= 1;
      if (following.readers > 0) return;
      following.live?.close();
      if (following.again) clearTimeout(following.again);
      this.followed.delete(name);
      this.fire(name);
    });
  }

  /** The lab of that name, followed already or attached now for `use`. @throws LabNotRunning and the engine's errors */
  async withLive<T>(name: string, use: (live: LiveLab) => Promise<T>): Promise<T> {
    const known = this.followed.get(name)?.live;
    if (known) return await use(known);
    using live = await LiveLab.open(await this.engine.runtime(), name, { onChange: () => undefined });
    return await use(live);
  }

  setWork(name: string, work: Work | null): void {
    if (work === null) this.works.delete(name);
    else this.works.set(name, work);
    this.fire(name);
  }

  workOf(name: string): Work | null {
    return this.works.get(name) ?? null;
  }

  dispose(): void {
    this.detachAll();
    this.followed.clear();
    this.own.dispose();
  }

  private entry(key: string, name: string, uri: vscode.Uri | null): LabEntry {
    const containers = this.engine.nodes.filter(({ lab }) => lab === name);
    const live = this.followed.get(name)?.live ?? null;
    const blank = containers.length > 0 && this.blanks.has(name);
    return { key, name, uri, containers, live, work: this.workOf(name), blank };
  }

  private fire(name: string): void {
    for (const { key } of this.entries().filter((entry) => entry.name === name)) this.changed.fire(key);
  }

  private detachAll(): void {
    for (const following of this.followed.values()) {
      if (following.again) clearTimeout(following.again);
      following.live?.close();
      following.live = null;
    }
  }

  /** Attaches to a lab that came, and lets go of one that went. */
  private async attach(name: string): Promise<void> {
    const following = this.followed.get(name);
    if (!following) return;
    const there = this.engine.nodes.some(({ lab, state }) => lab === name && state === 'running');
    const any = this.engine.nodes.some(({ lab }) => lab === name);
    if (!any && following.live) {
      following.live.close();
      following.live = null;
      this.fire(name);
    }
    if (!there || following.live || following.opening || this.engine.state.kind !== 'there') return;
    // While it is being set up nobody can tell what it is; whoever sets it up tells when it is there.
    if (this.works.has(name)) return;
    following.opening = true;
    try {
      const live = await LiveLab.open(this.engine.state.runtime, name, {
        onChange: () => {
          this.fire(name);
        },
      });
      if (this.followed.get(name) !== following) {
        live.close();
        return;
      }
      following.live = live;
      following.failures = 0;
      this.blanks.delete(name);
      this.fire(name);
    } catch (error) {
      following.failures += 1;
      if (error instanceof LabNotRunning && following.failures >= PATIENCE && !this.blanks.has(name)) {
        this.blanks.add(name);
        this.fire(name);
      }
      this.log.debug(`${name} cannot be followed yet: ${error instanceof Error ? error.message : String(error)}`);
      // Somebody else may be at setting it up: the engine says nothing when that is done.
      following.again = setTimeout(() => void this.attach(name), AGAIN);
    } finally {
      following.opening = false;
    }
  }

  /** After an `up`: the lab is there, or is another one. */
  async reattach(name: string): Promise<void> {
    const live = this.followed.get(name)?.live;
    this.blanks.delete(name);
    if (live) await live.refresh();
    else await this.attach(name);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
