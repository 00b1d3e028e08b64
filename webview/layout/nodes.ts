/** The physical layer: nodes as cards with what lives in them, and the underlay between them. Pure. */
import { keyOf } from '../../src/picture/keys.js';
import type { BoxShape, NodeShape, Picture } from '../../src/picture/picture.js';
import { inCells } from './cells.js';
import type { Laid, PlacedBox, Size } from './places.js';

const GAP = 28;
/** From a card to the underlay. */
const STUB = 46;
const HEAD = 38;
const PAD = 12;
const BETWEEN = 8;
const WIDE = 236;
const NARROW = 168;
const BRIDGE = 17;
/** More are counted, not listed. */
export const MOST_BRIDGES = 4;
const LINE = 17;
const CHIPS = 24;
const UNDERLAY = 20;

interface Card extends Size {
  readonly node: NodeShape;
  readonly boxes: readonly PlacedBox[];
}

export function layNodes(picture: Picture): {
  readonly placed: readonly Laid[];
  readonly boxes: Readonly<Record<string, readonly PlacedBox[]>>;
} {
  const cards = picture.nodes.map(cardOf);
  const upper = cards.filter(({ node }) => node.agents.length > 0);
  const lower = cards.filter(({ node }) => node.agents.length === 0);
  if (cards.length === 0) return { placed: [], boxes: {} };
  const options = { gap: GAP, rowGap: STUB, corridor: 0, least: 4 };
  const above = inCells(upper, options);
  const below = inCells(lower, options);
  const width = Math.max(above.width, below.width, 320);
  const middle = width / 2;
  const place = (those: readonly Card[], cells: typeof above, top: number): Laid[] =>
    those.map(({ node, width: wide, height }, nth) => ({
      key: keyOf.node(node.name),
      kind: 'node',
      x: middle + (cells.at[nth]?.x ?? 0) + (cells.cell - wide) / 2,
      y: top + (cells.at[nth]?.y ?? 0),
      width: wide,
      height,
    }));
  const line = above.height + (upper.length > 0 ? STUB : 0);
  const underlay: Laid = { key: 'underlay', kind: 'underlay', x: 0, y: line, width, height: UNDERLAY };
  return {
    placed: [...place(upper, above, 0), underlay, ...place(lower, below, line + UNDERLAY + STUB)],
    boxes: Object.fromEntries(cards.map(({ node, boxes }) => [keyOf.node(node.name), boxes])),
  };
}

/** Boxes go into columns, each into the shortest one. */
function cardOf(node: NodeShape): Card {
  const { boxes } = node;
  const long = ({ kind, should }: BoxShape): boolean =>
    kind !== 'instance' || should.some(({ address }) => address.length > 15);
  const wide = boxes.some(long) ? WIDE : NARROW;
  const columns =
    boxes.length <= 2 ? Math.max(1, wide === NARROW ? boxes.length : 1) : Math.ceil(Math.sqrt(boxes.length / 2));
  const heights = Array.from({ length: columns }, () => HEAD);
  const placed = boxes.map((box): PlacedBox => {
    const column = heights.indexOf(Math.min(...heights));
    const height = heightOf(box);
    const y = heights[column] ?? HEAD;
    heights[column] = y + height + BETWEEN;
    const x = PAD + column * (wide + BETWEEN);
    return { key: keyOf.box(node.name, box.namespace), namespace: box.namespace, x, y, width: wide, height };
  });
  const width = Math.max(2 * PAD + columns * wide + (columns - 1) * BETWEEN, WIDE + 2 * PAD);
  return { node, width, height: Math.max(...heights) + spaceBelow(node.bridges.length), boxes: placed };
}

/** From the lowest box to the edge of its node. */
export function spaceBelow(bridges: number): number {
  return Math.min(bridges, MOST_BRIDGES + 1) * BRIDGE + PAD;
}

/** With room for all that it wears when it is active, so that nothing jumps on a failover. */
export function heightOf({ kind, should, role, worn }: BoxShape): number {
  const chips = chipRows(worn.length > should.length ? worn : should);
  if (kind === 'qrouter') return 34 + (role === null ? 1 : 2) * LINE + chips * CHIPS;
  return 34 + LINE + chips * CHIPS;
}

/** Two of IPv4 stand in a row, one of IPv6. */
function chipRows(addresses: readonly { readonly address: string }[]): number {
  return Math.ceil(addresses.reduce((sum, { address }) => sum + (address.length > 15 ? 1 : 0.5), 0));
}
