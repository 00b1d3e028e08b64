/**
 * What a lab file may cost before anybody looks at its meaning. It may come from a stranger, so its size is checked
 * before it is read and its depth before it is composed: the composer of the YAML library is recursive.
 */
import { Lexer } from 'yaml';

/**
 * Characters of text. The largest lab that a machine carries (200 routers, 1000 ports) takes about 100 KB; the worst
 * text of this length is still read in about three seconds.
 */
export const MAX_TEXT = 512 * 1024;
/** Levels of nesting; a lab file in its longest form has nine. */
export const MAX_DEPTH = 24;
/** Uses of an anchor; each one costs a search through the document. */
export const MAX_ALIASES = 100;
/** Values after every alias was replaced by what it stands for. */
export const MAX_VALUES = 200_000;

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** Offset into the text. */
  readonly offset: number;
}

/**
 * Null when the text may be composed. Linear in the length of the text.
 * @param lex The tokens of the text, where somebody has them already.
 */
export function refuse(text: string, lex = (): Iterable<string> => new Lexer().lex(text)): Refusal | null {
  if (text.length > MAX_TEXT) {
    return {
      code: 'FileTooLarge',
      message: `The lab file has ${String(text.length)} characters, at most ${String(MAX_TEXT)} are read.`,
      remedy: 'Split it into smaller labs.',
      offset: 0,
    };
  }
  return refuseStructure(lex());
}

function refuseStructure(tokens: Iterable<string>): Refusal | null {
  let offset = 0;
  let lineStart = 0;
  let aliases = 0;
  let flow = 0;
  /** Columns at which the open block collections start. */
  const blocks: number[] = [];
  let opens = true;
  for (const token of tokens) {
    const first = token[0];
    if (first === '\u0002' || first === '\u001f' || first === '\u0018') continue;
    if (token === '{' || token === '[') flow++;
    else if (token === '}' || token === ']') flow--;
    else if (first === '*') aliases++;
    const blank = first === ' ' || first === '\n' || first === '\r' || first === '#' || first === '\t';
    if (opens && !blank && flow === 0) {
      const column = offset - lineStart;
      while ((blocks.at(-1) ?? -1) >= column) blocks.pop();
      blocks.push(column);
    }
    if (blocks.length + flow > MAX_DEPTH) {
      return {
        code: 'NestedTooDeeply',
        message: `The lab file nests more than ${String(MAX_DEPTH)} levels deep.`,
        remedy: 'A lab file needs no more than nine: lab, section, resource, attribute, list, rule.',
        offset,
      };
    }
    if (aliases > MAX_ALIASES) {
      return {
        code: 'TooManyAliases',
        message: `The lab file uses more than ${String(MAX_ALIASES)} YAML aliases.`,
        remedy: 'Write the values out.',
        offset,
      };
    }
    const newline = token.lastIndexOf('\n');
    if (newline >= 0) lineStart = offset + newline + 1;
    offset += token.length;
    // A collection starts with the first token of a line, or right after an indicator of the collection around it.
    if (newline >= 0 || token === '-' || token === '?' || token === ':') opens = true;
    else if (!blank) opens = false;
  }
  return null;
}
