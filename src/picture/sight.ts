/** What a picture is drawn from, and the colours of its networks. Pure. */
import type { LabIndex } from '../model/lab-queries.js';
import type { LabStatus, Readings } from '../lab/status.js';
import type { Hue } from './picture.js';

export interface Sight {
  /** What is drawn. */
  readonly index: LabIndex;
  /** What was applied last; null where nothing runs. */
  readonly applied: LabIndex | null;
  readonly status: LabStatus | null;
  readonly seen: Readings;
  readonly hues: ReadonlyMap<string, Hue>;
  /** A fault is to be found: what the picture would give away is drawn as if it were well. */
  readonly hiddenFault: boolean;
}

const PALETTE: readonly Hue[] = [0, 1, 2, 3, 4, 5];

/** Networks that carry advertisements only. */
export function haNetworks(index: LabIndex): ReadonlySet<string> {
  return new Set(
    index.lab.ports
      .filter((port) => port.device_owner === 'network:router_ha_interface')
      .map((port) => port.network_id),
  );
}

/** By the order of the lab, so that a network keeps its colour while others come after it. */
export function hues(index: LabIndex): ReadonlyMap<string, Hue> {
  const ha = haNetworks(index);
  let nth = 0;
  return new Map(
    index.lab.networks.map((network): [string, Hue] => {
      if (ha.has(network.id)) return [network.id, 'ha'];
      if (network['router:external']) return [network.id, 'external'];
      return [network.id, PALETTE[nth++ % PALETTE.length] ?? 0];
    }),
  );
}
