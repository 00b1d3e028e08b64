/** What the info string of a fenced block says that it is. Pure. */
import type { FenceBlock } from './blocks.js';

/** Words after `yaml`. */
export const YAML_CELLS = ['predict', 'declare', 'experiment', 'show', 'check', 'inject'] as const;
export type YamlCellWord = (typeof YAML_CELLS)[number];

export type CellWord = 'run' | 'output' | 'console' | YamlCellWord;

/** Null for a block that is Markdown and nothing else. */
export function cellWordOf({ language, words, nested }: FenceBlock): CellWord | null {
  if (nested) return null;
  const [first] = words;
  if (language === 'bash' && words.some((word) => word.includes('='))) return 'run';
  if (language === 'text' && first === 'output') return 'output';
  if (language === 'console') return 'console';
  if (language === 'yaml') return YAML_CELLS.find((word) => word === first) ?? null;
  return null;
}

/** `on=network1 for=10s`, word by word. @returns null for one that is not of that form */
export function settingOf(word: string): { readonly name: string; readonly value: string } | null {
  const [, name, value] = /^([a-z]+)=(\S+)$/.exec(word) ?? [];
  return name === undefined || value === undefined ? null : { name, value };
}
