/**
 * Connections are tracked in a zone for each network with filtered ports, so that equal addresses in two networks do
 * not meet (neutron/agent/linux/ip_conntrack.py). The numbers are the node's: the agent hands out the next one, and
 * keeps what its rules say when it starts again.
 */

/** Zones below are left to others (`ZONE_START`). */
const ZONE_START = 4097;
/** A zone is a number of 16 bits (`MAX_CONNTRACK_ZONES`). */
const LAST_ZONE = 65535;

const RULE = /(?:--physdev-in|-i) (brq\S+) .*-j CT --zone (\d+)/;

/** Zones by bridge, as the rules of a ruleset give them. */
export function zonesOf(ruleset: string): ReadonlyMap<string, number> {
  const zones = new Map<string, number>();
  for (const line of ruleset.split('\n')) {
    const [, bridge, zone] = RULE.exec(line) ?? [];
    if (bridge !== undefined) zones.set(bridge, Number(zone));
  }
  return zones;
}

/** Zones for bridges, in their order: what is known stays, and a new one gets the number after the highest. */
export function allocateZones(
  bridges: readonly string[],
  known: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, number> {
  const zones = new Map(known);
  for (const bridge of bridges) if (!zones.has(bridge)) zones.set(bridge, openZone(new Set(zones.values())));
  return zones;
}

function openZone(used: ReadonlySet<number>): number {
  const next = Math.max(ZONE_START, ...[...used].map((zone) => zone + 1));
  if (next <= LAST_ZONE) return next;
  let gap = ZONE_START;
  while (used.has(gap)) gap += 1;
  return gap;
}

/** The same ruleset with the zones that a node has already, so that its connections live on. */
export function withZonesOf(desired: string, observed: string): string {
  const wanted = zonesOf(desired);
  if (wanted.size === 0) return desired;
  const zones = allocateZones([...wanted.keys()], zonesOf(observed));
  const renumbered = new Map([...wanted].map(([bridge, zone]) => [String(zone), String(zones.get(bridge) ?? zone)]));
  return desired.replace(/-j CT --zone (\d+)/g, (_, zone: string) => `-j CT --zone ${renumbered.get(zone) ?? zone}`);
}
