/** How long what was just done is given to show. Pure. */
import { masterDownTimer } from '../../experiment/theory.js';
import type { Lab } from '../../model/resources.js';

/** Seconds that anything needs. */
const SETTLING = 5;
/** Neutron gives every replica the same (neutron/agent/linux/keepalived.py, HA_DEFAULT_PRIORITY). */
const PRIORITY = 50;
/**
 * Seconds. When one of two replicas that have a router's addresses gives them up, an instance may send to it until it doubts its entry
 * for the gateway: 15 to 45 s, and 8 s more at most (docs/experiments.md, Two gateways with one MAC address).
 */
const STALE_GATEWAY = 53;

/** Seconds: with HA routers, an election more. */
export function settlingTime(lab: Lab): number {
  return SETTLING + electionTime(lab);
}

/** Seconds until what is missing after a repair will not come by itself. */
export function giveUpTime(lab: Lab): number {
  return lab.routers.some(({ ha }) => ha) ? settlingTime(lab) + STALE_GATEWAY : settlingTime(lab);
}

function electionTime({ routers, config }: Lab): number {
  if (!routers.some(({ ha }) => ha)) return 0;
  return masterDownTimer({ advertInt: config.ha_vrrp_advert_int, priority: PRIORITY, version: 2 });
}
