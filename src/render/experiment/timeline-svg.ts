/** A timeline drawn as SVG, for a page or a slide. Pure; colours and fonts are the style sheet's (experiment-html.ts). */
import type { ReportedRun } from '../../experiment/experiment-report.js';
import type { TimelineRole } from '../../experiment/timeline/event.js';
import { heldAddresses, holderSpans } from '../../experiment/timeline/mastership.js';
import { probeSummary } from '../../experiment/timeline/outages.js';
import { type Timeline, extentOf, ofKind } from '../../experiment/timeline/timeline.js';
import { attribute, text } from './markup.js';

const WIDTH = 1120;
const LABEL = 210;
const LANE = 26;
const BAR = 14;
const TOP = 46;

interface Scale {
  readonly x: (t: number) => number;
  readonly from: number;
  readonly to: number;
  /** The moment that is 0 s. */
  readonly zero: number;
}

export function timelineSvg(timeline: Timeline, run: ReportedRun): string {
  const { zero_ms: zero } = run;
  const extent = extentOf(timeline);
  // Some seconds before the fault are enough to see what was so.
  const from = Math.max(extent.from, zero - 4000);
  const to = Math.max(extent.to, zero + 1000);
  const scale: Scale = {
    x: (t) => LABEL + ((Math.min(Math.max(t, from), to) - from) / (to - from)) * (WIDTH - LABEL - 20),
    from,
    to,
    zero,
  };
  const router = timeline.header.routers.find(({ name }) => name === run.router) ?? timeline.header.routers[0];
  const lanes = [
    ...(router ? router.nodes.map((node) => ({ label: node, body: roleLane(timeline, router.id, node, scale) })) : []),
    ...(router ? holderLanes(timeline, router.id, scale) : []),
    ...timeline.header.probes.map(({ id, name }) => ({ label: name, body: probeLane(timeline, id, scale) })),
  ];
  const bottom = TOP + lanes.length * LANE;
  const height = bottom + 34;
  return [
    `<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${attribute(`Timeline of run ${String(run.run)}`)}">`,
    grid(scale, bottom),
    theoryBand(run, scale, bottom),
    ...lanes.map(
      ({ label, body }, index) =>
        `<g transform="translate(0 ${TOP + index * LANE})"><text class="label" x="${LABEL - 12}" y="${BAR}">${text(shortened(label))}<title>${text(label)}</title></text>${body}</g>`,
    ),
    faultLines(timeline, scale, bottom),
    '</svg>',
  ].join('\n');
}

function shortened(label: string): string {
  return label.length > 32 ? `${label.slice(0, 31)}…` : label;
}

function rect(kind: string, from: number, to: number, scale: Scale, title: string, y = 3, height = BAR): string {
  const x = scale.x(from);
  const width = Math.max(1.2, scale.x(to) - x);
  return `<rect class="${kind}" x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${height}" rx="2"><title>${text(title)}</title></rect>`;
}

function at(t: number, { zero }: Scale): string {
  return `${((t - zero) / 1000).toFixed(2)} s`;
}

const ROLE_LETTER: Readonly<Record<TimelineRole, string>> = { MASTER: 'M', BACKUP: 'B', FAULT: 'F', UNKNOWN: '?' };

function roleLane(timeline: Timeline, router: string, node: string, scale: Scale): string {
  const changes = ofKind(timeline.events, 'role').filter((event) => event.router === router && event.node === node);
  const bars = changes.map(({ t, role, remark }, index) => {
    const end = changes[index + 1]?.t ?? scale.to;
    if (end < scale.from) return '';
    const title = `${node} ${role}${remark === null ? '' : ` (${remark})`}, ${at(t, scale)} to ${at(end, scale)}`;
    const bar = rect(`role ${role.toLowerCase()}`, t, end, scale, title);
    const wide = scale.x(end) - scale.x(t) > 16;
    return wide
      ? `${bar}<text class="letter ${role.toLowerCase()}" x="${(scale.x(t) + 5).toFixed(1)}" y="${BAR}">${ROLE_LETTER[role]}</text>`
      : bar;
  });
  const own = timeline.events.filter((event) => event.node === node && event.t >= scale.from);
  const adverts = ofKind(own, 'advert')
    .filter((event) => event.router === router && event.direction === 'out')
    .map(({ t, priority }) =>
      tick(
        priority === 0 ? 'advert farewell' : 'advert',
        t,
        scale,
        18,
        23,
        `advertisement, priority ${String(priority)}, ${at(t, scale)}`,
      ),
    );
  const announcements = ofKind(own, 'announcement')
    .filter((event) => event.router === router)
    .map(({ t, address, how }) =>
      tick(
        'announcement',
        t,
        scale,
        -4,
        3,
        `${how === 'garp' ? 'gratuitous ARP' : 'neighbour advertisement'} for ${address}, ${at(t, scale)}`,
      ),
    );
  return [...bars, ...adverts, ...announcements].join('');
}

function tick(kind: string, t: number, scale: Scale, from: number, to: number, title: string): string {
  const x = scale.x(t).toFixed(1);
  return `<path class="${kind}" d="M${x} ${from}V${to}"><title>${text(title)}</title></path>`;
}

/** One lane: who had the first gateway address. */
function holderLanes(timeline: Timeline, router: string, scale: Scale): { label: string; body: string }[] {
  const [address] = heldAddresses(timeline, router).filter((one) => one.includes('.'));
  if (address === undefined) return [];
  const spans = holderSpans(timeline, router, address).filter(({ to }) => to >= scale.from);
  const nodes = [...new Set(spans.map(({ node }) => node))];
  const height = Math.max(4, Math.floor(BAR / Math.max(1, nodes.length)));
  const body = spans.map(({ node, from, to }) =>
    rect(
      'holder',
      from,
      to,
      scale,
      `${node} has ${address}, ${at(from, scale)} to ${at(to, scale)}`,
      3 + nodes.indexOf(node) * height,
      height - 1,
    ),
  );
  return [{ label: `has ${address}`, body: body.join('') }];
}

function probeLane(timeline: Timeline, probe: string, scale: Scale): string {
  const requests = ofKind(timeline.events, 'probe').filter((event) => event.probe === probe);
  const answered = requests.filter(({ outcome }) => outcome === 'answered').map(({ sent }) => sent);
  const { outages } = probeSummary(timeline, probe);
  const first = requests[0]?.sent ?? scale.from;
  const last = Math.max(first, ...answered);
  const lost = outages.map(({ from, to, lost: count }) =>
    rect(
      'lost',
      from,
      to,
      scale,
      `${String(count)} lost, ${at(from, scale)} to ${at(to, scale)}: ${((to - from) / 1000).toFixed(2)} s`,
    ),
  );
  const words = outages
    .filter(({ from, to }) => scale.x(to) - scale.x(from) > 44)
    .map(
      ({ from, to }) =>
        `<text class="length" x="${((scale.x(from) + scale.x(to)) / 2).toFixed(1)}" y="${BAR}">${((to - from) / 1000).toFixed(2)} s</text>`,
    );
  const broken = requests
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ t, error }) => tick('broken', t, scale, 0, 22, `the connection broke: ${error ?? ''}, ${at(t, scale)}`));
  const whole = rect('answered', first, last, scale, 'answered', 7, 6);
  return [whole, ...lost, ...words, ...broken].join('');
}

function grid({ x, from, to, zero }: Scale, bottom: number): string {
  const span = (to - from) / 1000;
  const step = [1, 2, 5, 10, 20, 60, 120, 300].find((one) => span / one <= 14) ?? 600;
  const lines: string[] = [];
  for (let second = Math.ceil((from - zero) / 1000 / step) * step; second <= (to - zero) / 1000; second += step) {
    const at = x(zero + second * 1000).toFixed(1);
    lines.push(
      `<path class="grid" d="M${at} ${TOP - 6}V${bottom}"/><text class="axis" x="${at}" y="${bottom + 16}">${String(second)} s</text>`,
    );
  }
  return lines.join('');
}

function theoryBand({ theory }: ReportedRun, scale: Scale, bottom: number): string {
  if (theory.high === Infinity || theory.low <= 0) return '';
  const [from, to] = [scale.zero + theory.low * 1000, scale.zero + theory.high * 1000];
  const x = scale.x(from);
  const width = Math.max(1, scale.x(to) - x);
  const title = `theory: back after ${theory.low.toFixed(2)} to ${theory.high.toFixed(2)} s`;
  return `<rect class="theory" x="${x.toFixed(1)}" y="${TOP - 6}" width="${width.toFixed(1)}" height="${bottom - TOP + 6}"><title>${text(title)}</title></rect><text class="theory-word" x="${(x + width / 2).toFixed(1)}" y="${TOP - 10}">theory</text>`;
}

function faultLines(timeline: Timeline, scale: Scale, bottom: number): string {
  const seen = new Set<string>();
  return ofKind(timeline.events, 'fault')
    .flatMap(({ t, action, what }) => {
      const key = `${action} ${String(t)}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const x = scale.x(action === 'injected' && seen.size === 1 ? scale.zero : t).toFixed(1);
      const word = action === 'injected' ? '✗ fault' : '✓ healed';
      return `<path class="event ${action}" d="M${x} ${TOP - 22}V${bottom}"><title>${text(action === 'injected' ? what : 'healed')}</title></path><text class="fault-word ${action}" x="${x}" y="${TOP - 28}">${word}</text>`;
    })
    .join('');
}
