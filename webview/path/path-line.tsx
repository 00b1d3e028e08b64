/** The way of a packet, drawn over the nodes that it passes. */
import type { Hop } from '../../src/lab/path/hop.js';
import { keyOf } from '../../src/picture/keys.js';
import type { Drawn } from '../canvas/elements.js';
import { usePath, useWays } from './follow.js';
import { endsOnTheWay } from './ways.js';

interface Point {
  readonly x: number;
  readonly y: number;
  readonly inBox: boolean;
}

export function PathLine({ nodes }: { readonly nodes: readonly Drawn[] }) {
  const { shown, other } = useWays(usePath());
  if (shown === null) return null;
  const now = pointsOf(shown.hops, nodes);
  const before = pointsOf(other?.hops ?? [], nodes);
  const ends = endsOnTheWay(shown);
  const last = now.at(-1);
  return (
    <svg className="path-line" aria-hidden="true">
      {before.length > 1 ? <path className="before" d={lineOf(before)} /> : null}
      <path className={ends ? 'now broken' : 'now'} d={lineOf(now)} />
      {now.map(({ x, y }, nth) => (
        <circle key={`${nth} ${x} ${y}`} cx={x} cy={y} r={4} />
      ))}
      {last && ends ? <path className="stop" d={`M ${last.x - 9} ${last.y - 9} l 18 18 m 0 -18 l -18 18`} /> : null}
    </svg>
  );
}

/** Along the axes: out of a box vertically, into one vertically. */
function lineOf(points: readonly Point[]): string {
  return points
    .map((to, nth) => {
      const from = points[nth - 1];
      if (from === undefined) return `M ${to.x} ${to.y}`;
      return from.inBox ? `V ${to.y} H ${to.x}` : `H ${to.x} V ${to.y}`;
    })
    .join(' ');
}

/** One for each place: the namespace's box, the bridges of a card, its way to the underlay. */
function pointsOf(hops: readonly Hop[], nodes: readonly Drawn[]): Point[] {
  const at = new Map(nodes.map((node) => [node.id, node]));
  const underlay = at.get('underlay');
  const points = hops.flatMap((hop): Point[] => {
    const card = at.get(keyOf.node(hop.node));
    if (card?.type !== 'node') return [];
    const { x, y } = card.position;
    const [width, height] = [card.width ?? 0, card.height ?? 0];
    if (hop.kind === 'vxlan' && underlay) {
      const there = at.get(keyOf.node(hop.to));
      const line = underlay.position.y + (underlay.height ?? 0) / 2;
      const target = there ? there.position.x + (there.width ?? 0) / 2 : x + width / 2;
      return [
        { x: x + width / 2, y: line, inBox: false },
        { x: target, y: line, inBox: false },
      ];
    }
    const box = card.data.places.find(({ namespace }) => namespace === hop.namespace);
    if (box) return [{ x: x + box.x + box.width - 14, y: y + box.y + box.height / 2, inBox: true }];
    // At the side of the card that looks to the underlay.
    const above = underlay === undefined || y < underlay.position.y;
    return [{ x: x + width / 2, y: above ? y + height - 8 : y + 30, inBox: false }];
  });
  return points.filter(({ x, y }, nth) => points[nth - 1]?.x !== x || points[nth - 1]?.y !== y);
}
