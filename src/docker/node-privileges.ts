/** What a node container may do, and why. This file is the whole of it; no container of ours is privileged. */

/** Everything else is dropped. */
export const CAPABILITIES: Readonly<Record<string, string>> = {
  NET_ADMIN: 'VXLANs, bridges, veth pairs, routes, iptables',
  NET_RAW: 'keepalived, ping and tcpdump open raw sockets',
  SYS_ADMIN: 'network namespaces: setns(2) and the mounts of ip-netns(8); /proc/sys made writable inside',
  NET_BIND_SERVICE: 'dnsmasq answers on ports 53 and 67, instances on 80',
  SETUID: 'dnsmasq and tcpdump become a user of their own',
  SETGID: 'dnsmasq and tcpdump become a group of their own',
  KILL: 'stopping dnsmasq, which runs as another user',
  DAC_OVERRIDE: "root reads and writes files of dnsmasq's user",
  CHOWN: "files are given to dnsmasq's user",
};

export interface SecurityOption {
  readonly option: string;
  readonly why: string;
}

/**
 * @param reported The engine's own list (`SecurityOptions` of GET /info): `name=apparmor`, `name=selinux`, …
 */
export function securityOptions(reported: readonly string[]): readonly SecurityOption[] {
  const has = (module: string): boolean => reported.some((text) => text.split(',').includes(`name=${module}`));
  const options = [{ option: 'no-new-privileges', why: 'no program inside gains more by a set-user-ID bit' }];
  if (has('apparmor')) {
    options.push({
      option: 'apparmor=unconfined',
      why: "Docker's default profile forbids mount(2) and writing to /proc/sys, which namespaces and sysctls need",
    });
  }
  if (has('selinux')) {
    options.push({ option: 'label=disable', why: 'the container type of SELinux forbids the mounts of ip-netns(8)' });
  }
  return options;
}

/** Memory file systems: what lives there is gone with the container, as it must be after a crash. */
export const TMPFS: Readonly<Record<string, string>> = {
  // exec: /run/netns and the sockets and scripts beside it; Docker's default would be noexec.
  '/run': 'exec',
  '/tmp': '',
};

/**
 * Bounds for a runaway, not reservations. A node with 100 HA routers has two keepalived (3.1 MB each) and a
 * dnsmasq or two for each, under 500 processes and 1 GB. The number of open files is left to the engine: a limit above
 * its own keeps a container from starting.
 */
export const LIMITS = {
  processes: 8192,
  /** Bytes. */
  memory: 2 * 1024 ** 3,
} as const;
