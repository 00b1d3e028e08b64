/** YAML text in, plain values with their positions out. */
import { isAlias, isCollection, isMap, isScalar, parseDocument, type Document, type Node as YamlNode } from 'yaml';
import { MAX_VALUES } from './limits.js';
import { show } from './text.js';

/** Offsets into the text, the end excluded. */
export type Range = readonly [start: number, end: number];

export interface Located {
  /** Plain data: maps are objects without a prototype. */
  readonly value: unknown;
  readonly range: Range;
  readonly entries?: ReadonlyMap<string, { readonly key: Range; readonly node: Located }>;
  readonly items?: readonly Located[];
}

export interface SyntaxProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly range: Range;
}

export interface DocumentResult {
  readonly root: Located;
  readonly problems: readonly SyntaxProblem[];
  /** With its source tokens. */
  readonly yaml: Document;
}

/** The text must have passed `refuse`. */
export function readDocument(text: string): DocumentResult {
  // uniqueKeys of the library compares each key with each other one; duplicates are found below in linear time.
  const document: Document = parseDocument(text, {
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    keepSourceTokens: true,
  });
  const problems = [...document.errors, ...document.warnings].map((error) => syntaxProblem(error));
  const walker = new Walker(document, problems);
  return { root: walker.locate(document.contents, [0, text.length]), problems, yaml: document };
}

/** What is YAML, and no lab file; the library's own words are for who writes programs with it. */
const SAID_OTHERWISE: Readonly<Record<string, Omit<SyntaxProblem, 'range'>>> = {
  TAG_RESOLVE_FAILED: {
    code: 'UnknownTag',
    message: 'YAML tags are not used in a lab file.',
    remedy: 'Leave the tag out and write the plain value.',
  },
  MULTIPLE_DOCS: {
    code: 'SeveralDocuments',
    message: 'A second document begins here; a lab file is one.',
    remedy: 'Take the line --- out, or put what follows into a file of its own.',
  },
};

function syntaxProblem(error: { code: string; message: string; pos: [number, number] }): SyntaxProblem {
  const [message = ''] = error.message.split('\n');
  const own = SAID_OTHERWISE[error.code];
  return {
    code: own?.code ?? 'YamlSyntax',
    message: own?.message ?? `This is not YAML: ${message.replace(/\p{C}/gu, '?')}.`.replace('..', '.'),
    remedy:
      own?.remedy ??
      'Check indentation, brackets and quotes; put a value that ends in a colon, as fd00:a::, in quotes.',
    range: error.pos,
  };
}

class Walker {
  private values = 0;

  constructor(
    private readonly document: Document,
    private readonly problems: SyntaxProblem[],
  ) {}

  /** @param around The range that stands for a value that was left out. */
  locate(node: unknown, around: Range, open: readonly YamlNode[] = []): Located {
    this.values++;
    if (this.values > MAX_VALUES) {
      if (this.values === MAX_VALUES + 1) {
        this.report(
          'TooManyValues',
          `The lab file holds more than ${String(MAX_VALUES)} values.`,
          'Split it into smaller labs.',
          around,
        );
      }
      return { value: null, range: around };
    }
    if (isAlias(node)) return this.alias(node, around, open);
    if (isScalar(node)) return { value: node.value, range: rangeOf(node, around) };
    if (!isCollection(node)) return { value: null, range: around };
    const range = rangeOf(node, around);
    const inside = [...open, node];
    if (isMap(node)) return this.map(node.items, range, inside);
    const items = node.items.map((item) => this.locate(item, range, inside));
    return { value: items.map((item) => item.value), range, items };
  }

  private alias(
    node: YamlNode & { source: string; resolve(document: Document): YamlNode | undefined },
    around: Range,
    open: readonly YamlNode[],
  ): Located {
    const range = rangeOf(node, around);
    const target = node.resolve(this.document);
    // An unknown anchor was already reported by the composer.
    if (target === undefined) return { value: null, range };
    if (open.includes(target)) {
      this.report(
        'AliasOfItself',
        `The alias *${node.source} stands inside what it stands for.`,
        'Write the value out.',
        range,
      );
      return { value: null, range };
    }
    return this.locate(target, range, open);
  }

  private map(pairs: readonly { key: unknown; value: unknown }[], range: Range, open: readonly YamlNode[]): Located {
    const value = Object.create(null) as Record<string, unknown>;
    const entries = new Map<string, { key: Range; node: Located }>();
    for (const pair of pairs) {
      const keyRange = rangeOf(pair.key, range);
      const key = this.key(pair.key, keyRange);
      if (key === null) continue;
      if (entries.has(key)) {
        this.report('DuplicateKey', `${show(key)} is written twice in one map.`, 'Keep one of the two.', keyRange);
        continue;
      }
      const node = this.locate(pair.value, keyRange, open);
      entries.set(key, { key: keyRange, node });
      value[key] = node.value;
    }
    return { value, range, entries };
  }

  private key(node: unknown, range: Range): string | null {
    const key = keyText(node);
    if (key === null) {
      this.report('InvalidKey', 'The key of a map must be plain text.', 'Write it as `name: value`.', range);
      return null;
    }
    if (key === '__proto__') {
      this.report('InvalidKey', "'__proto__' cannot be a name.", 'Take another name.', range);
      return null;
    }
    return key;
  }

  private report(code: string, message: string, remedy: string, range: Range): void {
    this.problems.push({ code, message, remedy, range });
  }
}

/** As a name, null when the key is none. */
export function keyText(node: unknown): string | null {
  if (!isScalar(node)) return null;
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

function rangeOf(node: unknown, otherwise: Range): Range {
  const range = (node as YamlNode | null)?.range;
  return range ? [range[0], range[1]] : otherwise;
}
