/** The times above the lanes, counted from the fault where there is one. */
import { type Scale, xOf } from './lanes.js';

const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];
/** Pixels that a label needs. */
const ROOM = 76;
/** Pixels of one of its letters. */
const LETTER = 6;

export function Axis({
  scale,
  zero,
  height,
}: {
  readonly scale: Scale;
  readonly zero: number;
  readonly height: number;
}) {
  const { from, to } = scale.window;
  const wanted = ((to - from) * ROOM) / Math.max(1, scale.width);
  const step = STEPS.find((one) => one >= wanted) ?? 7200;
  const times: number[] = [];
  for (let nth = Math.ceil((from - zero) / step); zero + nth * step <= to; nth += 1) times.push(nth * step);
  return (
    <g className="axis">
      {times.map((time) => {
        const x = xOf(scale, zero + time);
        const word = said(time, step);
        // One that would be cut off at an end would read as another time.
        const half = (word.length * LETTER) / 2;
        return (
          <g key={time}>
            <line x1={x} x2={x} y1={16} y2={height} />
            <text x={Math.min(Math.max(x, half), scale.width - half)} y={11} textAnchor="middle">
              {word}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function said(time: number, step: number): string {
  const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  const sign = time > 0 ? '+' : time < 0 ? '−' : '';
  const long = Math.abs(time);
  if (long < 120) return `${sign}${long.toFixed(digits)} s`;
  const minutes = Math.trunc(long / 60);
  const seconds = Math.round(long % 60);
  return `${sign}${minutes}:${String(seconds).padStart(2, '0')}`;
}
