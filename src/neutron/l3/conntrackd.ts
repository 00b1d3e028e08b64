/**
 * conntrackd beside keepalived: the replicas tell each other which connections they track, so that who becomes master knows
 * those that it never saw (neutron/agent/linux/conntrackd.py, in Neutron since 2025.1; `ha_conntrackd_enabled`).
 */
import { haConfDirectory } from './keepalived-conf.js';

/** Defaults of `ha_conntrackd_*` (neutron/conf/agent/l3/ha.py). */
const MULTICAST = '225.0.0.50';
const GROUP = 3780;

export interface Synchronisation {
  readonly routerId: string;
  readonly vrid: number;
  readonly haDevice: string;
  /** The replica's own on the HA network. */
  readonly haAddress: string;
}

export function conntrackdConfPath(routerId: string): string {
  return `${haConfDirectory(routerId)}/conntrackd.conf`;
}

export function conntrackdPidFile(routerId: string): string {
  return `${haConfDirectory(routerId)}/conntrackd.pid`;
}

/** Neutron starts it with `-d` and looks for its pid; here whoever starts it writes the pid down. */
export function conntrackdArguments(routerId: string): readonly string[] {
  return ['conntrackd', '-C', conntrackdConfPath(routerId)];
}

export function conntrackdConf({ routerId, vrid, haDevice, haAddress }: Synchronisation): string {
  const directory = haConfDirectory(routerId);
  return `
General {
    HashSize 32768
    HashLimit 131072
    Syslog on
    LockFile ${directory}/conntrackd.lock
    UNIX {
        Path ${directory}/conntrackd.ctl
        Backlog 20
    }
    SocketBufferSize 262142
    SocketBufferSizeMaxGrown 655355
    Filter From Kernelspace {
        Protocol Accept {
            TCP
            SCTP
            DCCP
            UDP
            ICMP
            IPv6-ICMP
        }
        Address Ignore {
            IPv4_address 127.0.0.1
            IPv6_address ::1
            IPv4_address ${haAddress}
        }
    }
}
Sync {
    Mode FTFW {
    }
    Multicast Default {
        IPv4_address ${MULTICAST}
        IPv4_interface ${haAddress}
        Group ${GROUP + vrid}
        Interface ${haDevice}
        SndSocketBuffer 24985600
        RcvSocketBuffer 24985600
        Checksum on
    }
}`;
}
