/** Who was MASTER of a router when, and whether there were two, out of its timeline. Pure. */
import { ofKind, type Timeline, extentOf } from './timeline.js';

/** Milliseconds; `to` is the end of the timeline where it had not ended. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface NodeSpan extends Span {
  readonly node: string;
  /** It had not ended when the recording did. */
  readonly open: boolean;
}

/** When which replica was MASTER, in the order they began. */
export function masterSpans(timeline: Timeline, router: string): NodeSpan[] {
  const changes = ofKind(timeline.events, 'role')
    .filter((event) => event.router === router)
    .map(({ t, node, role }) => ({ t, node, on: role === 'MASTER' }));
  return spansOf(changes, extentOf(timeline).to);
}

/** When which node had an address of the router, the one with its prefix length; more than one at a time is two gateways. */
export function holderSpans(timeline: Timeline, router: string, address: string): NodeSpan[] {
  const died = ofKind(timeline.events, 'node')
    .filter(({ state }) => state === 'exited' || state === 'dead')
    .map(({ t, node }) => ({ t, node, on: false }));
  const changes = ofKind(timeline.events, 'holder')
    .filter((event) => event.router === router && event.address === address)
    .map(({ t, node, action }) => ({ t, node, on: action === 'add' }));
  return spansOf(
    [...changes, ...died].sort((one, other) => one.t - other.t),
    extentOf(timeline).to,
  );
}

/** The addresses of the router that anybody had. */
export function heldAddresses(timeline: Timeline, router: string): string[] {
  const own = ofKind(timeline.events, 'holder').filter((event) => event.router === router);
  return [...new Set(own.map(({ address }) => address))].sort();
}

function spansOf(changes: readonly { t: number; node: string; on: boolean }[], end: number): NodeSpan[] {
  const since = new Map<string, number>();
  const spans: NodeSpan[] = [];
  for (const { t, node, on } of changes) {
    const from = since.get(node);
    if (on && from === undefined) since.set(node, t);
    if (!on && from !== undefined) {
      spans.push({ node, from, to: t, open: false });
      since.delete(node);
    }
  }
  for (const [node, from] of since) spans.push({ node, from, to: end, open: true });
  return spans.sort((one, other) => one.from - other.from || one.node.localeCompare(other.node));
}

/** When two nodes or more had it at once: a stretch for each company. */
export function overlaps(spans: readonly NodeSpan[]): (Span & { readonly nodes: readonly string[] })[] {
  return counted(spans).flatMap(({ nodes, ...span }) => (nodes.length > 1 ? [{ ...span, nodes }] : []));
}

/** When nobody had it, between `from` and `to`. */
export function gaps(spans: readonly NodeSpan[], from: number, to: number): Span[] {
  const holes: Span[] = [];
  let covered = from;
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    if (span.from > covered && covered < to) holes.push({ from: covered, to: Math.min(span.from, to) });
    covered = Math.max(covered, span.to);
  }
  if (covered < to) holes.push({ from: covered, to });
  return holes;
}

/** Stretches of time in which the same nodes had it. */
function counted(spans: readonly NodeSpan[]): (Span & { nodes: string[] })[] {
  const times = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((one, other) => one - other);
  const parts: (Span & { nodes: string[] })[] = [];
  for (const [index, from] of times.entries()) {
    const to = times[index + 1];
    if (to === undefined) break;
    const nodes = [
      ...new Set(spans.filter((span) => span.from <= from && span.to >= to).map(({ node }) => node)),
    ].sort();
    const last = parts.at(-1);
    if (last?.to === from && last.nodes.join() === nodes.join())
      parts[parts.length - 1] = { from: last.from, to, nodes };
    else parts.push({ from, to, nodes });
  }
  return parts;
}

/**
 * A replica that became MASTER and was not for long: the election that went wrong at first, or a router that cannot decide.
 * @param within milliseconds
 */
export function flaps(timeline: Timeline, router: string, within: number): NodeSpan[] {
  return masterSpans(timeline, router).filter(({ from, to, open }) => !open && to - from <= within);
}
