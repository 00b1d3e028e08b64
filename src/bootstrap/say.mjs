// Words to the person in front of it. Colours only where there is a terminal.
const colours = process.stdout.isTTY && process.env.NO_COLOR === undefined;

/** @param {string} code @param {string} text */
const paint = (code, text) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);

/** @param {string} text */
export const bold = (text) => paint('1', text);
/** @param {string} text */
export const green = (text) => paint('32', text);
/** @param {string} text */
export const red = (text) => paint('31', text);
/** @param {string} text */
export const yellow = (text) => paint('33', text);

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** An end that is explained to the person; everything else that is thrown is a defect and shows its stack. */
export class Refusal extends Error {
  /**
   * @param {string} message What is wrong, and what would help.
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'Refusal';
    this.exitCode = exitCode;
  }
}
