/** Where the resources of a lab file stand in it, and where they are referred to. */
import type { ResourceKind } from '../resources.js';
import type { Path } from './problems.js';

export type PlacedKind = Exclude<ResourceKind, 'lab'> | 'security_group_rule';

export interface Reference {
  /** Of the text that is the name or id. */
  readonly path: Path;
  readonly kind: PlacedKind;
  /** Of the resource that is meant; of a node its name. */
  readonly id: string;
}

/** Collected while the lab is built, so that it is exactly what the file means. */
export class Places {
  private readonly byId = new Map<string, Path>();
  private readonly byPath = new Map<string, Reference>();
  private byKindAndPath: Map<string, string> | null = null;
  private groups: Map<string, Reference[]> | null = null;

  /** Of a resource that has no text of its own, as a router's HA port, the one that it belongs to. */
  place(kind: PlacedKind, id: string, path: Path): void {
    const key = `${kind} ${id}`;
    if (path.length > 0 && !this.byId.has(key)) this.byId.set(key, path);
  }

  refer(path: Path, kind: PlacedKind, id: string): void {
    this.byPath.set(path.join('\n'), { path, kind, id });
  }

  /** Null when it stands nowhere: what Neutron makes by itself, and the nodes that a lab has by itself. */
  of(kind: PlacedKind, id: string): Path | null {
    return this.byId.get(`${kind} ${id}`) ?? null;
  }

  /** The id of the resource that stands at `path`, null when none of the kind does. */
  idAt(kind: PlacedKind, path: Path): string | null {
    if (this.byKindAndPath === null) {
      this.byKindAndPath = new Map();
      for (const [one, id, at] of this.all()) {
        const key = [one, ...at].join('\n');
        if (!this.byKindAndPath.has(key)) this.byKindAndPath.set(key, id);
      }
    }
    return this.byKindAndPath.get([kind, ...path].join('\n')) ?? null;
  }

  /** What the text at `path` means, null when it is no reference. */
  meaning(path: Path): Reference | null {
    return this.byPath.get(path.join('\n')) ?? null;
  }

  /** In the order in which they were read. */
  references(kind: PlacedKind, id: string): readonly Reference[] {
    if (this.groups === null) {
      this.groups = new Map();
      for (const reference of this.byPath.values()) {
        const key = `${reference.kind} ${reference.id}`;
        const group = this.groups.get(key);
        if (group === undefined) this.groups.set(key, [reference]);
        else group.push(reference);
      }
    }
    return this.groups.get(`${kind} ${id}`) ?? [];
  }

  *all(): Iterable<readonly [kind: PlacedKind, id: string, path: Path]> {
    for (const [key, path] of this.byId) {
      const at = key.indexOf(' ');
      yield [key.slice(0, at) as PlacedKind, key.slice(at + 1), path];
    }
  }
}
