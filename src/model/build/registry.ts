/** Finding what a name in a lab file stands for. */
import type { Violation } from '../errors.js';
import type { Fix } from '../lab-file/fix.js';
import type { Places, PlacedKind } from '../lab-file/places.js';
import type { Path, ProblemList } from '../lab-file/problems.js';
import { enumerate, show } from '../lab-file/text.js';

/** More than a person chooses from. */
const MAX_FIXES = 5;

interface Named {
  readonly id: string;
}

/** The resources of one kind by name and by id. */
export class Registry<T extends Named> {
  private readonly byName = new Map<string, T[]>();
  private readonly byLongName = new Map<string, T>();
  private readonly byId = new Map<string, T>();
  private readonly broken = new Set<string>();

  /** As a person calls it, for messages. */
  private readonly word: string;

  /**
   * @param missing What is said of one that is not there: Neutron's error where its server has one.
   */
  constructor(
    private readonly kind: PlacedKind,
    private readonly places: Places,
    private readonly missing: (ref: string) => Pick<Violation, 'type' | 'message'>,
  ) {
    this.word = kind.replace('_', ' ');
  }

  /** @param longName A name that stays unique when the name does not. */
  add(name: string, item: T, longName?: string): void {
    const same = this.byName.get(name);
    if (same === undefined) this.byName.set(name, [item]);
    else same.push(item);
    if (longName !== undefined) this.byLongName.set(longName, item);
    this.byId.set(item.id, item);
  }

  /** A resource that is in the file and was already reported as wrong: referring to it is no second mistake. */
  addBroken(...names: readonly string[]): void {
    for (const name of names) this.broken.add(name);
  }

  /** Whether it is in the file, also as one that was reported as wrong. */
  has(name: string): boolean {
    return this.byName.has(name) || this.byLongName.has(name) || this.byId.has(name) || this.broken.has(name);
  }

  /** Null when there is none such, which was reported then. */
  resolve(name: string, path: Path, problems: ProblemList): T | null {
    const [found, another] = this.byName.get(name) ?? [];
    const one =
      found !== undefined && another === undefined ? found : (this.byLongName.get(name) ?? this.byId.get(name));
    if (one !== undefined) {
      this.places.refer(path, this.kind, one.id);
      return one;
    }
    if (this.broken.has(name)) return null;
    if (found !== undefined) {
      const longNames = [...this.byLongName].filter(([, item]) => this.byName.get(name)?.includes(item) === true);
      problems.error({
        path,
        code: 'AmbiguousName',
        message: `There is more than one ${this.word} with the name ${show(name)}.`,
        remedy: `Write which one: ${enumerate(longNames.map(([long]) => long))}.`,
        fixes: longNames.slice(0, MAX_FIXES).map(([value]) => ({ change: 'replace', path, value })),
      });
      return null;
    }
    const names = [...this.byName.keys()];
    const otherwise = names.length === 0 ? `This lab has no ${this.word}.` : `There is ${enumerate(names)}.`;
    const { type: code, message } = this.missing(show(name));
    const { nearest, remedy } = problems.suggest(name, names, otherwise);
    const fixes: Fix[] = nearest === null ? [] : [{ change: 'replace', path, value: nearest }];
    problems.error({ path, code, message, remedy, fixes });
    return null;
  }
}
