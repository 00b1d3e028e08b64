/** An attribute that can be changed: what it is now, how it is asked for, what is written. Pure. */
import * as l10n from '@vscode/l10n';
import type { Attribute as Path, LabFileEdit, Target } from '../../model/lab-file/edit/edits.js';
import type { AttributeWords } from '../../model/lab-file/documented.js';
import type { YamlValue } from '../../model/lab-file/yaml-value.js';
import type { Answer, Choice } from './step.js';

export interface EditableAttribute {
  /** As Neutron's API has it. */
  readonly name: string;
  readonly meaning: string;
  /** What it is now, for people. */
  readonly now: string;
  readonly ask: TextAsk | ChoiceAsk | ManyAsk;
  readonly edit: (answer: Answer) => LabFileEdit;
}

interface TextAsk {
  readonly ask: 'text';
  readonly proposal: string;
  readonly placeholder?: string;
}

interface ChoiceAsk {
  readonly ask: 'one';
  readonly choices: readonly Choice[];
  readonly proposal: string;
}

interface ManyAsk {
  readonly ask: 'many';
  readonly choices: readonly Choice[];
  readonly proposal: readonly string[];
}

export interface Subject {
  readonly target: Target;
  readonly words: AttributeWords;
}

/** @param value Null takes the attribute out of the file, so that Neutron's default holds. */
export function written(target: Target, path: Path, value: YamlValue | undefined): LabFileEdit {
  return value === undefined ? { do: 'unset', target, attribute: path } : { do: 'set', target, attribute: path, value };
}

export function flag(name: string, { target, words }: Subject, now: boolean, path: Path = name): EditableAttribute {
  return {
    name,
    meaning: words.meaning,
    now: String(now),
    ask: {
      ask: 'one',
      proposal: String(!now),
      choices: ['true', 'false'].map((value) => ({
        value,
        label: value,
        ...(value === String(now) ? { description: l10n.t('as it is now') } : {}),
      })),
    },
    edit: (answer) => (answer === String(now) ? { do: 'all', edits: [] } : written(target, path, answer === 'true')),
  };
}

export function text(
  name: string,
  { target, words }: Subject,
  now: string,
  parse: (text: string) => YamlValue,
  path: Path = name,
): EditableAttribute {
  return {
    name,
    meaning: words.meaning,
    now: now === '' ? l10n.t('none') : now,
    ask: {
      ask: 'text',
      proposal: now,
      ...(words.default === undefined ? {} : { placeholder: plainText(words.default) }),
    },
    edit: (answer) => {
      const given = String(answer).trim();
      if (given === now) return { do: 'all', edits: [] };
      return written(target, path, given === '' ? undefined : parse(given));
    },
  };
}

/** @param choices The value '' leaves it to Neutron. */
export function choice(
  name: string,
  { target, words }: Subject,
  now: string,
  choices: readonly Choice[],
  path: Path = name,
): EditableAttribute {
  return {
    name,
    meaning: words.meaning,
    now: now === '' ? l10n.t('none') : now,
    ask: {
      ask: 'one',
      proposal: now,
      choices: choices.map((one) => (one.value === now ? { ...one, description: l10n.t('as it is now') } : one)),
    },
    edit: (answer) =>
      answer === now ? { do: 'all', edits: [] } : written(target, path, answer === '' ? undefined : String(answer)),
  };
}

export function several(
  name: string,
  { target, words }: Subject,
  now: readonly string[],
  choices: readonly Choice[],
  path: Path = name,
): EditableAttribute {
  return {
    name,
    meaning: words.meaning,
    now: now.length === 0 ? l10n.t('none') : now.join(', '),
    ask: { ask: 'many', proposal: now, choices },
    edit: (answer) => {
      const values = typeof answer === 'string' ? [answer] : answer;
      if (values.join('\n') === now.join('\n')) return { do: 'all', edits: [] };
      return written(target, path, values.length === 0 ? undefined : values);
    },
  };
}

/** Markdown's marks mean nothing in a box. */
export function plainText(markdown: string): string {
  return markdown.replaceAll('`', '');
}
