/** What goes across all lanes, and how lanes are named and put. */
import * as l10n from '@vscode/l10n';
import { faultWord } from '../fault-words.js';
import { GAP, HEIGHTS, type Scale, xOf } from './lanes.js';
import { labelLines, placeWords } from './mark-words.js';
import type { Lane, Track, Window } from './track.js';

/** Pixels below the lanes, for two rows of words. */
export const FOOT = 30;
/** Pixels from a line of a label to the next. */
const LINE = 14;
/** Pixels above the lower edge, by their row. */
const ROWS = [18, 4] as const;

interface MarksProps {
  readonly track: Track;
  readonly scale: Scale;
  readonly height: number;
}

export function Marks({ track, scale, height }: MarksProps) {
  const { theory } = track;
  const words = track.faults.map(({ at, fault, node, healed }) => ({
    text: healed ? l10n.t('{0} healed', node) : `${node} · ${faultWord(fault)}`,
    x: xOf(scale, at),
  }));
  const theoryWord =
    theory === null || theory.to < scale.window.from ? null : { text: l10n.t('theory'), x: xOf(scale, theory.to) };
  const places = placeWords(words, theoryWord, scale.width);
  return (
    <>
      {theory === null ? null : (
        <g className="theory-band">
          <rect
            x={xOf(scale, theory.from)}
            y={14}
            width={Math.max(1, xOf(scale, theory.to) - xOf(scale, theory.from))}
            height={height - 14}
          />
          {theoryWord === null ? null : (
            <text x={theoryWord.x + 4} y={height - ROWS[1]}>
              {theoryWord.text}
            </text>
          )}
        </g>
      )}
      {track.faults.map(({ at, fault, node, more, healed }, nth) => {
        const x = xOf(scale, at);
        const place = places[nth] ?? null;
        return (
          <g key={`${at} ${fault} ${node}`} className={healed ? 'fault healed' : 'fault'}>
            <title>{more}</title>
            <line x1={x} x2={x} y1={14} y2={height} />
            {place === null ? null : (
              <text x={place.x} y={height - ROWS[place.row]}>
                {words[nth]?.text}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

/** Times are counted from the last fault before the end of what is seen, else from the beginning. */
export function zeroOf({ faults, start }: Track, { to }: Window): number {
  return faults.filter(({ at, healed }) => !healed && at <= to).at(-1)?.at ?? start;
}

/** Where each lane begins, and after the last where all end. */
export function topsOf(lanes: readonly Lane[]): number[] {
  const tops = [0];
  for (const { kind } of lanes) tops.push((tops.at(-1) ?? 0) + HEIGHTS[kind] + GAP);
  return tops;
}

export function labelOf(lane: Lane): string {
  switch (lane.kind) {
    case 'role':
      return l10n.t('{0} on {1}', lane.router, lane.node);
    case 'holder':
      return l10n.t('gateway {0}', lane.address);
    case 'probe':
      return lane.name;
  }
}

interface LabelProps {
  readonly lane: Lane;
  readonly x: number;
  /** As many have room beside the lanes. */
  readonly letters?: number;
}

export function LaneLabel({ lane, x, letters = 24 }: LabelProps) {
  const label = labelOf(lane);
  const lines = labelLines(label, letters, lane.kind === 'probe' ? 2 : 1);
  const middle = HEIGHTS[lane.kind] / 2 + 4;
  return (
    <text className="lane-label">
      <title>{label}</title>
      {lines.map((line, nth) => (
        <tspan key={line} className={nth > 0 ? 'more' : ''} x={x} y={middle + (nth - (lines.length - 1) / 2) * LINE}>
          {line}
        </tspan>
      ))}
    </text>
  );
}
