/** How large a lab may become: a short text can ask for very many ports. */
import type { ProblemList } from '../lab-file/problems.js';
import type { Sections } from '../lab-file/sections.js';

/** Each is a device or an address somewhere; ten times of what one machine has carried. */
export const MAX_PORTS = 10_000;

/** Counted before any of them is made. */
export function refuseTooManyPorts(
  sections: Sections,
  l3: ReadonlyMap<string, readonly string[]>,
  dhcp: ReadonlyMap<string, readonly string[]>,
  problems: ProblemList,
): boolean {
  const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);
  const ports =
    sum([...l3.values(), ...dhcp.values()].map((hosts) => hosts.length)) +
    sum(sections.routers.map(({ file }) => (file?.interfaces ?? []).length + 1)) +
    sum(sections.instances.map(({ file }) => 1 + (file?.networks ?? []).length)) +
    sections.networks.length +
    sections.ports.length +
    sections.floatingIps.length;
  if (ports <= MAX_PORTS) return false;
  problems.error({
    path: [],
    code: 'LabTooLarge',
    message: `The lab would have about ${String(ports)} ports; at most ${String(MAX_PORTS)} are built.`,
    remedy: 'Split it into smaller labs, or let fewer agents host each router and network.',
  });
  return true;
}
