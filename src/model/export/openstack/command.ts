/** One command of a script, and how it is written. */
import { comment } from '../comment.js';
import { quoteWord, type ShellVariable, type Word } from './shell-words.js';

/** Columns that a line of a command may take, unless one option is longer. */
const WIDTH = 100;

/** Words that are never parted: the verb, an option and its value. */
export type Group = readonly Word[];

export interface Command {
  readonly remarks?: readonly string[];
  /** What stands after `openstack`; nothing: only the remarks. */
  readonly groups: readonly Group[];
  /** Keeps what it prints. */
  readonly keepAs?: ShellVariable | undefined;
  /** A command of our own text that reads what it prints. */
  readonly into?: string;
}

export function renderCommand({ remarks, groups, keepAs, into }: Command): string[] {
  const told = (remarks ?? []).map(comment);
  const [verb, ...rest] = groups.map((group) => group.map(quoteWord).join(' '));
  if (verb === undefined) return told;
  const first = `${keepAs === undefined ? '' : `${keepAs.name}=$(`}openstack ${verb}`;
  const close = `${into === undefined ? '' : ` | ${into}`}${keepAs === undefined ? '' : ')'}`;
  const line = `${[first, ...rest].join(' ')}${close}`;
  if (line.length <= WIDTH || into !== undefined) return [...told, line];
  const lines = [first];
  for (const [index, word] of rest.entries()) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    const end = index === rest.length - 1 ? close.length : ' \\'.length;
    if (longer.length + end <= WIDTH) lines.splice(-1, 1, longer);
    else lines.push(`  ${word}`);
  }
  return [...told, ...lines.map((one, index) => (index === lines.length - 1 ? `${one}${close}` : `${one} \\`))];
}
