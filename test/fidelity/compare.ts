/** Puts a recording and a lab side by side. */
import { diffArrays } from 'diff';
import { type Accepted, ACCEPTED } from './accepted.js';
import { type Files, ROOT_PLACE, type Snapshot } from './recording.js';
import { type Thing, THINGS, isIn } from './things.js';

/** One line that only one of the two has. */
export interface Difference {
  readonly node: string;
  readonly place: string;
  readonly thing: Thing;
  readonly side: 'recorded' | 'lab';
  readonly line: string;
  readonly accepted: Accepted | null;
}

export interface Verdict {
  readonly thing: Thing;
  /** How many places had it, in the recording or in the lab. */
  readonly compared: number;
  readonly differences: readonly Difference[];
}

/** What a rule on differences may look at. */
export interface Context {
  readonly recorded: Snapshot;
  readonly lab: Snapshot;
}

const NOTHING: Files = new Map();

export function compare(context: Context): readonly Verdict[] {
  return THINGS.map((thing) => {
    const found = places(context).filter(({ place }) => isIn(thing, place));
    const pairs = found.map((at) => ({
      at,
      recorded: thing.lines(context.recorded.get(at.node)?.get(at.place) ?? NOTHING),
      lab: thing.lines(context.lab.get(at.node)?.get(at.place) ?? NOTHING),
    }));
    const there = pairs.filter(({ recorded, lab }) => [...(recorded ?? []), ...(lab ?? [])].length > 0);
    const differences = there.flatMap(({ at, recorded, lab }) =>
      diffArrays([...(recorded ?? [])], [...(lab ?? [])]).flatMap(({ added, removed, value }) =>
        added || removed
          ? value.map((line): Difference => {
              const difference = { ...at, thing, side: added ? ('lab' as const) : ('recorded' as const), line };
              return { ...difference, accepted: ACCEPTED.find((rule) => rule.covers(difference, context)) ?? null };
            })
          : [],
      ),
    );
    return { thing, compared: there.length, differences };
  });
}

function places({ recorded, lab }: Context): readonly { readonly node: string; readonly place: string }[] {
  return [...recorded].flatMap(([node, there]) => {
    const names = new Set([...there.keys(), ...(lab.get(node)?.keys() ?? [])]);
    return [...names]
      .sort((one, other) => Number(one === ROOT_PLACE) - Number(other === ROOT_PLACE))
      .map((place) => ({ node, place }));
  });
}

export function unexplained(verdicts: readonly Verdict[]): readonly Difference[] {
  return verdicts.flatMap(({ differences }) => differences.filter(({ accepted }) => accepted === null));
}

export function differenceText({ node, place, thing, side, line }: Difference): string {
  return `${node} ${place} ${thing.title}\n  ${side === 'recorded' ? '- Neutron' : '+ lab    '} ${line}`;
}
