/** A timeline while a fault is to be found: what is on the wire and who holds what is told, and not what has failed where. Pure. */
import type { TimelineEvent, TimelineRole } from './event.js';

/**
 * @param since Milliseconds on the events' clock: what is older is told as it was
 * @returns null for what would name what is hidden
 */
export function veiled(event: TimelineEvent, since: number): TimelineEvent | null {
  if (event.t < since) return event;
  switch (event.kind) {
    case 'link':
    case 'process':
      return null;
    case 'role': {
      const role = told(event.role);
      const before = event.before && told(event.before);
      return role === before ? null : { ...event, role, before, remark: null };
    }
    default:
      return event;
  }
}

/** FAULT is the standby that Neutron's server is told of (neutron/agent/l3/ha.py, TRANSLATION_MAP). */
function told(role: TimelineRole): TimelineRole {
  return role === 'FAULT' ? 'BACKUP' : role;
}
