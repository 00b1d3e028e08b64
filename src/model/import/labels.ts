/** Keys of the entries of a lab file: the names of the cloud, made unique and fit for a key. */
import { isHostLabel, nameProblem } from '../lab-file/text.js';
import type { NoteList } from './notes.js';

/** A resource of the cloud that gets an entry. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Label {
  readonly key: string;
  /** What the entry says of its name, nothing where the key is the name. */
  readonly attributes: { readonly name?: string };
}

/** Digits of an id that tell resources of a cloud apart for a person. */
const SHORT_ID = 8;

export class Labels {
  readonly #taken: Set<string>;
  readonly #labels = new Map<string, Label>();
  /** Where the search for a free number goes on: thousands may share a name. */
  readonly #next = new Map<string, number>();

  constructor(
    readonly kind: string,
    private readonly notes: NoteList,
    taken: Iterable<string> = [],
  ) {
    this.#taken = new Set(taken);
  }

  add(resource: Named): Label {
    const { id, name } = resource;
    const usable = nameProblem(name) === null;
    const key = this.unique(
      usable && name !== '__proto__' ? name : `${this.kind.replaceAll('_', '-')}-${id.slice(0, SHORT_ID)}`,
    );
    if (!usable && name !== '') {
      this.notes.add('Changed', `its name cannot stand in a lab file; it is called ${key}.`, {
        kind: this.kind,
        ...resource,
      });
    }
    const label = { key, attributes: key === name || (!usable && name !== '') ? {} : { name } };
    this.#labels.set(id, label);
    return label;
  }

  /** Null for a resource that has no entry. */
  keyOf(id: string): string | null {
    return this.#labels.get(id)?.key ?? null;
  }

  attributesOf(id: string): Label['attributes'] {
    return this.#labels.get(id)?.attributes ?? {};
  }

  private unique(wanted: string): string {
    let key = wanted;
    let number = this.#next.get(wanted) ?? 2;
    for (; this.#taken.has(key); number++) key = `${wanted}-${String(number)}`;
    this.#next.set(wanted, number);
    this.#taken.add(key);
    return key;
  }
}

/** Names of hosts: of nodes and instances. */
export class HostLabels {
  readonly #taken: Set<string>;
  readonly #next = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set([...taken].map((name) => name.toLowerCase()));
  }

  /** The first of the names that makes a host name, changed where it must be. */
  add(...names: readonly string[]): string {
    const base = names.map(hostLabel).find((label) => label !== '') ?? 'host';
    let label = base;
    let number = this.#next.get(base) ?? 2;
    for (; this.#taken.has(label.toLowerCase()); number++) {
      const suffix = `-${String(number)}`;
      label = `${base.slice(0, 63 - suffix.length)}${suffix}`;
    }
    this.#next.set(base, number);
    this.#taken.add(label.toLowerCase());
    return label;
  }
}

/** Empty when nothing of the name is fit for a host name (RFC 1123). */
export function hostLabel(name: string): string {
  if (isHostLabel(name)) return name;
  return name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
}
