/** The YAML of a cell, read as carefully as a lab file is, with problems at their place in the lesson. Pure. */
import type { z } from 'zod';
import { type Located, readDocument } from '../../model/lab-file/document.js';
import { reportIssues, valueAt } from '../../model/lab-file/issues.js';
import { refuse } from '../../model/lab-file/limits.js';
import { type Path, type Problem, ProblemList } from '../../model/lab-file/problems.js';
import { isMap, knownKeys } from '../../model/lab-file/sections.js';
import type { Range } from './lesson.js';

export class CellYaml {
  /** Of the YAML as a whole: a map, or empty where it is none. */
  readonly root: Readonly<Record<string, unknown>>;
  private readonly problems: ProblemList;
  private readonly own: string;
  private located: Located | null = null;

  /** @param range Where the YAML stands in the lesson. */
  constructor(
    text: string,
    private readonly range: Range,
  ) {
    this.own = text.slice(range.start, range.end);
    this.problems = new ProblemList(this.own);
    this.root = this.read(this.own);
  }

  /** What the value at a path is, checked; null where it was refused. */
  get<T>(type: z.ZodType<T>, path: Path = []): T | null {
    if (this.problems.failed && path.length === 0) return null;
    const value = valueAt(this.root, path);
    const result = type.safeParse(value);
    if (result.success) return result.data;
    reportIssues(this.problems, path, value, result.error.issues, (at) => knownKeys(type, at, value));
    return null;
  }

  at(path: Path): unknown {
    return valueAt(this.root, path);
  }

  refuse(path: Path, message: string, remedy: string, code = 'InvalidInput'): null {
    this.problems.error({ path, code, message, remedy });
    return null;
  }

  /** The line of the lesson where the value at a path begins. */
  lineOf(path: Path): number {
    let node: Located | undefined = this.located ?? undefined;
    for (const step of path) node = node?.entries?.get(String(step))?.node ?? node?.items?.[Number(step)];
    const before = this.own.slice(0, node?.range[0] ?? 0);
    return this.range.line + (before.match(/\n/g)?.length ?? 0);
  }

  /** With the lines of the lesson. */
  reports(): Problem[] {
    const shift = this.range.line - 1;
    return this.problems.toArray().map((problem) => {
      // Without its fixes: they would be edits of a lab file.
      const { severity, code, message, remedy, line, column, endLine, endColumn, path } = problem;
      return { severity, code, message, remedy, line: line + shift, column, endLine: endLine + shift, endColumn, path };
    });
  }

  private read(own: string): Readonly<Record<string, unknown>> {
    const refusal = refuse(own);
    if (refusal !== null) {
      this.problems.errorAt([refusal.offset, refusal.offset], refusal);
      return {};
    }
    const { root, problems } = readDocument(own);
    for (const { range, ...problem } of problems) this.problems.errorAt(range, problem);
    this.problems.setRoot(root);
    this.located = root;
    if (isMap(root.value)) return root.value;
    if (!this.problems.failed)
      this.refuse([], 'The YAML of a cell is a map.', 'Write it as `name: value`, line by line.');
    return {};
  }
}
