/**
 * The contract between the editor and the page that draws: every message there is. The host says what is, whole each time and with
 * a revision, so that no change can be lost; the page says what a person wants.
 */
import { z } from 'zod';
import type { TimelineEvent } from '../experiment/timeline/event.js';
import type { Hop } from '../lab/path/hop.js';
import type { TimelineHeader } from '../experiment/timeline/timeline.js';
import { PROBE_WORDS } from '../model/scenario.js';
import type { PackedPackets } from './packed.js';
import type { Picture } from './picture.js';

/** What the tree knows of a thing that is drawn: by it, a menu of the page is the menu of the row. */
export interface RowRef {
  readonly id: string;
  /** As the context menus of the tree ask for it: `router;ha;running`. */
  readonly context: string;
}

/** A sentence for a place where there is no picture. */
export interface Notice {
  readonly kind: 'empty' | 'invalid' | 'gone';
  readonly problems: readonly { readonly message: string; readonly line: number }[];
}

/** Where a person has put things: key to the upper left corner, in the picture's own units. */
export type Positions = Readonly<Record<string, readonly [x: number, y: number]>>;

export interface Snapshot {
  readonly type: 'snapshot';
  /** Grows by one with each; an older one is dropped. */
  readonly revision: number;
  /** Null where there is nothing to draw; then `notice` says why. */
  readonly picture: Picture | null;
  /** Beside a picture: that it has nodes and nothing else yet. */
  readonly notice: Notice | null;
  /** By the key of a thing (`src/picture/keys.ts`). */
  readonly rows: Readonly<Record<string, RowRef>>;
  readonly positions: Positions;
  /** What is being done with the lab: `3 of 5 nodes`. */
  readonly work: string | null;
  /** False while the workspace is not trusted: then the lab is drawn and not touched. */
  readonly trusted: boolean;
}

/** What happened, in parts: each says which it is, so that the page sees when it has missed one and asks for all. */
export interface TimelinePart {
  readonly type: 'timeline';
  /** Of the recording: another one begins anew. */
  readonly id: number;
  readonly header: TimelineHeader;
  /** How many parts came before this one. */
  readonly nth: number;
  readonly events: readonly TimelineEvent[];
  /** Of the first part: what probes sent before it. */
  readonly packets: readonly PackedPackets[];
  /** The nodes' clock, milliseconds; null for a recording that is over. */
  readonly now: number | null;
  /** The probes that run, by their ids in the header. */
  readonly probing: readonly string[];
}

/** The way of a packet that was asked for. */
export interface Walked {
  readonly type: 'walked';
  /** As the page has asked. */
  readonly id: number;
  readonly hops: readonly Hop[];
}

/** A packet is to be followed from there: an instance by its name, or `outside`. */
export interface FollowFrom {
  readonly type: 'follow';
  readonly from: string;
}

/** What a console wrote. */
export interface ConsoleText {
  readonly type: 'consoleText';
  readonly id: string;
  readonly text: string;
}

export interface ConsoleEnded {
  readonly type: 'consoleEnded';
  readonly id: string;
  readonly reason: string;
}

/** Recorded runs, all that there are, to compare this one with. */
export interface RunsToCompare {
  readonly type: 'runs';
  readonly runs: readonly {
    /** What tells it from the others. */
    readonly name: string;
    readonly header: TimelineHeader;
    readonly events: readonly TimelineEvent[];
    readonly packets: readonly PackedPackets[];
  }[];
  /** The last one is shown at once. */
  readonly show: boolean;
}

/** The file of its lab has another name. */
export interface Renamed {
  readonly type: 'renamed';
  /** The key of the lab, by which the panel is restored. */
  readonly lab: string;
}

export type ToPage =
  Renamed | Snapshot | TimelinePart | RunsToCompare | Walked | FollowFrom | ConsoleText | ConsoleEnded;

const name = z.string().max(200);
const size = { columns: z.number().int().min(2).max(1000), rows: z.number().int().min(1).max(1000) };

/** What a page may say; anything else is dropped. */
export const fromPage = z.discriminatedUnion('type', [
  /** It has been loaded and knows nothing. */
  z.object({ type: z.literal('ready') }),
  /** A cable was drawn from one thing to another, by the ids of their rows. */
  z.object({ type: z.literal('connect'), from: name, to: name }),
  /** Something was put elsewhere; null: everything back to where the layout has it. */
  z.object({
    type: z.literal('move'),
    positions: z.record(name, z.tuple([z.number(), z.number()])).nullable(),
  }),
  /** It missed a part of the timeline. */
  z.object({ type: z.literal('resend') }),
  /** A recorded run is wanted, to compare this one with: the host asks which. */
  z.object({ type: z.literal('compare') }),
  /** Pings through the routers begin, or end. */
  z.object({ type: z.literal('probe'), on: z.boolean() }),
  /** One more begins; from and to as a scenario has them. */
  z.object({ type: z.literal('probeBetween'), kind: z.enum(PROBE_WORDS), from: name, to: name.nullable() }),
  z.object({ type: z.literal('probeStop'), id: name }),
  /** The way of a packet from a namespace of a node to an address. */
  z.object({
    type: z.literal('walk'),
    id: z.number(),
    from: z.object({ node: name, namespace: name }),
    to: z.union([z.ipv4(), z.ipv6()]),
  }),
  /** A shell where the row is: a node, a namespace, an instance. */
  z.object({ type: z.literal('console'), id: name, row: name, ...size }),
  z.object({ type: z.literal('consoleInput'), id: name, text: z.string().max(100_000) }),
  z.object({ type: z.literal('consoleSize'), id: name, ...size }),
  z.object({ type: z.literal('consoleClose'), id: name }),
  /** What it drew, for a file: text, base64 of a PNG; of `html` the colours that the file is to have. */
  z.object({ type: z.literal('export'), format: z.enum(['svg', 'png', 'html', 'jsonl']), content: z.string() }),
  /** A button of the page: one of the commands that it may run, on a row or on the lab itself. */
  z.object({ type: z.literal('command'), command: z.string().regex(/^neutron-lab\.\w+$/), row: name.nullable() }),
]);

export type FromPage = z.infer<typeof fromPage>;
