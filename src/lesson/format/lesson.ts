/** A lesson as a value: what `lesson.md` says, with the place of everything in its text. */
import type { ExpectFile, FaultFile, ScenarioFile } from '../../model/lab-file/schema-scenario.js';

/** Characters of the text, `start` included and `end` not; the line counts from 1. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** Where a command runs, as the lesson writes it: `network1`, `web1`, `router:edge@network2`, `network1/red`. */
export type PlaceWord = string;

/** A JSON Merge Patch (RFC 7396) for the lab file. */
export type Patch = Readonly<Record<string, unknown>>;

export const RESOURCE_WORDS = [
  'network',
  'subnet',
  'router',
  'instance',
  'port',
  'floating_ip',
  'security_group',
] as const;
export type ResourceWord = (typeof RESOURCE_WORDS)[number];

/** What must be true of the lab; never what was typed. */
export type Condition = {
  /** Told when it does not hold; null: a sentence is made of the condition. */
  readonly why: string | null;
  /** Seconds in which it has to come true. */
  readonly within: number;
  readonly line: number;
} & (RunCondition | PingCondition | ResourceCondition | MastersCondition);

export interface RunCondition {
  readonly kind: 'run';
  readonly on: PlaceWord;
  readonly argv: readonly string[];
  readonly exit: number;
  /** Looked for in what it prints, line by line (`^` and `$` are those of a line). */
  readonly prints: RegExp | null;
  readonly printsNot: RegExp | null;
}

export interface PingCondition {
  readonly kind: 'ping';
  readonly from: PlaceWord;
  /** An instance, an address, or `outside`. */
  readonly to: string;
  readonly answers: boolean;
}

export interface ResourceCondition {
  readonly kind: 'resource';
  readonly resource: ResourceWord;
  readonly name: string;
  readonly exists: boolean;
  /** Attributes of Neutron's API with their values; what is not named is not looked at. */
  readonly has: Readonly<Record<string, unknown>>;
}

export interface MastersCondition {
  readonly kind: 'masters';
  readonly router: string;
  readonly count: number;
  /** Where the MASTER has to be; null: anywhere. */
  readonly node: string | null;
}

/** One thing that a solution does, in order. */
export type Move =
  | { readonly kind: 'declare'; readonly patch: Patch }
  | { readonly kind: 'run'; readonly on: PlaceWord; readonly script: string }
  /** Makes the lab what its file says, and takes back every fault. */
  | { readonly kind: 'up' }
  | { readonly kind: 'fault'; readonly fault: FaultFile };

interface CellBase {
  /** The whole fenced block, with its fences. */
  readonly range: Range;
  /** The number of its step, from 1; null where its section has no check. */
  readonly step: number | null;
}

export interface RunCell extends CellBase {
  readonly kind: 'run';
  readonly on: PlaceWord;
  /** Given to bash there as one word, unchanged. */
  readonly script: string;
  /** Seconds after which it is interrupted (SIGINT); null: it ends by itself. */
  readonly seconds: number | null;
  /** What it prints on a lab that is as the lesson says; `…` stands for anything. Null: not said. */
  readonly expected: ExpectedOutput | null;
}

export interface ExpectedOutput {
  readonly text: string;
  readonly range: Range;
}

export interface PredictCell extends CellBase {
  readonly kind: 'predict';
  readonly question: string;
  readonly choices: readonly string[];
  /** Index in `choices`, from 0. */
  readonly answer: number;
  /** Markdown. */
  readonly because: string;
  /** What shows, at the end of the step, that the answer is true. */
  readonly evidence: readonly Condition[];
}

export interface DeclareCell extends CellBase {
  readonly kind: 'declare';
  readonly patch: Patch;
}

export interface ExperimentCell extends CellBase {
  readonly kind: 'experiment';
  /** As a lab file has it: its names mean what they mean in the lab that runs then. */
  readonly scenario: ScenarioFile;
  readonly expect: ExpectFile | null;
}

export interface ShowCell extends CellBase {
  readonly kind: 'show';
  readonly what: 'topology' | 'timeline';
}

export interface CheckCell extends CellBase {
  readonly kind: 'check';
  readonly title: string;
  readonly hint: string;
  readonly that: readonly Condition[];
  /** Where the lesson names none: what the `declare` cells of its step say. */
  readonly solution: readonly Move[];
}

/** A fault that the learner has to find: one of these, at random. */
export interface InjectCell extends CellBase {
  readonly kind: 'inject';
  readonly level: 1 | 2 | 3;
  /** Each alone is one that the learner may get. */
  readonly faults: readonly InjectedFault[];
}

export interface InjectedFault {
  /** Told when it was found. */
  readonly name: string;
  readonly moves: readonly Move[];
}

export type Cell = RunCell | PredictCell | DeclareCell | ExperimentCell | ShowCell | CheckCell | InjectCell;

/** What the openstack client would be asked and answer; shown only. */
export interface ConsoleBlock extends CellBase {
  readonly text: string;
}

/** A section of the second level with a check in it. */
export interface LessonStep {
  /** From 1. */
  readonly number: number;
  readonly title: string;
  /** From its heading to the next one. */
  readonly range: Range;
  /** In the order of the text, the check among them. */
  readonly cells: readonly Cell[];
  readonly check: CheckCell;
}

export interface LessonHead {
  readonly title: string;
  readonly summary: string;
  /** How long it takes a learner. */
  readonly minutes: number;
  /** By title only: which chapter of which book this goes with. */
  readonly books: readonly { readonly title: string; readonly chapter: string }[];
  /** The lab file it begins with, beside lesson.md. */
  readonly lab: string;
  /** Values that the prose may name though nothing of the lab verifies them: a number of a standard, another default. */
  readonly facts: readonly string[];
}

export interface Lesson {
  readonly head: LessonHead;
  readonly steps: readonly LessonStep[];
  /** All, in the order of the text. */
  readonly cells: readonly Cell[];
  readonly consoles: readonly ConsoleBlock[];
}
