/** From what somebody wrote into a box to a value of the lab file. What is not right is left for the model to refuse. Pure. */
import type { YamlValue } from '../../model/lab-file/yaml-value.js';

export function numberOrText(text: string): number | string {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

/** Parted by commas or spaces. */
export function listIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((part) => part !== '');
}

/** `192.168.10.10-192.168.10.99`, parted by commas. */
export function poolsIn(text: string): YamlValue {
  return partsIn(text).map((part) => {
    const [start = '', end = start] = part.split('-').map((one) => one.trim());
    return { start, end };
  });
}

/** `10.0.0.0/8 via 192.168.10.5`, parted by commas. */
export function routesIn(text: string): YamlValue {
  return partsIn(text).map((part) => {
    const [destination = '', nexthop = ''] = part.split(/\s+(?:via\s+)?/);
    return { destination, nexthop };
  });
}

function partsIn(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
