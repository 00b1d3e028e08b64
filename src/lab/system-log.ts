/** What the processes of one router, or of one network's DHCP server, said to the system log of a node. Pure. */
import { indexLab } from '../model/lab-queries.js';
import { portDevice } from '../model/names.js';
import type { Lab } from '../model/resources.js';
import type { Subject } from './subject.js';

/** `Nov 27 00:24:08 network1 daemon.info Keepalived[44]: Starting VRRP child process, pid=45` */
const LINE = /^\w{3} +\d+ [\d:]{8} \S+ \S+ ([^[\s:]+)\[(\d+)\]: (.*)$/;

/** What only this one's processes say: keepalived names its file and its VRRP instance, dnsmasq the port it serves. */
function wordsOf({ kind, id }: Subject, node: string, lab: Lab): string[] {
  if (kind === 'router') {
    const vrid = lab.ha_vr_ids[id];
    return [id, ...(vrid === undefined ? [] : [`(VR_${String(vrid)})`])];
  }
  const port = indexLab(lab).dhcpPort(id, node);
  return [id, ...(port === null ? [] : [`(${portDevice('ns-', port.id)})`, ` ${portDevice('ns-', port.id)}`])];
}

/**
 * A process is known by what one of its lines says, and its parent and children by the `pid=` with which keepalived tells
 * of them. Another router with the same VRID, in the HA network of another tenant, cannot be told apart by its lines alone.
 *
 * @param text A system log as syslogd writes it
 * @param node Whose log it is
 * @returns its lines, in their order
 */
export function systemLogOf(text: string, subject: Subject, node: string, lab: Lab): string {
  const words = wordsOf(subject, node, lab);
  const lines = text.split('\n').map((line) => {
    const [, program = '', pid = '', said = ''] = LINE.exec(line) ?? [];
    return { line, program, pid, said };
  });
  const own = new Set(lines.filter(({ said }) => words.some((word) => said.includes(word))).map(({ pid }) => pid));
  own.delete('');
  for (let known = 0; known < own.size;) {
    known = own.size;
    for (const { pid, said, program } of lines) {
      const other = program.startsWith('Keepalived') ? /\bpid=(\d+)/.exec(said)?.[1] : undefined;
      if (other === undefined || own.has(pid) === own.has(other)) continue;
      own.add(pid).add(other);
    }
  }
  return lines
    .filter(({ pid }) => own.has(pid))
    .map(({ line }) => `${line}\n`)
    .join('');
}
