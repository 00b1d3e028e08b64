/** Lanes of a timeline as the clock of the picture has them, without its tools. */
import * as l10n from '@vscode/l10n';
import { useId } from 'react';
import { Axis } from '../clock/axis.js';
import { LaneShapes, type Scale } from '../clock/lanes.js';
import { FOOT, LaneLabel, Marks, topsOf, zeroOf } from '../clock/marks.js';
import type { Track, Window } from '../clock/track.js';
import { useWidth } from '../clock/use-width.js';

const LABELS = 170;
const HEAD = 20;

/** @param now Seconds of the nodes' clock */
export function LanesView({ track, window, now }: { track: Track; window: Window; now: number }) {
  const [element, width] = useWidth();
  const clip = useId();
  const scale: Scale = { window, width: Math.max(60, width - LABELS - 4) };
  const tops = topsOf(track.lanes);
  const height = HEAD + (tops.at(-1) ?? 0) + FOOT;
  return (
    <div className="clock lanes" ref={element}>
      <svg
        width={Math.max(0, width)}
        height={height}
        role="img"
        aria-label={l10n.t('Roles, gateway addresses and probes over time')}
      >
        <g transform={`translate(${LABELS} 0)`}>
          <clipPath id={clip}>
            <rect x={0} y={0} width={scale.width} height={height} />
          </clipPath>
          <g clipPath={`url(#${clip})`}>
            <Axis scale={scale} zero={zeroOf(track, window)} height={height - FOOT} />
            <Marks track={track} scale={scale} height={height} />
          </g>
        </g>
        {track.lanes.map((lane, nth) => (
          <g key={lane.key} transform={`translate(0 ${HEAD + (tops[nth] ?? 0)})`}>
            <LaneLabel lane={lane} x={0} />
            <g transform={`translate(${LABELS} 0)`} clipPath={`url(#${clip})`}>
              <LaneShapes lane={lane} scale={scale} now={now} />
            </g>
          </g>
        ))}
      </svg>
    </div>
  );
}
