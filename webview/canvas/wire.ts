/** The way of a cable over the picture: straight where it can be, with a little arch over bars that it passes. Pure. */
import { SIZES } from '../layout/places.js';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The line of a network that cables end on or pass. */
export interface Bar {
  readonly key: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

export interface Wire {
  /** For `d` of an SVG path. */
  readonly path: string;
  /** Where its label stands: just before the bar. */
  readonly label: { readonly x: number; readonly y: number };
}

const ARCH = 7;
const OUT = 16;

export function barOf(key: string, { x, y, width, height }: Rectangle): Bar {
  return { key, left: x, right: x + width, y: y + height - SIZES.bar.thickness / 2 };
}

/** @param lane How far left of the device it goes; null: straight */
export function wireOf(device: Rectangle, dx: number, lane: number | null, bar: Bar, bars: readonly Bar[]): Wire {
  const x = device.x + dx;
  const below = bar.y > device.y + device.height / 2;
  const from = below ? device.y + device.height : device.y;
  if (lane !== null) {
    const side = device.x - lane;
    const turn = below ? from + OUT : from - OUT;
    return {
      path: `M ${x} ${from} V ${turn} H ${side} ${down(side, turn, bar, bars)}`,
      label: { x: x - 7, y: below ? from + 12 : from - 5 },
    };
  }
  const end = Math.min(Math.max(x, bar.left + 6), bar.right - 6);
  const over = end === x ? '' : ` H ${end}`;
  const label = { x: x - 8, y: below ? bar.y - 12 : bar.y + 18 };
  return { path: `M ${x} ${from} ${down(x, from, bar, bars)}${over}`, label };
}

/** Vertically to the bar, arching over those between. */
function down(x: number, from: number, bar: Bar, bars: readonly Bar[]): string {
  const way = Math.sign(bar.y - from);
  const between = bars
    .filter(({ key, left, right, y }) => key !== bar.key && left <= x && x <= right && isBetween(y, from, bar.y))
    .map(({ y }) => y)
    .sort((a, b) => (a - b) * way);
  const arches = between.map((y) => `V ${y - ARCH * way} a ${ARCH} ${ARCH} 0 0 ${way > 0 ? 1 : 0} 0 ${2 * ARCH * way}`);
  return [...arches, `V ${bar.y}`].join(' ');
}

function isBetween(y: number, one: number, other: number): boolean {
  return y > Math.min(one, other) + ARCH && y < Math.max(one, other) - ARCH;
}
