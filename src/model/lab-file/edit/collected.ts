/** What a search has found to go, each once. */
import type { Path } from '../problems.js';
import type { Dependent, Going, Relation } from './dependent.js';
import type { DeclaredKind } from './edits.js';
import type { OpenLabFile } from './open.js';

export class Collected implements Going {
  readonly paths: Path[] = [];
  readonly dependents: Dependent[] = [];
  private readonly seen = new Set<string>();

  constructor(protected readonly file: OpenLabFile) {}

  protected add(
    kind: DeclaredKind,
    path: Path,
    relation: Relation,
    outcome: Dependent['outcome'],
    blocks: boolean,
  ): void {
    this.note(kind, kind === 'floatingip' ? this.addressAt(path) : String(path[1]), relation, outcome, blocks);
  }

  protected note(
    kind: DeclaredKind,
    name: string,
    relation: Relation,
    outcome: Dependent['outcome'],
    blocks: boolean,
  ): void {
    const same = (one: Dependent): boolean =>
      one.relation === relation && one.resource.kind === kind && one.resource.name === name;
    if (!this.dependents.some(same)) this.dependents.push({ resource: { kind, name }, relation, outcome, blocks });
  }

  private addressAt(path: Path): string {
    const { built, places } = this.file.analysis;
    const id = places.idAt('floatingip', path);
    return built?.floatingips.find((fip) => fip.id === id)?.floating_ip_address ?? String(path[1]);
  }

  /** False when it goes already. */
  protected take(path: Path): boolean {
    if (this.covered(path)) return false;
    this.seen.add(path.join('\n'));
    this.paths.push(path);
    return true;
  }

  protected covered(path: Path): boolean {
    for (let depth = 1; depth <= path.length; depth++) {
      if (this.seen.has(path.slice(0, depth).join('\n'))) return true;
    }
    return false;
  }
}
