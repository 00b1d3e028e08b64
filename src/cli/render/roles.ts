/** Roles of VRRP with their colours and letters. Pure. */
import type { Role } from '../../lab/replica.js';
import type { Colour, Paint } from '../../render/paint.js';

const LETTER: Readonly<Record<Role, string>> = { MASTER: 'M', BACKUP: 'B', FAULT: 'F', UNKNOWN: '?' };
const COLOUR: Readonly<Record<Role, Colour>> = { MASTER: 'green', BACKUP: 'grey', FAULT: 'red', UNKNOWN: 'yellow' };

function isRole(text: string): text is Role {
  return text in LETTER;
}

export function paintRole(role: string, text: string, paint: Paint): string {
  return isRole(role) ? paint(text, COLOUR[role]) : text;
}

/** `M`, `B`, `F` or `?`, coloured. */
export function roleLetter(role: Role, paint: Paint): string {
  return role === 'MASTER' ? paint(LETTER[role], 'green', 'bold') : paint(LETTER[role], COLOUR[role]);
}
