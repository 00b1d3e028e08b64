/** Where everything of a picture goes, before a person has moved anything. Pure: the same picture gives the same places. */
import type { Picture } from '../../src/picture/picture.js';
import { layNetworks } from './networks.js';
import { layNodes } from './nodes.js';
import type { Cable, Laid, PlacedBox } from './places.js';

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
  const { placed: logical, cables } = layNetworks(picture);
  const { placed: physical, boxes } = layNodes(picture);
  const left = extent(logical);
  const right = extent(physical);
  const beside = (left.width + APART + right.width) / Math.max(left.height, right.height, 1);
  const below = Math.max(left.width, right.width) / (left.height + APART + right.height);
  // Ratios are compared as ratios: twice too wide is as bad as twice too high.
  const sideBySide = Math.abs(Math.log(beside / SCREEN)) <= Math.abs(Math.log(below / SCREEN));
  const shift = sideBySide ? { x: left.width + APART, y: 0 } : { x: 0, y: left.height + APART };
  return { logical: moved(logical, 0, 0), cables, physical: moved(physical, shift.x, shift.y), boxes };
}

function extent(placed: readonly Laid[]): { readonly width: number; readonly height: number } {
  return {
    width: placed.reduce((most, { x, width }) => Math.max(most, x + width), 0),
    height: placed.reduce((most, { y, height }) => Math.max(most, y + height), 0),
  };
}

function moved(placed: readonly Laid[], x: number, y: number): Laid[] {
  return placed.map((one) => ({ ...one, x: one.x + x, y: one.y + y }));
}
