/** One lane each: of a replica, of an address, of a probe. */
import * as l10n from '@vscode/l10n';
import { hueClass } from '../canvas/hue.js';
import { indexAt } from './samples.js';
import type { HolderLane, Lane, ProbeLane, RoleLane, Span, Window } from './track.js';

export interface Scale {
  readonly window: Window;
  /** Pixels. */
  readonly width: number;
}

export function xOf({ window: { from, to }, width }: Scale, time: number): number {
  return ((time - from) / (to - from)) * width;
}

export const HEIGHTS = { role: 24, holder: 18, probe: 34 } as const;
export const GAP = 7;

export function LaneShapes({ lane, scale, now }: { readonly lane: Lane; readonly scale: Scale; readonly now: number }) {
  switch (lane.kind) {
    case 'role':
      return <Role lane={lane} scale={scale} now={now} />;
    case 'holder':
      return <Holder lane={lane} scale={scale} now={now} />;
    case 'probe':
      return <Probe lane={lane} scale={scale} now={now} />;
  }
}

interface Props<L> {
  readonly lane: L;
  readonly scale: Scale;
  readonly now: number;
}

function Role({ lane, scale, now }: Props<RoleLane>) {
  return (
    <g className="lane role-lane">
      <Spans spans={lane.spans} scale={scale} now={now} height={HEIGHTS.role} />
      <path className="advert" d={ticks(lane.adverts, scale, 2, HEIGHTS.role - 2)} />
      <Words spans={lane.spans} scale={scale} now={now} height={HEIGHTS.role} />
    </g>
  );
}

function Holder({ lane, scale, now }: Props<HolderLane>) {
  return (
    <g className={`lane holder-lane ${hueClass(lane.hue)}`}>
      <Spans spans={lane.spans} scale={scale} now={now} height={HEIGHTS.holder} />
      <path className="garp" d={arrows(lane.announced, scale)} />
      <Words spans={lane.spans} scale={scale} now={now} height={HEIGHTS.holder} inset={BESIDE_ARROW} />
    </g>
  );
}

interface SpansProps {
  readonly spans: readonly Span[];
  readonly scale: Scale;
  readonly now: number;
  readonly height: number;
}

function Spans({ spans, scale, now, height }: SpansProps) {
  return spans.map((span) => {
    const [left, right] = edgesOf(span, scale, now);
    if (right <= left) return null;
    return (
      <g key={span.from} className={`span ${span.tone}`}>
        <rect x={left} y={0} width={right - left} height={height} rx={3} />
      </g>
    );
  });
}

/** Of who has the gateway where no node is named. */
function wordOf(tone: Span['tone']): string {
  return tone === 'unknown' ? l10n.t('nobody watched') : l10n.t('nobody holds it');
}

/** Pixels from the beginning of a span to its word; where a gratuitous ARP may stand at the beginning, beside that. */
const INSET = 7;
const BESIDE_ARROW = 13;

/** Above what is drawn on the spans: what is read goes before what is counted. */
function Words({ spans, scale, now, height, inset = INSET }: SpansProps & { readonly inset?: number }) {
  return spans.map((span) => {
    const { from, tone } = span;
    const word = span.word === '' ? wordOf(tone) : span.word;
    const [left, right] = edgesOf(span, scale, now);
    if (right - left <= word.length * 8 + inset + 3) return null;
    return (
      <g key={from} className={`span ${tone}`}>
        <text x={left + inset} y={height / 2 + 4}>
          {word}
        </text>
      </g>
    );
  });
}

function edgesOf({ from, to }: Span, scale: Scale, now: number): [number, number] {
  return [Math.max(0, xOf(scale, from)), Math.min(scale.width, xOf(scale, to ?? now))];
}

/** Round trips upwards, losses as a red ground. */
function Probe({ lane, scale, now }: Props<ProbeLane>) {
  const { window, width } = scale;
  const columns = lane.samples.columns(window.from, window.to, Math.max(1, Math.floor(width / 2)));
  const worst = columns.reduce((most, column) => Math.max(most, column?.worst ?? 0), 0.0005);
  const height = HEIGHTS.probe;
  const answered: string[] = [];
  const lost: string[] = [];
  columns.forEach((column, nth) => {
    if (column === null) return;
    const x = nth * 2 + 0.5;
    if (column.lost > 0) lost.push(`M ${x} ${height} v -8`);
    else answered.push(`M ${x} ${height} v ${(-3 - (height - 6) * Math.sqrt(column.worst / worst)).toFixed(1)}`);
  });
  return (
    <g className="lane probe-lane">
      {lane.outages.map(({ from, to, lost: packets }) => {
        const left = Math.max(0, xOf(scale, from));
        const right = Math.min(width, xOf(scale, to ?? now));
        if (right <= left) return null;
        return (
          <g key={from} className="outage">
            <rect x={left} y={height - 9} width={right - left} height={9} />
            {right - left > 80 ? (
              <text x={(left + right) / 2} y={height - 13} textAnchor="middle">
                {l10n.t('{0} lost', packets)}
              </text>
            ) : null}
          </g>
        );
      })}
      <path className="answered" d={answered.join(' ')} />
      <path className="lost" d={lost.join(' ')} />
    </g>
  );
}

/** One tick for each pixel at most. */
function seen(times: Float64Array, scale: Scale): number[] {
  const { from, to } = scale.window;
  const xs: number[] = [];
  for (let nth = indexAt(times, from); nth < times.length && (times[nth] ?? 0) <= to; nth += 1) {
    const x = Math.round(xOf(scale, times[nth] ?? 0));
    if (xs.at(-1) !== x) xs.push(x);
  }
  return xs;
}

function ticks(times: Float64Array, scale: Scale, top: number, bottom: number): string {
  return seen(times, scale)
    .map((x) => `M ${x} ${top} V ${bottom}`)
    .join(' ');
}

function arrows(times: Float64Array, scale: Scale): string {
  return seen(times, scale)
    .map((x) => `M ${x - 4} 1 h 8 l -4 8 Z`)
    .join(' ');
}
