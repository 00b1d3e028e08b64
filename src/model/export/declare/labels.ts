/** What a template or a script calls a resource: words that every one of the formats takes as they are. */

const LONGEST = 60;

/** Labels of one kind. */
export class LabelMaker {
  readonly #taken = new Set<string>();

  /** @param kind What a label is made of where nothing of the name is fit for one. */
  constructor(private readonly kind: string) {}

  make(name: string): string {
    const word = name
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, LONGEST);
    const stem = word === '' ? this.kind : /^\d/.test(word) ? `${this.kind}_${word}` : word;
    let label = stem;
    for (let number = 2; this.#taken.has(label); number++) label = `${stem}_${String(number)}`;
    this.#taken.add(label);
    return label;
  }
}

/** Names that are not empty, and not twice where a name is made up. */
export class NameMaker {
  readonly #taken: Set<string>;

  constructor(declared: Iterable<string>) {
    this.#taken = new Set(declared);
  }

  /** @param wanted For a resource that has no name in the lab. */
  invent(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number++) name = `${wanted}-${String(number)}`;
    this.#taken.add(name);
    return name;
  }
}
