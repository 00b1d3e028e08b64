/** What a person is asked, one step after the other, as values: what is asked, what is proposed, what can be chosen. Pure. */

export type Answer = string | readonly string[];

/** By the keys of the steps; of those that were taken. */
export type Answers = Readonly<Record<string, Answer>>;

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Behind the label. */
  readonly description?: string;
  /** Below it. */
  readonly detail?: string;
}

interface Asked {
  readonly key: string;
  /** What is asked, a sentence. */
  readonly prompt: string;
}

export interface TextStep extends Asked {
  readonly ask: 'text';
  readonly proposal: string;
  /** What shows while nothing is written. */
  readonly placeholder?: string;
}

export interface OneStep extends Asked {
  readonly ask: 'one';
  readonly choices: readonly Choice[];
  /** The value that is marked first; the first choice unless given. */
  readonly proposal?: string;
}

export interface ManyStep extends Asked {
  readonly ask: 'many';
  readonly choices: readonly Choice[];
  readonly proposal: readonly string[];
}

export type Step = TextStep | OneStep | ManyStep;

/** Steps that follow from the answers before them, and what is wrong with an answer. */
export interface Wizard {
  readonly title: string;
  /** All of them, as far as can be told: later ones may hang on earlier answers. */
  steps(answers: Answers): readonly Step[];
  /** What speaks against the answers so far, null when nothing does. */
  wrong(answers: Answers): string | null;
}

/** The answer to a step that asks for a text or for one of several; undefined where it was not asked yet. */
export function one(answers: Answers, key: string): string | undefined {
  const answer = answers[key];
  return typeof answer === 'string' ? answer.trim() : undefined;
}

/** The answer to a step that asks for any number; none where it was not asked yet. */
export function many(answers: Answers, key: string): readonly string[] {
  const answer = answers[key];
  return typeof answer === 'object' ? answer : [];
}
