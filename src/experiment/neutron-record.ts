/**
 * The same faults on a real Neutron: 21.0.0 (Zed) of Debian 12 with keepalived 2.2.7, one HA router on three nodes,
 * ha_vrrp_advert_int 2, a ping every 0.1 s, one run each (test/data/failures).
 */
import type { ScenarioFault } from '../model/scenario.js';

export interface NeutronRecording {
  /** The name of the recording. */
  readonly name: string;
  /** What was done. */
  readonly what: string;
  /** Seconds, the longest of three probes (east-west, floating IP, SNAT); null: for ever. */
  readonly outage_s: number | null;
  /** What the API said, and when. */
  readonly api: string;
}

export interface NeutronRecord extends NeutronRecording {
  /** What its end cost, where that was recorded too. */
  readonly healing?: NeutronRecording;
}

const RECORDS = {
  'node-killed': {
    name: 'E5-node-killed',
    what: 'the container of the active node is killed',
    outage_s: 5.02,
    api: 'two active 8 s later; the dead one standby after 67 s',
    healing: {
      name: 'E6-killed-node-started-again',
      what: 'the node is started again',
      outage_s: 0,
      api: 'it is a standby, nothing moves back',
    },
  },
  'ha-link-down': {
    name: 'E3-ha-link-down',
    what: 'the ha- interface is set down on the active',
    outage_s: 6.28,
    api: 'the new one active after 10 s',
    healing: {
      name: 'E3-ha-link-down-up-again',
      what: 'the ha- interface is up again',
      outage_s: 0,
      api: 'it is a standby, nothing moves back',
    },
  },
  'keepalived-terminated': {
    name: 'E1c-sigterm-keepalived',
    what: 'SIGTERM to keepalived on the active',
    outage_s: 0.97,
    api: 'the new one active 3.5 to 4.6 s later',
  },
  'keepalived-parent-killed': {
    name: 'E1b-kill9-keepalived-parent-only',
    what: "kill -9 of keepalived's parent process on the active",
    outage_s: 1.27,
    api: 'the new one active 3.5 to 4.6 s later',
  },
  'keepalived-killed': {
    name: 'E1a-kill9-both-keepalived-processes',
    what: 'kill -9 of both processes on the active; respawned after 19 s',
    outage_s: 25.75,
    api: 'two active for 14 s',
  },
  'keepalived-killed-for-good': {
    name: 'E2-l3-agent-stopped-then-kill9-keepalived',
    what: 'kill -9 of keepalived on the active, whose L3 agent is stopped: nobody respawns it',
    outage_s: 0,
    api: 'the new one active after 8 s',
    healing: {
      name: 'E2-l3-agent-stopped-then-restart-agent',
      what: 'the L3 agent is started again, and starts keepalived',
      outage_s: 11.56,
      api: 'no change',
    },
  },
  'standby-killed': {
    name: 'E1d-kill9-on-standby',
    what: 'kill -9 of keepalived on a standby',
    outage_s: 0,
    api: 'no change',
  },
  'agent-killed': {
    name: 'E1e-kill9-state-change-monitor',
    what: 'kill -9 of neutron-keepalived-state-change on the active',
    outage_s: 0,
    api: 'no change',
  },
  'agent-stopped': {
    name: 'E2-l3-agent-stopped',
    what: 'SIGTERM to the L3 agent of the active',
    outage_s: 0,
    api: 'its row becomes standby after 52 s: nobody is active, and it forwards on',
  },
  'split-brain': {
    name: 'E4-split-brain',
    what: "the HA network's VXLAN is set down on the active",
    outage_s: 0,
    api: 'both active',
    healing: {
      name: 'E4-split-brain-heal',
      what: "the HA network's VXLAN is up again",
      outage_s: 5.12,
      api: 'one active again',
    },
  },
  'legacy-node-killed': {
    name: 'E7-legacy-node-killed',
    what: 'the node of a legacy router is killed',
    outage_s: null,
    api: 'the router stays ACTIVE, its only agent is dead after 85 s',
  },
} as const satisfies Readonly<Record<string, NeutronRecord>>;

export interface Likeness {
  /** Whether the router is. */
  readonly ha: boolean;
  /** Whether a keepalived that dies is started again before anybody takes over; the real one was respawned long after. */
  readonly respawnsEarly: boolean;
}

/** Null where nobody did this to a real one. */
export function recordedOnNeutron(
  faults: readonly ScenarioFault[],
  { ha, respawnsEarly }: Likeness,
): NeutronRecord | null {
  const [first, second] = faults;
  if (!first || (second && first.fault !== 'agent')) return null;
  const key = keyOf(first, second, ha);
  if (key === null || (key === 'keepalived-killed' && respawnsEarly)) return null;
  return RECORDS[key];
}

function keyOf(first: ScenarioFault, second: ScenarioFault | undefined, ha: boolean): keyof typeof RECORDS | null {
  const { fault, replica, more } = first;
  if (!ha) return fault === 'node' ? 'legacy-node-killed' : null;
  switch (fault) {
    case 'node':
      return replica === 'MASTER' ? 'node-killed' : null;
    case 'link':
      return (more.device ?? 'ha') === 'ha' && replica === 'MASTER' ? 'ha-link-down' : null;
    case 'agent':
      if (second) return second.fault === 'keepalived' ? 'keepalived-killed-for-good' : null;
      return more.how === 'terminate' ? 'agent-stopped' : 'agent-killed';
    case 'partition':
      return replica === 'MASTER' ? 'split-brain' : null;
    case 'keepalived':
      return keepalivedKey(more, replica);
    default:
      return null;
  }
}

function keepalivedKey(more: ScenarioFault['more'], replica: ScenarioFault['replica']): keyof typeof RECORDS | null {
  if (replica === 'BACKUP') return 'standby-killed';
  switch (more.how ?? 'kill') {
    case 'terminate':
      return 'keepalived-terminated';
    case 'kill-parent':
      return 'keepalived-parent-killed';
    case 'kill':
      return more.respawn === false ? 'keepalived-killed-for-good' : 'keepalived-killed';
    default:
      return null;
  }
}

/** Every one, those of healings as well. */
export const NEUTRON_RECORDINGS: readonly NeutronRecording[] = Object.values<NeutronRecord>(RECORDS).flatMap((one) =>
  one.healing === undefined ? [one] : [one, one.healing],
);
