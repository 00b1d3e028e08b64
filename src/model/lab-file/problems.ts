/** What is wrong with a lab file, each with its place in the text. */
import { LineCounter } from 'yaml';
import type { Violation } from '../errors.js';
import { generalFixes, type Fix } from './fix.js';
import { nearestName } from './nearest.js';
import type { Located, Range } from './document.js';

export type Path = readonly (string | number)[];

export interface Problem {
  readonly severity: 'error' | 'warning';
  /** Neutron's error type where its server has one, a code of ours otherwise. */
  readonly code: string;
  /** What is wrong. */
  readonly message: string;
  /** What would be right. */
  readonly remedy: string;
  /** Lines and columns count from 1; the end column is the one after the last character. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** As in `networks.blue.subnets.blue-v4.cidr`; empty for the file as a whole. */
  readonly path: string;
  /** Changes that would mend it, the likeliest first; absent where none is known. */
  readonly fixes?: readonly Fix[];
}

/** Where in an entry of a map a problem is shown: at its name or at what the name stands for. */
export type Place = 'key' | 'value';

export interface Complaint {
  readonly path: Path;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly place?: Place;
  /** The likeliest first. */
  readonly fixes?: readonly Fix[];
}

/** More than a person reads at once. */
export const MAX_PROBLEMS = 100;

export class ProblemList {
  private readonly kept: { problem: Problem; start: number }[] = [];
  private readonly counts = { error: 0, warning: 0 };
  private readonly lines = new LineCounter();

  constructor(
    private readonly text: string,
    private root: Located | null = null,
  ) {
    this.lines.addNewLine(0);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.lines.addNewLine(at + 1);
  }

  /** From here on paths are looked up in this document. */
  setRoot(root: Located): void {
    this.root = root;
  }

  get failed(): boolean {
    return this.counts.error > 0;
  }

  error(complaint: Complaint): void {
    this.add('error', complaint, this.rangeOf(complaint));
  }

  warning(complaint: Complaint): void {
    this.add('warning', complaint, this.rangeOf(complaint));
  }

  errorAt(range: Range, complaint: Omit<Complaint, 'path' | 'place'>): void {
    this.add('error', { ...complaint, path: [] }, range);
  }

  /** What Neutron's server would refuse about the resource at `path`, each with its place in it. */
  refuse(path: Path, violations: Iterable<Violation>): void {
    for (const violation of violations) this.refuseAt([...path, ...violation.at], violation);
  }

  /** As `refuse`, where the lab file has another name for the place. */
  refuseAt(path: Path, { type, message, remedy }: Violation, place: Place = 'value', fixes: readonly Fix[] = []): void {
    this.error({ path, place, code: type, message, remedy, fixes });
  }

  /** "Did you mean …" when a name is near, else what there is; costs nothing once nobody reads it any more. */
  suggest(name: string, candidates: Iterable<string>, otherwise: string): { remedy: string; nearest: string | null } {
    const nearest = this.counts.error > MAX_PROBLEMS ? null : nearestName(name, candidates);
    return { nearest, remedy: nearest === null ? otherwise : `Did you mean '${nearest}'?` };
  }

  /** In the order of the text, errors before warnings where there are too many. */
  toArray(): Problem[] {
    const total = this.counts.error + this.counts.warning;
    const errors = this.kept.filter(({ problem }) => problem.severity === 'error');
    const warnings = this.kept.filter(({ problem }) => problem.severity === 'warning');
    const shown = [...errors, ...warnings].slice(0, MAX_PROBLEMS);
    const problems = shown.sort((a, b) => a.start - b.start).map(({ problem }) => problem);
    const more = total - problems.length;
    const last = problems.at(-1);
    if (more > 0 && last !== undefined) {
      const severity = this.counts.error > MAX_PROBLEMS ? 'error' : 'warning';
      const { line, column, endLine, endColumn } = last;
      problems.push({
        ...{ line, column, endLine, endColumn },
        severity,
        code: 'MoreProblems',
        message: `… and ${String(more)} more.`,
        remedy: 'Mend these first.',
        path: '',
      });
    }
    return problems;
  }

  private add(severity: 'error' | 'warning', complaint: Complaint, range: Range): void {
    const { code, message, remedy, path } = complaint;
    this.counts[severity]++;
    if (this.counts[severity] > MAX_PROBLEMS) return;
    const start = this.lines.linePos(range[0]);
    const end = this.lines.linePos(this.trimmed(range));
    const fixes = [...(complaint.fixes ?? []), ...generalFixes(code, path)];
    this.kept.push({
      start: range[0],
      problem: {
        severity,
        code,
        message,
        remedy,
        line: start.line,
        column: start.col,
        endLine: end.line,
        endColumn: end.col,
        path: path.join('.'),
        ...(fixes.length === 0 ? {} : { fixes }),
      },
    });
  }

  /** The end of a range without the line breaks that YAML counts to a block. */
  private trimmed([start, end]: Range): number {
    let last = Math.max(start, end);
    while (last > start && /\s/.test(this.text[last - 1] ?? '')) last--;
    return last;
  }

  private rangeOf({ path, place = 'value' }: Complaint): Range {
    let node = this.root;
    let range: Range = [0, 0];
    for (const [depth, step] of path.entries()) {
      const entry = node?.entries?.get(String(step));
      const item = typeof step === 'number' ? node?.items?.[step] : undefined;
      const next = entry?.node ?? item;
      if (next === undefined) return range;
      node = next;
      const last = depth === path.length - 1;
      // A map that spans many lines is shown by its name; a missing attribute is shown at the map that lacks it.
      const byName = entry !== undefined && (!last || place === 'key' || next.entries !== undefined);
      range = byName ? entry.key : next.range;
    }
    return range;
  }
}
