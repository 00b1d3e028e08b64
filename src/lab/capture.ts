/** A capture of packets on an interface of a node: tcpdump's words. Pure. */
import { type ExecTarget, targetArgv } from './exec-target.js';
import { leashed } from './node/leash.js';

export interface Capture {
  readonly target: ExecTarget;
  /** `any` for all of the namespace. */
  readonly device: string;
  /** pcap-filter(7), word by word; empty for everything. */
  readonly filter: readonly string[];
}

/** Filters that are asked for most. */
export const CAPTURE_FILTERS = {
  /** RFC 5798: protocol 112, of both families. */
  vrrp: ['ip proto 112 or ip6 proto 112'],
  arp: ['arp'],
  dhcp: ['udp and (port 67 or port 68 or port 546 or port 547)'],
  icmp: ['icmp or icmp6'],
  all: [],
} as const satisfies Record<string, readonly string[]>;

export type CaptureFilter = keyof typeof CAPTURE_FILTERS;

/** What somebody typed; each word is an argument of tcpdump's, and none of them an option. */
export function filterWords(expression: string): string[] {
  return expression.split(/\s+/).filter((word) => word !== '');
}

/** One line a packet, with the seconds since 1970; `detailed`: more lines below it, indented. */
export function decodedArgv(capture: Capture, detailed: boolean): string[] {
  return tcpdump(capture, ['-l', '-n', '-tt', ...(detailed ? ['-v'] : [])]);
}

/** The bytes of a pcap file, each packet as it comes. */
export function pcapArgv(capture: Capture): string[] {
  return tcpdump(capture, ['-U', '-w', '-']);
}

function tcpdump({ target, device, filter }: Capture, options: readonly string[]): string[] {
  const words = ['tcpdump', '--immediate-mode', '-i', device, ...options, '--', ...filter];
  return leashed(targetArgv({ ...target, instance: false }, words));
}
