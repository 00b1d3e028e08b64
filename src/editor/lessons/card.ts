/**
 * What a cell of a lesson shows beneath itself, and what a person does with it: the contract between the notebook and its
 * renderer. A card is JSON in the output of a cell; what moves while it is looked at comes by message.
 */
import { z } from 'zod';
import type { ExperimentReport } from '../../experiment/experiment-report.js';
import type { TimelineEvent } from '../../experiment/timeline/event.js';
import type { TimelineHeader } from '../../experiment/timeline/timeline.js';
import type { Picture } from '../../picture/picture.js';

/** A question, without its answer until somebody has answered it. */
export interface PredictCard {
  readonly kind: 'predict';
  readonly choices: readonly string[];
  /** What the learner said, and what is so, from 0; null until then. */
  readonly revealed: { readonly chosen: number; readonly answer: number } | null;
}

/** A condition that does not hold. */
export interface Failure {
  /** A sentence. */
  readonly why: string;
}

export interface CheckCard {
  readonly kind: 'check';
  readonly state: 'open' | 'passed' | 'failed';
  readonly failures: readonly Failure[];
  readonly hint: string;
  /** The solution stands below. */
  readonly solved: boolean;
}

export interface DeclareCard {
  readonly kind: 'declare';
  /** As it is written into the lab file: YAML. */
  readonly text: string;
  readonly state: 'open' | 'applied';
}

export interface ExperimentCard {
  readonly kind: 'experiment';
  readonly state: 'open' | 'running' | 'done';
  /** As the lesson has it: YAML. */
  readonly text: string;
  readonly report: ExperimentReport | null;
  readonly timeline: TimelinePiece | null;
}

export interface TopologyCard {
  readonly kind: 'topology';
  /** As it was when the cell was run; while it is looked at, messages bring what is. */
  readonly picture: Picture | null;
}

export interface TimelineCard {
  readonly kind: 'timeline';
  readonly timeline: TimelinePiece | null;
}

export interface InjectCard {
  readonly kind: 'inject';
  readonly level: number;
  readonly state: 'open' | 'injected';
}

/** Events of a timeline, the first of them the `from`th. */
export interface TimelinePiece {
  readonly header: TimelineHeader;
  readonly from: number;
  readonly events: readonly TimelineEvent[];
  /** The nodes' clock, milliseconds; null: it is over. */
  readonly now: number | null;
  /** By it networks get their colours; null with what is not the beginning. */
  readonly picture: Picture | null;
}

export type Card = PredictCard | CheckCard | DeclareCard | ExperimentCard | TopologyCard | TimelineCard | InjectCard;

/** The content of an output. */
export interface ShownCard {
  /** Of the cell in its notebook. */
  readonly cell: string;
  readonly card: Card;
}

export type ToRenderer =
  /** English to the language of the window. */
  | { readonly type: 'words'; readonly words: Readonly<Record<string, string>> }
  | { readonly type: 'picture'; readonly cell: string; readonly picture: Picture | null }
  | { readonly type: 'timeline'; readonly cell: string; readonly piece: TimelinePiece };

const cell = z.string().max(100);

/** What a renderer may say; anything else is dropped. */
export const fromRenderer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello') }),
  z.object({ type: z.literal('choose'), cell, choice: z.number().int().min(0).max(50) }),
  /** A card that moves is looked at, or is no more. */
  z.object({ type: z.literal('watch'), cell, on: z.boolean() }),
  /** A button: the cell is run, solved, explained. */
  z.object({ type: z.literal('act'), cell, act: z.enum(['run', 'solution', 'solve', 'topology', 'apply']) }),
]);

export type FromRenderer = z.infer<typeof fromRenderer>;
