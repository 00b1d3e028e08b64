/** Fenced blocks as cells. Pure. */
import { z } from 'zod';
import type { Problem } from '../../model/lab-file/problems.js';
import { expectSchema, scenarioSchema } from '../../model/lab-file/schema-scenario.js';
import type { FenceBlock } from './blocks.js';
import { CellYaml } from './cell-yaml.js';
import { conditionsAt } from './conditions.js';
import { type YamlCellWord, settingOf } from './info.js';
import type { Cell, CheckCell, ExpectedOutput, InjectedFault, RunCell } from './lesson.js';
import { movesAt } from './moves.js';
import { problemAt } from './problem-at.js';

export interface CellReading {
  /** Null where it was refused. */
  readonly cell: Cell | null;
  readonly problems: readonly Problem[];
}

/** Seconds, of `for=10s`; nobody watches packets for longer. */
const MAX_SECONDS = 300;

export function readRunCell(
  text: string,
  block: FenceBlock,
  step: number | null,
  expected: ExpectedOutput | null,
): CellReading {
  const problems: Problem[] = [];
  const refuse = (message: string, remedy: string): void => {
    problems.push(problemAt(text, block.range, { code: 'InvalidCell', message, remedy }));
  };
  let on = '';
  let seconds: number | null = null;
  for (const word of block.words) {
    const setting = settingOf(word);
    const amount = /^(\d{1,4})s$/.exec(setting?.value ?? '')?.[1];
    if (setting?.name === 'on') on = setting.value;
    else if (setting?.name === 'for' && amount !== undefined && Number(amount) > 0 && Number(amount) <= MAX_SECONDS)
      seconds = Number(amount);
    else if (setting?.name === 'for')
      refuse(`"${word}" is no length of time.`, `Write \`for=10s\`, at most ${String(MAX_SECONDS)} s.`);
    else
      refuse(`"${word}" means nothing here.`, 'Write `bash on=PLACE`, and `for=10s` where it does not end by itself.');
  }
  const script = bodyText(text, block);
  if (script.trim() === '') refuse('This cell runs nothing.', 'Write a command between the fences.');
  if (problems.length > 0) return { cell: null, problems };
  const cell: RunCell = { kind: 'run', range: block.range, step, on, script, seconds, expected };
  return { cell, problems };
}

/** What stands between the fences, with plain line breaks and without the last one. */
export function bodyText(text: string, { body }: FenceBlock): string {
  return text.slice(body.start, body.end).replace(/\r\n?/g, '\n').replace(/\n$/, '');
}

export function readYamlCell(text: string, block: FenceBlock, word: YamlCellWord, step: number | null): CellReading {
  const yaml = new CellYaml(text, block.body);
  const own = cellOf(yaml, word);
  const problems = yaml.reports();
  const sound = own !== null && !problems.some(({ severity }) => severity === 'error');
  return { cell: sound ? { ...own, range: block.range, step } : null, problems };
}

type Own<Of extends Cell = Cell> = Of extends Cell ? Omit<Of, 'range' | 'step'> : never;

function cellOf(yaml: CellYaml, word: YamlCellWord): Own | null {
  switch (word) {
    case 'predict':
      return predictOf(yaml);
    case 'declare':
      return { kind: 'declare', patch: yaml.root };
    case 'experiment':
      return experimentOf(yaml);
    case 'show': {
      const file = yaml.get(z.strictObject({ show: z.enum(['topology', 'timeline']) }));
      return file && { kind: 'show', what: file.show };
    }
    case 'check':
      return checkOf(yaml);
    case 'inject':
      return injectOf(yaml);
  }
}

const sentence = z.string().min(1);
const anything = z.array(z.unknown());

const predictSchema = z.strictObject({
  question: sentence,
  choices: z
    .array(z.union([sentence, z.number()]))
    .min(2)
    .max(9),
  answer: z.int().min(1),
  because: sentence,
  evidence: anything.optional(),
});

function predictOf(yaml: CellYaml): Own | null {
  const file = yaml.get(predictSchema);
  const evidence = conditionsAt(yaml, ['evidence']);
  if (file === null) return null;
  const { question, answer, because } = file;
  const choices = file.choices.map(String);
  if (answer > choices.length)
    return yaml.refuse(
      ['answer'],
      `There is no choice ${String(answer)}.`,
      `The choices count from 1 to ${String(choices.length)}.`,
    );
  return { kind: 'predict', question, choices, answer: answer - 1, because, evidence };
}

function experimentOf(yaml: CellYaml): Own | null {
  const file = yaml.get(scenarioSchema.extend({ expect: z.unknown().optional() }));
  const expect = 'expect' in yaml.root ? yaml.get(expectSchema, ['expect']) : null;
  return file && { kind: 'experiment', scenario: scenarioSchema.strip().parse(file), expect };
}

const checkSchema = z.strictObject({
  title: sentence,
  hint: sentence,
  that: anything.min(1),
  solution: anything.optional(),
});

function checkOf(yaml: CellYaml): Omit<CheckCell, 'range' | 'step'> | null {
  const file = yaml.get(checkSchema);
  const that = conditionsAt(yaml, ['that']);
  const solution = movesAt(yaml, ['solution']);
  return file && { kind: 'check', title: file.title, hint: file.hint, that, solution };
}

const injectSchema = z.strictObject({
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  faults: z.array(z.strictObject({ name: sentence, do: anything.min(1) })).min(1),
});

function injectOf(yaml: CellYaml): Own | null {
  const file = yaml.get(injectSchema);
  if (file === null) return null;
  const faults = file.faults.map(({ name }, index): InjectedFault => ({
    name,
    moves: movesAt(yaml, ['faults', index, 'do']),
  }));
  return { kind: 'inject', level: file.level, faults };
}
