/** The network that carries the VXLANs, and the fixed address that each node has on it. */
import { LabError } from '../../model/errors.js';

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/**
 * Nodes that run keep their address; the others take the lowest that is free. The first host address is left
 * out: engines keep it for the bridge.
 * @param subnet IPv4 CIDR of the underlay
 */
export function assignAddresses(
  subnet: string,
  nodes: readonly string[],
  taken: Readonly<Record<string, string>>,
): Record<string, string> {
  const [base = '', length = '24'] = subnet.split('/');
  const first = toNumber(base) + 2;
  const last = toNumber(base) + 2 ** (32 - Number(length)) - 2;
  const used = new Set(Object.values(taken));
  const result: Record<string, string> = {};
  let next = first;
  for (const node of nodes) {
    const own = taken[node];
    if (own !== undefined) {
      result[node] = own;
      continue;
    }
    while (used.has(toAddress(next))) next += 1;
    if (next > last) {
      throw new LabError(
        'UnderlayFull',
        `The underlay ${subnet} has no address left for node "${node}".`,
        'Use fewer nodes, or `neutron-lab down` and `up` to give the lab a larger underlay.',
      );
    }
    result[node] = toAddress(next);
    next += 1;
  }
  return result;
}
