/** What a template or a script calls a resource: words that every one of the formats takes as they are. */

const LONGEST = 60;

/** Texts that differ: a number is added to one that is there already. */
class Distinct {
  readonly #taken: Set<string>;
  /** Where the search for a free number goes on: thousands of ports may share a name. */
  readonly #next = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  take(wanted: string, joint: string): string {
    let text = wanted;
    let number = this.#next.get(wanted) ?? 2;
    while (this.#taken.has(text)) text = `${wanted}${joint}${String(number++)}`;
    this.#next.set(wanted, number);
    this.#taken.add(text);
    return text;
  }
}

/** Labels of one kind. */
export class LabelMaker {
  readonly #labels = new Distinct();

  /** @param kind What a label is made of where nothing of the name is fit for one. */
  constructor(private readonly kind: string) {}

  make(name: string): string {
    const word = name
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, LONGEST);
    const stem = word === '' ? this.kind : /^\d/.test(word) ? `${this.kind}_${word}` : word;
    return this.#labels.take(stem, '_');
  }
}

/** Names for resources that have none in the lab. */
export class NameMaker {
  readonly #names: Distinct;

  /** @param declared Names that are there already. */
  constructor(declared: Iterable<string>) {
    this.#names = new Distinct(declared);
  }

  invent(wanted: string): string {
    return this.#names.take(wanted, '-');
  }
}
