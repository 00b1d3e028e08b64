/** What zod found, as sentences about the lab file. */
import type { z } from 'zod';
import type { Fix } from './fix.js';
import { nearestName } from './nearest.js';
import type { Complaint, Path } from './problems.js';
import type { ProblemList } from './problems.js';
import type { IssueParams } from './schema-text.js';
import { enumerate, show } from './text.js';

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

/** Attributes that the schema knows at the place of an unknown one. */
export type KnownKeys = (path: Path) => readonly string[];

/**
 * @param base The path of the validated value within the lab file.
 * @param value The value that was validated.
 */
export function reportIssues(
  problems: ProblemList,
  base: Path,
  value: unknown,
  issues: readonly Issue[],
  known: KnownKeys,
): void {
  for (const issue of issues) {
    const path = [...base, ...pathOf(issue)];
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) problems.error(unknownAttribute(problems, path, key, known(pathOf(issue))));
      continue;
    }
    const input = valueAt(value, pathOf(issue));
    const branch = issue.code === 'invalid_union' ? unionBranch(issue.errors) : null;
    if (branch !== null) reportIssues(problems, path, input, branch, (inner) => known([...pathOf(issue), ...inner]));
    else problems.error({ path, fixes: fixesOf(issue, input, path), ...describe(issue, input) });
  }
}

function unknownAttribute(problems: ProblemList, path: Path, key: string, known: readonly string[]): Complaint {
  const { remedy, nearest } = problems.suggest(key, known, `Known here: ${enumerate(known)}.`);
  const remove: Fix = { change: 'remove', path: [...path, key] };
  return {
    path: [...path, key],
    place: 'key',
    code: 'UnrecognizedAttribute',
    message: `${show(key)} is not an attribute here.`,
    remedy,
    fixes: nearest === null ? [remove] : [{ change: 'rename', path: [...path, key], name: nearest }, remove],
  };
}

/** The alternative of a union whose kind (text, map, list) the value has, null when it has none of them. */
function unionBranch(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const fitting = alternatives.filter(
    (issues) =>
      !issues.some((issue) => issue.path.length === 0 && ['invalid_type', 'invalid_value'].includes(issue.code)),
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

function describe(issue: Issue, input: unknown): { code: string; message: string; remedy: string } {
  const code = 'InvalidInput';
  switch (issue.code) {
    case 'custom': {
      const params = issue.params as Partial<IssueParams> | undefined;
      return { code: params?.code ?? code, message: issue.message, remedy: params?.remedy ?? 'Correct the value.' };
    }
    case 'invalid_type': {
      const kind = KINDS[issue.expected] ?? issue.expected;
      if (input === undefined) {
        const name = issue.path.at(-1);
        return {
          code,
          message: `'${String(name)}' is missing.`,
          remedy: `Add it, as \`${String(name)}: …\` with ${kind}.`,
        };
      }
      const quotes = issue.expected === 'string' && typeof input !== 'object' ? ', in quotes' : '';
      return {
        code,
        message: `${describeInput(input)} stands where ${kind} is expected.`,
        remedy: `Write ${kind}${quotes}.`,
      };
    }
    case 'invalid_value':
      return {
        code,
        message: `${show(input)} is not allowed here.`,
        remedy: `Write ${issue.values.map(String).join(' or ')}.`,
      };
    case 'too_small':
      return { code, message: `${show(input)} is too small.`, remedy: `The least is ${String(issue.minimum)}.` };
    case 'too_big':
      return { code, message: `${show(input)} is too large.`, remedy: `The most is ${String(issue.maximum)}.` };
    case 'invalid_union':
      return {
        code,
        message: `${describeInput(input)} is not allowed here.`,
        remedy: `Write ${expectations(issue.errors)}.`,
      };
    case 'invalid_key':
    case 'invalid_element':
    case 'invalid_format':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return { code, message: `${show(input)} is not valid here.`, remedy: issue.message };
  }
}

const TRUTH: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  no: false,
  off: false,
  true: true,
  false: false,
};

function fixesOf(issue: Issue, input: unknown, path: Path): readonly Fix[] {
  const name = path.at(-1);
  const replace = (value: string | number | boolean): Fix => ({ change: 'replace', path, value });
  if (issue.code === 'invalid_type') {
    if (input === undefined && typeof name === 'string')
      return [{ change: 'add', path: path.slice(0, -1), name, value: null }];
    if (issue.expected === 'string' && typeof input === 'number') return [replace(String(input))];
    const meant = typeof input === 'string' ? TRUTH[input.toLowerCase()] : undefined;
    if (issue.expected === 'boolean' && meant !== undefined) return [replace(meant)];
    const number = issue.expected === 'number' && typeof input === 'string' && /^\d{1,9}$/.test(input);
    return number ? [replace(Number(input))] : [];
  }
  if (issue.code === 'invalid_union') {
    const text = issue.errors.flat().some((one) => one.code === 'invalid_type' && one.expected === 'string');
    return text && typeof input === 'number' ? [replace(String(input))] : [];
  }
  if (issue.code === 'invalid_value') return valueFixes(issue.values, input).map(replace);
  if (issue.code === 'too_small' && typeof issue.minimum === 'number' && typeof input === 'number')
    return [replace(issue.minimum)];
  if (issue.code === 'too_big' && typeof issue.maximum === 'number' && typeof input === 'number')
    return [replace(issue.maximum)];
  return [];
}

/** Of the values that are allowed, the nearest first. */
function valueFixes(values: readonly unknown[], input: unknown): (string | number)[] {
  const allowed = values.filter((value) => typeof value === 'string' || typeof value === 'number');
  const nearest = typeof input === 'string' ? nearestName(input, allowed.map(String)) : null;
  return [...allowed].sort((one, other) => Number(String(other) === nearest) - Number(String(one) === nearest));
}

function expectations(alternatives: readonly (readonly Issue[])[]): string {
  const texts = alternatives.flatMap((issues) => {
    const [issue] = issues;
    if (issue?.code === 'invalid_type') return [KINDS[issue.expected] ?? issue.expected];
    if (issue?.code === 'invalid_value') return issue.values.map(String);
    if (issue?.code === 'too_small') return [`at least ${String(issue.minimum)}`];
    if (issue?.code === 'too_big') return [`at most ${String(issue.maximum)}`];
    return [];
  });
  return texts.length === 0 ? 'another value' : [...new Set(texts)].join(' or ');
}

function describeInput(input: unknown): string {
  if (input === null) return 'Nothing';
  if (Array.isArray(input)) return 'A list';
  return typeof input === 'object' ? 'A map' : show(input);
}

export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}

function pathOf(issue: Issue): Path {
  return issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
}
