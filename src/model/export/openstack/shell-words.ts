/**
 * Words of a POSIX shell, written so that it reads each of them as the text it was (POSIX.1-2017, XCU 2.2.2). What comes
 * out of a lab file is a stranger's text, and it ends here.
 */

/** Characters that mean nothing to a shell, wherever they stand. */
const PLAIN = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/** A variable of the script that an argument is made of: its value is one word, whatever it holds. */
export class ShellVariable {
  constructor(readonly name: string) {}

  toString(): string {
    return `"$${this.name}"`;
  }
}

export type WordPart = string | ShellVariable;
/** A word of a command: a text, or one of several parts. */
export type Word = WordPart | readonly WordPart[];

export function quote(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

export function quoteWord(word: Word): string {
  if (typeof word === 'string') return quote(word);
  if (word instanceof ShellVariable) return word.toString();
  // Texts beside each other are one text; a word that begins with "=" needs its quotes only alone.
  if (word.every((part) => typeof part === 'string')) return quote(word.join(''));
  return word.map((part) => (typeof part === 'string' ? (part === '' ? '' : quote(part)) : part.toString())).join('');
}
