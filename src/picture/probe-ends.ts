/** Between which ends a probe can be, by the names that a scenario has for them. Pure. */
import type { ProbeWord } from '../model/scenario.js';
import type { Picture } from './picture.js';

/** The node that stands for the world (src/model/names.ts). */
export const OUTSIDE = 'outside';

export const PROBE_KINDS: readonly (readonly [ProbeWord, string])[] = [
  ['ping', 'ping'],
  ['http', 'HTTP'],
  ['tcp', 'TCP'],
  ['dhcp', 'DHCP'],
];

export interface ProbeEnds {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** A router answers pings only, and nobody but an instance asks for a lease. */
export function endsFor(picture: Picture, kind: ProbeWord): ProbeEnds {
  const instances = picture.instances.map(({ name }) => name);
  if (kind === 'dhcp') return { from: instances, to: [] };
  const outside = picture.nodes.some(({ name }) => name === OUTSIDE) ? [OUTSIDE] : [];
  const floating = picture.floating.filter(({ instance }) => instance !== null).map(({ address }) => address);
  const routers = kind === 'ping' ? picture.routers.map(({ name }) => name) : [];
  // Nobody serves pages outside.
  const there = kind === 'http' ? [] : outside;
  return { from: [...instances, ...outside], to: [...instances, ...there, ...floating, ...routers] };
}

/** A probe that a person may want where he points. */
export interface ProbeChoice {
  readonly kind: ProbeWord;
  readonly from: string;
  readonly to: string | null;
}

/** @param name As a scenario has it: of an instance, a router, `outside`, or a floating IP */
export function probesAt(picture: Picture, name: string): readonly ProbeChoice[] {
  return PROBE_KINDS.flatMap(([kind]): ProbeChoice[] => {
    const { from, to } = endsFor(picture, kind);
    if (kind === 'dhcp') return from.includes(name) ? [{ kind, from: name, to: null }] : [];
    const away = from.includes(name)
      ? to.filter((other) => other !== name).map((other) => ({ kind, from: name, to: other }))
      : [];
    const here = to.includes(name)
      ? from.filter((other) => other !== name).map((other) => ({ kind, from: other, to: name }))
      : [];
    return [...away, ...here];
  });
}
