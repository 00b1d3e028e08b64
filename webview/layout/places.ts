/** What a layout says. Units are those of the picture: pixels at a zoom of 1. */

export interface Laid {
  /** As `src/picture/keys.ts` has it. */
  readonly key: string;
  readonly kind: 'network' | 'router' | 'instance' | 'outside' | 'node' | 'underlay';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedBox {
  readonly key: string;
  readonly namespace: string;
  /** Within its node. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A port: from a device to the bar of a network. */
export interface Cable {
  readonly id: string;
  /** Key of the device. */
  readonly device: string;
  /** Key of the network. */
  readonly network: string;
  /** Where it leaves the device, from its left edge. */
  readonly dx: number;
  readonly side: 'top' | 'bottom';
  /** A way round what stands between: how far left of the device's left edge it goes up or down. */
  readonly lane: number | null;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Sizes of what is drawn, which the style sheet keeps to. */
export const SIZES = {
  instance: { width: 124, height: 46 },
  router: { width: 216, height: 78 },
  outside: { width: 124, height: 34 },
  /** Its name above, the bar at its lower end. */
  bar: { height: 28, thickness: 8, least: 250 },
} as const;
