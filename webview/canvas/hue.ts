/** The class of a network's colour. */
import type { Hue } from '../../src/picture/picture.js';

export function hueClass(hue: Hue | null): string {
  return hue === null ? '' : `hue-${hue}`;
}
