/** What goes across all lanes, and how lanes are named and put. */
import * as l10n from '@vscode/l10n';
import { faultWord } from '../fault-words.js';
import { GAP, HEIGHTS, type Scale, xOf } from './lanes.js';
import type { Lane, Track, Window } from './track.js';

interface MarksProps {
  readonly track: Track;
  readonly scale: Scale;
  readonly height: number;
  /** How far above the lower edge the words of faults stand; theory's stand at the edge. */
  readonly faultsAt?: number;
}

export function Marks({ track, scale, height, faultsAt = 3 }: MarksProps) {
  const { theory } = track;
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
          {theory.to < scale.window.from ? null : (
            <text x={xOf(scale, theory.to) + 4} y={height - 3}>
              {l10n.t('theory')}
            </text>
          )}
        </g>
      )}
      {track.faults.map(({ at, fault, node, more, healed }) => {
        const x = xOf(scale, at);
        return (
          <g key={`${at} ${fault} ${node}`} className={healed ? 'fault healed' : 'fault'}>
            <title>{more}</title>
            <line x1={x} x2={x} y1={14} y2={height} />
            {x < 0 ? null : (
              <text x={x + 4} y={height - faultsAt}>
                {healed ? l10n.t('{0} healed', node) : `${node} · ${faultWord(fault)}`}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

/** Times are counted from the last fault in sight, else from the beginning. */
export function zeroOf({ faults, start }: Track, { from, to }: Window): number {
  const seen = faults.filter(({ at, healed }) => !healed && at >= from && at <= to);
  return seen.at(-1)?.at ?? start;
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

/** What has room beside the lanes. */
export function shortened(label: string, letters = 26): string {
  return label.length > letters ? `${label.slice(0, letters - 1)}…` : label;
}
