/** What an agent built, as it is and as it should be, for a terminal. Pure. */
import { structuredPatch } from 'diff';
import type { Shown } from '../../lab/show.js';
import { type Part, isRight } from '../../lab/show/part.js';
import { type Paint, pad, printable, widthOf, wrap } from '../../render/paint.js';
import { paintRole } from './roles.js';
import { count } from '../../render/words.js';

const INDENT = '  ';
/** Lines that are equal, around those that are not. */
const CONTEXT = 3;

interface DiffLine {
  /** `@` stands where equal lines were left out. */
  readonly sign: ' ' | '-' | '+' | '@';
  readonly text: string;
}

/** @param onlyWrong what is right was left out */
export function renderShown(shown: Shown, paint: Paint, width: number, onlyWrong = false): string[] {
  const wrong = shown.parts.filter((part) => !isRight(part));
  return [
    heading(shown, paint),
    ...(wrong.length === 0 ? [] : ['', legend(shown, paint)]),
    ...shown.parts.flatMap((part) => ['', ...renderPart(part, shown, paint, width)]),
    '',
    summary(shown, wrong, paint, onlyWrong),
  ];
}

function legend({ releases }: Shown, paint: Paint): string {
  const [minus, plus] =
    releases === undefined
      ? ['should be there and is not', 'is there and should not be']
      : [`only in ${releases.other}`, `only in ${releases.own}, which the lab is like`];
  return `${INDENT}${paint('-', 'red')} ${minus}   ${paint('+', 'green')} ${plus}`;
}

function heading({ subject, node, role }: Shown, paint: Paint): string {
  const words = [subject.kind, `on ${node}`].map((word) => paint(`· ${word}`, 'grey'));
  const state = role === null ? [] : [`${paint('·', 'grey')} ${paintRole(role, role, paint)}`];
  return [paint(printable(subject.name), 'bold'), ...words, ...state].join(' ');
}

function summary({ parts, releases, hidden }: Shown, wrong: readonly Part[], paint: Paint, onlyWrong: boolean): string {
  if (hidden) return paint('A fault is hidden here: find it. This is what is there, and not what should be.', 'yellow');
  if (parts.length === 0 && !onlyWrong) return 'There is nothing of this kind here, and there should not be.';
  if (releases !== undefined) {
    const pair = `${releases.own} and ${releases.other}`;
    const names = wrong.map(({ title }) => title).join('; ');
    if (wrong.length === 0) return `Here ${pair} are the same.`;
    return `${count(wrong.length, 'thing')} of ${pair} ${wrong.length === 1 ? 'differs' : 'differ'}: ${names}`;
  }
  if (wrong.length === 0) return paint('Everything is as it should be.', 'green');
  const [are, they] = wrong.length === 1 ? ['is', 'it'] : ['are', 'they'];
  const names = wrong.map(({ title }) => title).join('; ');
  return `${paint(`${count(wrong.length, 'thing')} ${are} not as ${they} should be:`, 'red')} ${names}`;
}

function renderPart(part: Part, { releases, hidden }: Shown, paint: Paint, width: number): string[] {
  const right = isRight(part);
  const verdict =
    releases === undefined
      ? right
        ? paint('as it should be', 'green')
        : paint(problem(part), 'red')
      : paint(right ? 'the same' : comparison(part, releases), 'grey');
  const title = pad(paint(part.title, 'bold'), Math.max(0, width - widthOf(verdict)));
  const head = [hidden ? paint(part.title, 'bold') : `${title}${verdict}`, paint(part.where, 'grey')];
  if (right) return [...head, ...(part.is ?? []).flatMap((text) => body('', text, paint, width))];
  return [
    ...head,
    ...diffLines(part).flatMap(({ sign, text }) =>
      sign === '@' ? [paint(`${INDENT}${text}`, 'grey')] : body(sign, text, paint, width),
    ),
  ];
}

function comparison(part: Part, { own, other }: { readonly own: string; readonly other: string }): string {
  if (part.is === null) return `only in ${other}`;
  return part.should === null ? `only in ${own}` : problem(part);
}

function problem(part: Part): string {
  if (part.is === null) return 'it is missing';
  if (part.should === null) return 'it should not be there';
  const changed = diffLines(part).filter(({ sign }) => sign === '-' || sign === '+').length;
  return `${count(changed, 'line')} ${changed === 1 ? 'differs' : 'differ'}`;
}

/** From what should be to what is. */
export function diffLines({ is, should }: Part): DiffLine[] {
  const text = (lines: readonly string[] | null): string => (lines ?? []).map((line) => `${line}\n`).join('');
  const { hunks } = structuredPatch('', '', text(should), text(is), '', '', { context: CONTEXT });
  return hunks.flatMap((hunk, index) => [
    ...(index === 0 && hunk.oldStart <= 1 ? [] : [{ sign: '@', text: '…' } as const]),
    ...hunk.lines.flatMap((line): DiffLine[] => {
      const sign = line.charAt(0);
      return sign === ' ' || sign === '-' || sign === '+' ? [{ sign, text: line.slice(1) }] : [];
    }),
  ]);
}

const COLOUR = { '': [], ' ': [], '-': ['red'], '+': ['green'] } as const;

/** One line of a text; what does not fit goes on below, further in. */
function body(sign: '' | ' ' | '-' | '+', text: string, paint: Paint, width: number): string[] {
  const clean = printable(text);
  const indent = /^ */.exec(clean)?.[0] ?? '';
  const margin = sign === '' ? INDENT : `${INDENT}${sign} `;
  const room = width - margin.length - indent.length;
  const [head = '', ...more] = wrap(clean.slice(indent.length), Math.max(20, room - 4));
  return [`${indent}${head}`, ...more.map((line) => `${indent}    ${line}`)].map((line) =>
    paint(`${margin}${line}`.trimEnd(), ...COLOUR[sign]),
  );
}

/** For scripts. */
export function shownJson({ subject, node, namespace, role, releases, hidden, parts }: Shown): object {
  return {
    ...subject,
    node,
    namespace,
    role,
    ...(releases === undefined ? {} : { releases }),
    ...(hidden ? { hidden_fault: true } : {}),
    parts: parts.map((part) => ({
      part: part.kind,
      title: part.title,
      where: part.where,
      ...(hidden ? { is: part.is } : { right: isRight(part), is: part.is, should: part.should }),
    })),
  };
}
