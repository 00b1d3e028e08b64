/** Events of a running lab as lines. Pure. */
import type { LabEvent } from '../../lab/watch.js';
import { type Paint, printable } from '../../render/paint.js';
import { paintRole } from './roles.js';
import { clock } from '../../render/words.js';

/** @param unix When it was told, seconds. @returns null for what is of no interest to a person who looks at roles */
export function renderEvent(event: LabEvent, unix: number, paint: Paint): string | null {
  const time = paint(clock(unix, true), 'grey');
  switch (event.type) {
    case 'role': {
      const { router, node, before, role, remark } = event;
      const change =
        before === role
          ? paintRole(role, role, paint)
          : `${paintRole(before, before, paint)} → ${paintRole(role, role, paint)}`;
      return `${time}  ${printable(router)} on ${node}: ${change}${remark === null ? '' : paint(`, ${remark}`, 'grey')}`;
    }
    case 'node':
      return `${time}  node ${event.node}: ${event.state === 'paused' ? 'frozen' : event.state}`;
    case 'raw':
      return null;
  }
}

/** For scripts: everything but what has no name of its own in this lab. */
export function eventJson(event: LabEvent): object | null {
  if (event.type !== 'raw') return event;
  const { type, ...rest } = event.event;
  if (type === 'watching') return null;
  return { type, node: event.node, ...rest };
}
