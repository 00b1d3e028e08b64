/** The releases of Neutron whose habits a lab can have, by the names of their stable branches. */

export const RELEASES = ['pike', 'zed', '2026.1'] as const;

export type Release = (typeof RELEASES)[number];

/**
 * How the server chooses the VRID of an HA router: Pike takes the lowest that is free; since 15.0 (a8d0f557d5) it is
 * drawn by lot, for which a number stands that follows from the router's id (neutron/db/l3_hamode_db.py).
 */
export function vridChoice(release: Release): 'lowest' | 'any' {
  return release === 'pike' ? 'lowest' : 'any';
}
