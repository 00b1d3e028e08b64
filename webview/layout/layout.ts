/** Where everything of a picture goes, before a person has moved anything. Pure: the same picture gives the same places. */
import type { Picture } from '../../src/picture/picture.js';
import { layNetworks } from './networks.js';
import { layNodes } from './nodes.js';
import type { Cable, Laid, PlacedBox, Size } from './places.js';

export interface Layout {
  /** Networks, routers, instances, the outside. */
  readonly logical: readonly Laid[];
  readonly cables: readonly Cable[];
  /** Nodes and the underlay between them. */
  readonly physical: readonly Laid[];
  /** Boxes within their node, by its key. */
  readonly boxes: Readonly<Record<string, readonly PlacedBox[]>>;
}

/** Between the two layers. */
const APART = 110;
/** Width by height of the place where a picture is usually seen. */
const SCREEN = 2;

export function layOut(picture: Picture): Layout {
  const { placed: physical, boxes } = layNodes(picture);
  const nodes = extent(physical);
  // As wide as the nodes are, the networks stand well above them.
  const above = layNetworks(picture, nodes.width);
  const usual = layNetworks(picture);
  const [sizeAbove, size] = [extent(above.placed), extent(usual.placed)];
  const beside = { width: size.width + APART + nodes.width, height: Math.max(size.height, nodes.height) };
  const stacked = {
    width: Math.max(sizeAbove.width, nodes.width),
    height: sizeAbove.height + APART + nodes.height,
  };
  const sideBySide = scaleOf(beside) >= scaleOf(stacked);
  const { placed: logical, cables } = sideBySide ? usual : above;
  const shift = sideBySide ? { x: size.width + APART, y: 0 } : { x: 0, y: sizeAbove.height + APART };
  return { logical: moved(logical, 0, 0), cables, physical: moved(physical, shift.x, shift.y), boxes };
}

/** How large all of it can be seen at once, in the units of a screen. */
function scaleOf({ width, height }: Size): number {
  return Math.min(SCREEN / Math.max(width, 1), 1 / Math.max(height, 1));
}

function extent(placed: readonly Laid[]): Size {
  return {
    width: placed.reduce((most, { x, width }) => Math.max(most, x + width), 0),
    height: placed.reduce((most, { y, height }) => Math.max(most, y + height), 0),
  };
}

function moved(placed: readonly Laid[], x: number, y: number): Laid[] {
  return placed.map((one) => ({ ...one, x: one.x + x, y: one.y + y }));
}
