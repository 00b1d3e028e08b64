/** Text with colours in it on several lines. Pure. */
import { widthOf } from './paint.js';

const ESCAPE = '\u001b[';
/** A colour that begins or ends (ECMA-48, SGR), or a character with the marks on it. */
const PIECE = new RegExp(`${ESCAPE.replace('[', '\\[')}[0-9;]*m|\\P{M}\\p{M}*|\\p{M}+`, 'gu');
const RESET = `${ESCAPE}0m`;

interface Character {
  readonly text: string;
  /** What begins its colour; empty where it has none. */
  readonly colour: string;
  readonly columns: number;
}

/**
 * Breaks a text at its spaces, and a word that is longer than a line where the line ends. Every line stands for itself: a
 * colour that goes on is ended with the line and begun again on the next one.
 * @param width Columns of a line, at least 2
 */
export function foldPainted(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = charactersOf(text);
  while (columnsOf(rest) > width) {
    const [line, more] = split(rest, width);
    lines.push(written(line));
    rest = more;
  }
  return rest.length === 0 && lines.length > 0 ? lines : [...lines, written(rest)];
}

/** A line that is too long for a terminal goes on in the next one, indented a little more than it begins. */
export function hanging(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  const text = line.trimStart();
  const indent = line.length - text.length;
  return foldPainted(text, Math.max(2, width - indent - 2)).map(
    (part, at) => ' '.repeat(at === 0 ? indent : indent + 2) + part,
  );
}

function charactersOf(text: string): Character[] {
  const characters: Character[] = [];
  let colour = '';
  for (const [piece] of text.matchAll(PIECE)) {
    if (piece.startsWith(ESCAPE)) colour = piece === RESET ? '' : piece;
    else characters.push({ text: piece, colour, columns: widthOf(piece) });
  }
  return characters;
}

function columnsOf(characters: readonly Character[]): number {
  return characters.reduce((sum, { columns }) => sum + columns, 0);
}

/** What fits, and what is left without the spaces at which it was broken. */
function split(characters: readonly Character[], width: number): [Character[], Character[]] {
  let used = 0;
  const over = characters.findIndex(({ columns }) => (used += columns) > width);
  const space = characters.findLastIndex(({ text }, at) => text === ' ' && at <= over && at > 0);
  const end = space > 0 && characters.slice(0, space).some(({ text }) => text !== ' ') ? space : Math.max(1, over);
  const next = characters.findIndex(({ text }, at) => at >= end && text !== ' ');
  return [characters.slice(0, end), next === -1 ? [] : characters.slice(next)];
}

function written(characters: readonly Character[]): string {
  let text = '';
  let colour = '';
  for (const character of characters) {
    if (character.colour !== colour) text += (colour === '' ? '' : RESET) + character.colour;
    colour = character.colour;
    text += character.text;
  }
  return (colour === '' ? text : text + RESET).trimEnd();
}
