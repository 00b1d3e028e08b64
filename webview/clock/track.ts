/** What the clock draws: lanes of one time, in seconds of the nodes' monotonic clock. */
import type { MasterFault } from '../../src/experiment/theory.js';
import type { Hue } from '../../src/picture/picture.js';
import type { Broken } from './theory.js';
import type { Samples } from './samples.js';

export interface Span {
  readonly from: number;
  /** Null: it still lasts. */
  readonly to: number | null;
  readonly tone: 'master' | 'backup' | 'fault' | 'unknown' | 'held' | 'nobody' | 'two';
  readonly word: string;
}

export interface RoleLane {
  readonly kind: 'role';
  readonly key: string;
  readonly router: string;
  readonly node: string;
  readonly spans: readonly Span[];
  /** When it advertised itself. */
  readonly adverts: Float64Array;
}

export interface HolderLane {
  readonly kind: 'holder';
  readonly key: string;
  readonly address: string;
  readonly hue: Hue;
  readonly spans: readonly Span[];
  /** Gratuitous ARPs and unsolicited neighbour advertisements. */
  readonly announced: Float64Array;
}

export interface ProbeLane {
  readonly kind: 'probe';
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly samples: Samples;
  readonly outages: readonly { readonly from: number; readonly to: number | null; readonly lost: number }[];
}

export type Lane = RoleLane | HolderLane | ProbeLane;

export interface FaultMark {
  readonly at: number;
  /** By the name of its mark. */
  readonly fault: string;
  readonly node: string;
  /** The whole of it, a sentence. */
  readonly more: string;
  readonly healed: boolean;
}

export interface Theory {
  readonly from: number;
  readonly to: number;
  /** The arithmetic. */
  readonly formula: string;
  /** Which one of theory's, for its words. */
  readonly fault: MasterFault;
}

export interface Track {
  readonly start: number;
  readonly end: number;
  readonly lanes: readonly Lane[];
  readonly faults: readonly FaultMark[];
  readonly theory: Theory | null;
  /** The last fault that met a MASTER. */
  readonly broken: Broken | null;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}
