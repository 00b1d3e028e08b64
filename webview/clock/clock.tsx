/** One clock for everything: a lane for each replica, each gateway address and each probe, with faults and theory across them. */
import * as l10n from '@vscode/l10n';
import { type KeyboardEvent, type PointerEvent, type WheelEvent, useEffect, useId, useRef } from 'react';
import { markFrame } from '../mark-frame.js';
import { Axis } from './axis.js';
import { clock, useClock, zoomed } from './clock-state.js';
import { HEIGHTS, LaneShapes, type Scale, xOf } from './lanes.js';
import { StopProbe } from './new-probe.js';
import { FOOT, LaneLabel, Marks, topsOf, zeroOf } from './marks.js';
import type { Track, Window } from './track.js';
import { useWidth } from './use-width.js';

const LABELS = 190;
const HEAD = 20;

interface Props {
  readonly track: Track;
  /** The nodes' clock now; the end of a recording. */
  readonly now: number;
  /** What is seen where nobody chose a part of it. */
  readonly whole: Window;
  /** Seconds by which the clock of this track is ahead of the one that a person moves in. */
  readonly shift?: number;
  /** Probes that can be stopped, by their ids. */
  readonly running?: readonly string[];
}

export function Clock({ track, now, whole, shift = 0, running = [] }: Props) {
  const chosen = useClock(({ window }) => window);
  const cursor = useClock((state) => state.cursor);
  const [element, width] = useWidth();
  const window = chosen ?? whole;
  const scale: Scale = { window, width: Math.max(60, width - LABELS - 16) };
  const own: Scale = { ...scale, window: { from: window.from + shift, to: window.to + shift } };
  const zero = zeroOf(track, own.window);
  const tops = topsOf(track.lanes);
  const height = HEAD + (tops.at(-1) ?? 0) + FOOT;
  const drawn = width > 0;
  useEffect(() => {
    if (drawn) markFrame('clock');
  }, [drawn]);
  const drag = useDrag(scale, window);
  const clip = useId();

  return (
    <div className="lanes" ref={element}>
      <svg
        width={Math.max(0, width)}
        height={height}
        role="group"
        aria-label={l10n.t('Roles, gateway addresses and probes over time')}
        tabIndex={0}
        onWheel={(event) => {
          wheel(event, scale, window);
        }}
        onKeyDown={(event) => {
          keys(event, window, cursor ?? window.to);
        }}
        {...drag}
      >
        <g transform={`translate(${LABELS} 0)`}>
          <clipPath id={clip}>
            <rect x={0} y={0} width={scale.width} height={height} />
          </clipPath>
          <g clipPath={`url(#${clip})`}>
            <Axis scale={own} zero={zero} height={height} />
            <Marks track={track} scale={own} height={height} />
          </g>
        </g>
        {track.lanes.map((lane, nth) => {
          const top = HEAD + (tops[nth] ?? 0);
          const stops = lane.kind === 'probe' && running.includes(lane.id);
          return (
            <g key={lane.key} transform={`translate(0 ${top})`}>
              <LaneLabel lane={lane} x={14} letters={stops ? 23 : 24} />
              {lane.kind === 'probe' && stops ? (
                <StopProbe id={lane.id} name={lane.name} x={LABELS - 12} y={HEIGHTS.probe / 2} />
              ) : null}
              <g transform={`translate(${LABELS} 0)`} clipPath={`url(#${clip})`}>
                <LaneShapes lane={lane} scale={own} now={now} />
              </g>
            </g>
          );
        })}
        {cursor === null ? null : (
          <line
            className="cursor"
            x1={LABELS + xOf(scale, cursor)}
            x2={LABELS + xOf(scale, cursor)}
            y1={12}
            y2={height}
          />
        )}
      </svg>
    </div>
  );
}

function wheel(event: WheelEvent<SVGSVGElement>, scale: Scale, window: Window): void {
  const { left } = event.currentTarget.getBoundingClientRect();
  const share = (event.clientX - left - LABELS) / scale.width;
  const around = window.from + share * (window.to - window.from);
  if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
    const by = ((event.deltaX + event.deltaY) / scale.width) * (window.to - window.from);
    clock.set({ window: { from: window.from + by, to: window.to + by } });
  } else if (event.ctrlKey || event.metaKey || event.altKey) {
    clock.set({ window: zoomed(window, around, Math.exp(event.deltaY * 0.003)) });
  }
}

/** Left and right go through time, plus and minus zoom, End is now. */
function keys(event: KeyboardEvent, window: Window, cursor: number): void {
  const step = (window.to - window.from) / 50;
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowRight': {
      const to = cursor + (event.key === 'ArrowLeft' ? -step : step);
      clock.set({ window, cursor: to, speed: 0 });
      break;
    }
    case '+':
    case '-':
      clock.set({ window: zoomed(window, cursor, event.key === '+' ? 0.7 : 1.4) });
      break;
    case 'End':
    case 'Escape':
      clock.set({ window: null, cursor: null, speed: 0 });
      break;
    default:
      return;
  }
  event.preventDefault();
}

/** Dragging moves the moment that is shown; with Shift, or on the labels of time, the window itself. */
function useDrag(scale: Scale, window: Window) {
  const start = useRef<{ readonly x: number; readonly window: Window; readonly pan: boolean } | null>(null);
  const at = (event: PointerEvent<SVGSVGElement>): number => {
    const { left } = event.currentTarget.getBoundingClientRect();
    return window.from + ((event.clientX - left - LABELS) / scale.width) * (window.to - window.from);
  };
  return {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
      const { top, left } = event.currentTarget.getBoundingClientRect();
      if (event.button !== 0 || event.clientX - left < LABELS) return;
      const pan = event.shiftKey || event.clientY - top < HEAD;
      start.current = { x: event.clientX, window, pan };
      event.currentTarget.setPointerCapture(event.pointerId);
      clock.set(pan ? { window } : { window, cursor: at(event), speed: 0 });
    },
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      const { current } = start;
      if (current === null) return;
      if (!current.pan) {
        clock.set({ cursor: Math.min(Math.max(at(event), window.from), window.to) });
        return;
      }
      const by = ((current.x - event.clientX) / scale.width) * (current.window.to - current.window.from);
      clock.set({ window: { from: current.window.from + by, to: current.window.to + by } });
    },
    onPointerUp: () => {
      start.current = null;
    },
  };
}
