/** Events of a lab as they are told while a fault of a lesson is hidden in it: as `status` tells roles, and without what has failed where. */
import type { RunningLab } from '../lab/running-lab.js';
import { hasHiddenFault, readNodes } from '../lab/status.js';
import type { LabEvent } from '../lab/watch.js';

/**
 * @param failed Of an event that could not be told: those after it are told all the same
 * @returns gives on what it is given, in its order; only what might name a fault waits until the nodes were asked whether it may
 */
export function tellingEvents(
  running: RunningLab,
  tell: (event: LabEvent) => void,
  failed: (error: unknown) => void,
): (event: LabEvent) => void {
  let last = Promise.resolve();
  const pass = async (event: LabEvent): Promise<void> => {
    const told = namesFault(event) && (await hides(running)) ? withoutFault(event) : event;
    if (told !== null) tell(told);
  };
  return (event) => {
    last = last.then(() => pass(event)).catch(failed);
  };
}

function namesFault(event: LabEvent): boolean {
  switch (event.type) {
    case 'role':
      return event.role === 'FAULT' || event.before === 'FAULT' || event.remark !== null;
    case 'raw':
      return (
        (event.event.type === 'link' && event.event.action === 'down') ||
        (event.event.type === 'process' && event.event.action === 'exit')
      );
    case 'node':
      return false;
  }
}

/** FAULT is the standby that Neutron's server is told of (neutron/agent/l3/ha.py, TRANSLATION_MAP). Pure. */
export function withoutFault(event: LabEvent): LabEvent | null {
  if (event.type !== 'role') return null;
  const [role, before] = [event.role, event.before].map((one) => (one === 'FAULT' ? 'BACKUP' : one));
  return role === undefined || before === undefined || role === before
    ? null
    : { ...event, role, before, remark: null };
}

/** A node that went while it was asked hides nothing. */
async function hides(running: RunningLab): Promise<boolean> {
  try {
    return hasHiddenFault(await readNodes(running));
  } catch {
    return false;
  }
}
