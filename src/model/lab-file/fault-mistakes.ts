/** What does not fit together in a fault of a scenario or of a lesson, beside what its schema says. Pure. */
import { FAULT_ATTRIBUTES } from '../scenario.js';
import type { FaultFile } from './schema-scenario.js';

export interface FaultMistake {
  /** The attribute that is wrong; null where something lacks. */
  readonly key: keyof FaultFile | null;
  /** Whether the attribute has no business there at all. */
  readonly idle?: boolean;
  readonly message: string;
  readonly remedy: string;
}

const EVERY_FAULT: readonly string[] = ['fault', 'at', 'heal', 'on', 'replica'];

const ticked = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

export function mistakesOfFault(file: FaultFile): FaultMistake[] {
  return [...idle(file), ...lacking(file), ...contradicting(file)];
}

/** What another fault would read, and this one does not. */
function idle(file: FaultFile): FaultMistake[] {
  const own: readonly string[] = FAULT_ATTRIBUTES[file.fault];
  const keys = Object.keys(file) as (keyof FaultFile)[];
  return keys
    .filter((key) => file[key] !== undefined && !EVERY_FAULT.includes(key) && !own.includes(key))
    .map((key) => ({
      key,
      idle: true,
      message: `The fault \`${file.fault}\` has no \`${key}\`.`,
      remedy: own.length === 0 ? 'It says only where and when it strikes.' : `It has ${ticked(own)}.`,
    }));
}

function lacking(file: FaultFile): FaultMistake[] {
  const words = lackingWords(file);
  if (words === null) return [];
  return [{ key: null, message: `The fault \`${file.fault}\` does not say ${words}.`, remedy: `Add it: ${words}.` }];
}

function lackingWords(file: FaultFile): string | null {
  switch (file.fault) {
    case 'mtu':
      return file.mtu === undefined ? '`mtu`' : null;
    case 'dhcp':
      return file.network === undefined ? '`network`' : null;
    case 'impair': {
      const { delay = 0, jitter = 0, loss = 0, rate = 0 } = file;
      return delay + jitter + loss + rate === 0 ? '`delay`, `jitter`, `loss` or `rate`' : null;
    }
    case 'config':
      return changesOf(file).length === 0 ? '`priority`, `advert_int`, `vrid` or `damaged`' : null;
    default:
      return null;
  }
}

function changesOf({ priority, advert_int, vrid, damaged }: FaultFile): (keyof FaultFile)[] {
  const changes = { priority, advert_int, vrid, damaged: damaged === true ? true : undefined };
  const keys = Object.keys(changes) as (keyof typeof changes)[];
  return keys.filter((key) => changes[key] !== undefined);
}

function contradicting(file: FaultFile): FaultMistake[] {
  const { fault, at = 0, heal, how } = file;
  const mistakes: FaultMistake[] = [];
  if (heal !== undefined && heal <= at) {
    mistakes.push({
      key: 'heal',
      message: `It is healed at ${String(heal)} s, and breaks at ${String(at)} s.`,
      remedy: 'Both count from the beginning of the experiment.',
    });
  }
  if (fault === 'agent' && how !== undefined && how !== 'kill' && how !== 'terminate') {
    mistakes.push({ key: 'how', message: `An agent has no \`${how}\`.`, remedy: 'Write `kill` or `terminate`.' });
  }
  const [, another] = fault === 'config' ? changesOf(file) : [];
  if (another !== undefined) {
    mistakes.push({
      key: another,
      message: 'One thing of keepalived.conf is changed at a time.',
      remedy: 'Write two faults with the same time, or leave one of them out.',
    });
  }
  return mistakes;
}
