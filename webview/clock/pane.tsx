/** The clock with its buttons and its figures. */
import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState } from 'react';
import { store } from '../store.js';
import { Clock } from './clock.js';
import { LIVE_SPAN, clock, useClock } from './clock-state.js';
import { pngOf, svgOf } from './export.js';
import { CompareWith, Comparison } from './comparison.js';
import { Figures, figuresInWords } from './figures.js';
import { NewProbe } from './new-probe.js';
import { bothWhole, meetingPoint } from './measured.js';
import { type OtherRun, useOtherRuns } from './other-runs.js';
import type { Track, Window } from './track.js';
import { useTrack } from './use-track.js';

export function ClockPane() {
  const { track, live, now, probing } = useTrack();
  const element = useRef<HTMLDivElement>(null);
  const paused = useClock(({ window, cursor }) => window !== null || cursor !== null);
  const speed = useClock((state) => state.speed);
  const time = useTime(live && !paused, now);
  usePlaying(speed, track?.end ?? 0);
  const { chosen: other } = useOtherRuns();
  if (track === null || track.lanes.length === 0) return null;
  const whole = wholeOf(track, live, time, other);
  return (
    <section className="clock" ref={element} aria-label={l10n.t('Clock')}>
      <div className="clock-head">
        <h2>{l10n.t('Clock')}</h2>
        <Buttons paused={paused} live={live} speed={speed} start={track.broken ? track.broken.at - 3 : track.start} />
        <span className="grow" />
        <NewProbe />
        <CompareWith />
        <Exports
          find={() => element.current?.querySelector('svg') ?? null}
          caption={() =>
            [store.now.snapshot?.picture?.lab ?? '', figuresInWords(track)].filter((part) => part !== '').join(' · ')
          }
        />
      </div>
      <div className="clock-body">
        <div className="clock-runs">
          <Clock track={track} now={live ? time : track.end} whole={whole} running={probing} />
          {other === null ? null : <Comparison track={track} other={other} whole={whole} />}
        </div>
        <Figures track={track} />
      </div>
    </section>
  );
}

/** Live, the last seconds; of recordings all of both. */
function wholeOf(track: Track, live: boolean, time: number, other: OtherRun | null): Window {
  if (other) return bothWhole(track, other.track, meetingPoint(other.track) - meetingPoint(track));
  return live ? { from: time - LIVE_SPAN, to: time + 0.5 } : { from: track.start, to: track.end };
}

interface ButtonsProps {
  readonly paused: boolean;
  readonly live: boolean;
  readonly speed: number;
  readonly start: number;
}

/** Seconds that are seen before what a replay begins with, and after. */
const BEFORE = 1;

function replay(start: number): void {
  const { cursor, window } = clock.now;
  const from = cursor ?? window?.from ?? start;
  clock.set({ cursor: from, window: window ?? { from: from - BEFORE, to: from + LIVE_SPAN }, speed: 1 });
}

/** How many times as fast a replay may be. */
const SPEEDS = [1, 0.25, 4, 16];

function Buttons({ paused, live, speed, start }: ButtonsProps) {
  const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
  return (
    <>
      {live && paused ? (
        <vscode-button
          appearance="secondary"
          onClick={() => {
            clock.set({ window: null, cursor: null, speed: 0 });
          }}
        >
          {l10n.t('Live')}
        </vscode-button>
      ) : null}
      <vscode-button
        appearance="secondary"
        onClick={() => {
          if (speed > 0) clock.set({ speed: 0 });
          else replay(start);
        }}
      >
        {speed > 0 ? l10n.t('Stop') : l10n.t('Replay')}
      </vscode-button>
      {speed > 0 ? (
        <vscode-button
          appearance="secondary"
          aria-label={l10n.t('Speed')}
          onClick={() => {
            clock.set({ speed: next });
          }}
        >
          {`× ${speed}`}
        </vscode-button>
      ) : null}
    </>
  );
}

interface ExportsProps {
  readonly find: () => SVGSVGElement | null;
  readonly caption: () => string;
}

function Exports({ find, caption }: ExportsProps) {
  const save = async (format: 'svg' | 'png'): Promise<void> => {
    const svg = find();
    if (svg === null) return;
    const content = format === 'svg' ? svgOf(svg, caption()) : await pngOf(svg, caption());
    store.transport?.post({ type: 'export', format, content });
  };
  return (
    <>
      <vscode-button appearance="secondary" onClick={() => void save('svg')}>
        SVG
      </vscode-button>
      <vscode-button appearance="secondary" onClick={() => void save('png')}>
        PNG
      </vscode-button>
      {store.transport?.attended === true ? <WholeExports /> : null}
    </>
  );
}

/** What the host makes. */
function WholeExports() {
  return (
    <>
      <vscode-button
        appearance="secondary"
        title={l10n.t('The picture with its clock as one file, for any browser')}
        onClick={() => {
          const content = document.documentElement.getAttribute('style') ?? '';
          store.transport?.post({ type: 'export', format: 'html', content });
        }}
      >
        HTML
      </vscode-button>
      <vscode-button
        appearance="secondary"
        title={l10n.t('The timeline as JSON lines')}
        onClick={() => {
          store.transport?.post({ type: 'export', format: 'jsonl', content: '' });
        }}
      >
        JSON
      </vscode-button>
    </>
  );
}

/** The nodes' clock as it goes on since it was told last, some times a second. */
function useTime(running: boolean, told: number): number {
  const [time, setTime] = useState(told);
  useEffect(() => {
    if (!running) return undefined;
    const began = performance.now();
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const timer = setInterval(
      () => {
        setTime(told + (performance.now() - began) / 1000);
      },
      calm ? 1000 : 66,
    );
    return () => {
      clearInterval(timer);
    };
  }, [running, told]);
  // Another recording may have begun since.
  return Math.max(time, told);
}

/** Moves the moment that is shown on, until the end. */
function usePlaying(speed: number, end: number): void {
  useEffect(() => {
    if (speed === 0) return undefined;
    let last = performance.now();
    let frame = 0;
    const go = (now: number): void => {
      const cursor = (clock.now.cursor ?? 0) + ((now - last) / 1000) * speed;
      last = now;
      const { window } = clock.now;
      const span = window ? window.to - window.from : 0;
      const follow =
        window && cursor > window.to ? { window: { from: cursor - span * 0.1, to: cursor + span * 0.9 } } : {};
      clock.set(cursor >= end ? { cursor: end, speed: 0, ...follow } : { cursor, ...follow });
      frame = requestAnimationFrame(go);
    };
    frame = requestAnimationFrame(go);
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [speed, end]);
}
