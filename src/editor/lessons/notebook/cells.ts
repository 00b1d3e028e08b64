/**
 * A lesson's text as the cells of a notebook, and back. What nobody has edited is written as it was, byte for byte; the YAML
 * of a question or a check is not shown, since the answer stands in it. Pure.
 */
import { isMap, parseDocument } from 'yaml';
import type { Cell } from '../../../lesson/format/lesson.js';
import { withBody } from '../../../lesson/format/parts.js';
import type { LessonReading } from '../../../lesson/format/read.js';
import type { Problem } from '../../../model/lab-file/problems.js';
import { CELL_LANGUAGES, SHELL } from '../../manifest/lessons.js';
import { readText } from '../read-text.js';
import type { CellMetadata, CellPart } from './cell-metadata.js';
import { showWord } from './show-words.js';

export interface NotebookCell {
  readonly kind: 'markup' | 'code';
  readonly language: string;
  readonly value: string;
  readonly metadata: CellMetadata;
  /** Null for prose, and for a cell that cannot be read. */
  readonly cell: Cell | null;
  /** What is wrong with it. */
  readonly problems: readonly Problem[];
}

export interface LessonCells {
  /** What stands before the first cell and is not shown. */
  readonly front: string;
  readonly cells: readonly NotebookCell[];
  readonly reading: LessonReading;
}

/** A cell as the notebook has it now. */
export interface EditedCell {
  readonly kind: 'markup' | 'code';
  readonly language: string;
  readonly value: string;
  /** Null where it was added in the notebook. */
  readonly metadata: CellMetadata | null;
}

/** YAML that holds one sentence for the learner beside what is not for him. */
const SENTENCE: Readonly<Partial<Record<Cell['kind'], string>>> = { predict: 'question', check: 'title' };

export function cellsOf(text: string): LessonCells {
  const reading = readText(text);
  const byStart = new Map(reading.cells.map((cell) => [cell.range.start, cell]));
  let front = '';
  const cells: NotebookCell[] = [];
  for (const { kind, range, opening, body, closing } of reading.parts) {
    if (kind === 'front') {
      front = opening + body + closing;
      continue;
    }
    const cell = kind === 'cell' ? (byStart.get(range.start) ?? null) : null;
    const shown = cell === null ? null : shownOf(cell);
    const part: CellPart = { kind, opening, body, closing };
    cells.push({
      kind: kind === 'prose' ? 'markup' : 'code',
      language: languageOf(kind, opening, cell),
      value: shown ?? body,
      metadata: { id: String(cells.length + 1), part, shown },
      cell,
      problems: kind === 'cell' ? within(reading.problems, range.line, opening + body + closing) : [],
    });
  }
  return { front, cells, reading };
}

export interface Written {
  readonly text: string;
  /** Where each cell begins in it: by that, a cell is found in a reading of the text. */
  readonly starts: readonly number[];
}

export function written(front: string, cells: readonly EditedCell[]): Written {
  let text = front;
  const starts: number[] = [];
  for (const [index, cell] of cells.entries()) {
    // What was added or moved begins after a blank line.
    if (neverBeside(cells, index) && !/\n\r?\n$/.test(text)) text += text.endsWith('\n') ? '\n' : '\n\n';
    starts.push(text.length);
    text += cell.metadata === null ? added(cell, placeBefore(cells, index)) : edited(cell, cell.metadata);
  }
  return { text, starts };
}

function within(problems: readonly Problem[], first: number, text: string): Problem[] {
  const last = first + text.split('\n').length - 1;
  return problems.filter(({ line, severity }) => severity === 'error' && line >= first && line <= last);
}

function shownOf(cell: Cell): string | null {
  switch (cell.kind) {
    case 'run':
      return null;
    case 'predict':
      return cell.question;
    case 'check':
      return cell.title;
    default:
      return showWord(cell);
  }
}

function languageOf(kind: 'prose' | 'cell', opening: string, cell: Cell | null): string {
  if (kind === 'prose') return 'markdown';
  if (cell === null) return /^[`~]{3,}\s*bash\b/.test(opening) ? SHELL : 'yaml';
  return cell.kind === 'run' ? SHELL : CELL_LANGUAGES[cell.kind].id;
}

function edited(cell: EditedCell, { part, shown }: CellMetadata): string {
  const before = shown ?? part.body;
  if (plain(cell.value) === plain(before)) return part.opening + part.body + part.closing;
  const lineBreak = (part.opening + part.body + part.closing).includes('\r\n') ? '\r\n' : '\n';
  const value = plain(cell.value).replaceAll('\n', lineBreak);
  const { opening, body, closing } = withBody(part, shown === null ? value : withSentence(part.body, before, value));
  return opening + body + closing;
}

/** YAML with another question or title; the rest keeps its comments and its order. */
function withSentence(yaml: string, before: string, after: string): string {
  const document = parseDocument(yaml);
  if (!isMap(document.contents)) return yaml;
  const key = Object.values(SENTENCE).find((name) => sentenceAt(document.get(name)) === plain(before));
  if (key === undefined) return yaml;
  document.set(key, after);
  return document.toString({ lineWidth: 0 }).replace(/\n$/, '');
}

function sentenceAt(value: unknown): string | null {
  return typeof value === 'string' ? plain(value) : null;
}

/** As whoever writes Markdown would write it. */
function added({ kind, language, value }: EditedCell, on: string): string {
  if (kind === 'markup') return `${plain(value)}\n\n`;
  const part = { kind: 'cell', opening: '```\n', body: '', closing: '```\n\n' } as const;
  const { opening, body, closing } = withBody(part, plain(value));
  const info = language === SHELL ? `bash on=${on}` : language;
  return `${opening.replace(/\n$/, `${info}\n`)}${body}${closing}`;
}

/** A command that was added runs where the one before it does. */
export function placeBefore(cells: readonly EditedCell[], index: number): string {
  for (const { metadata } of cells.slice(0, index).reverse()) {
    const on = /^[`~]{3,}\s*bash\b.*?\bon=(\S+)/.exec(metadata?.part.opening ?? '')?.[1];
    if (on !== undefined) return on;
  }
  return 'network1';
}

/** Whether this cell and the one before it did not stand beside each other when the text was read. */
function neverBeside(cells: readonly EditedCell[], index: number): boolean {
  if (index === 0) return false;
  const own = cells[index]?.metadata ?? null;
  const before = cells[index - 1]?.metadata ?? null;
  return own === null || before === null || Number(own.id) !== Number(before.id) + 1;
}

function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
