/** The times above the lanes, counted from the fault where there is one. */
import { type Scale, xOf } from './lanes.js';

const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];
/** Pixels that a label needs. */
const ROOM = 76;

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
        return (
          <g key={time}>
            <line x1={x} x2={x} y1={16} y2={height} />
            <text x={x} y={11} textAnchor="middle">
              {said(time, step)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function said(time: number, step: number): string {
  const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  const sign = time > 0 ? '+' : '';
  if (Math.abs(time) < 120) return `${sign}${time.toFixed(digits)} s`;
  const minutes = Math.trunc(time / 60);
  const seconds = Math.abs(Math.round(time % 60));
  return `${sign}${minutes}:${String(seconds).padStart(2, '0')}`;
}
