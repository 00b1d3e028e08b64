/**
 * What the standards predict for the outage that a probe sees when the master of an HA router breaks.
 *
 * Sources: RFC 3768 section 6.1 and 6.4 (VRRPv2), RFC 5798 section 6.1 and 6.4 (VRRPv3), keepalived's own behaviour
 * on signals (2.2.7), and the kernel, which goes on forwarding whatever becomes of keepalived.
 */

/** What was done to the node of the master, or to its keepalived. */
export type MasterFault =
  | 'node-killed'
  | 'node-stopped'
  | 'node-frozen'
  | 'keepalived-killed'
  | 'keepalived-parent-killed'
  | 'keepalived-child-killed'
  | 'keepalived-terminated'
  | 'ha-link-down'
  | 'underlay-cut'
  | 'underlay-mute'
  | 'vrrp-partition';

export type VrrpVersion = 2 | 3;

export interface VrrpTimers {
  /** Seconds between two advertisements, `ha_vrrp_advert_int`. */
  readonly advertInt: number;
  /** Of the backup that takes over, 1 to 254. Neutron gives every replica 50. */
  readonly priority: number;
  readonly version: VrrpVersion;
}

export interface OutageQuestion extends VrrpTimers {
  readonly fault: MasterFault;
  /** Seconds from the last advertisement that the backups saw to the fault, where that is known. */
  readonly sinceLastAdvert?: number;
  /** Seconds from the kill to the respawn of keepalived; absent when nobody respawns it. Only for `keepalived-killed`. */
  readonly respawnAfter?: number;
}

export interface Prediction {
  /** Shortest outage that agrees with the theory. */
  readonly low: number;
  /** Longest outage that agrees with the theory. */
  readonly high: number;
  readonly unit: 's';
  /** For a person who learns. */
  readonly reason: string;
  /** The arithmetic with its numbers. */
  readonly formula: string;
}

/**
 * How far, in seconds, what a probe sees may lie from what the protocol does.
 *
 * `early`: a ping every 20 ms tells an outage to one interval, and the namespaces of a killed container go on
 * forwarding for the moment that the kernel needs to take them down.
 * `late`: the same interval, the new master's addresses, routes and gratuitous ARPs, and a machine that is busy.
 * On two idle cores a graceful leave at advert_int 2 was seen as 0.81 to 0.82 s where the protocol says 0.805 s, so
 * the larger part of `late` is there for machines that are not idle.
 */
export const DETECTION_MARGIN = { early: 0.05, late: 0.2 } as const;

/** No outage, but for what it takes to measure. */
export function expectsNone({ low, high }: Prediction): boolean {
  return low === 0 && high <= DETECTION_MARGIN.late;
}

/** RFC 3768 section 6.1 has the skew in seconds, RFC 5798 section 6.1 in parts of the advertisement interval. */
export function skewTime({ advertInt, priority, version }: VrrpTimers): number {
  const share = (256 - priority) / 256;
  return version === 2 ? share : share * advertInt;
}

/** Seconds of silence after which a backup takes over: Master_Down_Interval of both RFCs. */
export function masterDownTimer(timers: VrrpTimers): number {
  return 3 * timers.advertInt + skewTime(timers);
}

/**
 * The outage that a probe through the router should see.
 *
 * @throws RangeError when a timer is no positive number or the priority is none that a backup can have.
 */
export function predictOutage(question: OutageQuestion): Prediction {
  check(question);
  switch (question.fault) {
    case 'node-killed':
      return silence(question, 'The node died without a word, so the backups wait until their timer has run out.');
    case 'underlay-cut':
      return silence(question, 'The node is cut off: neither its traffic nor its advertisements get through.');
    case 'underlay-mute':
      return silence(
        question,
        'Nothing that the node sends gets through, neither traffic nor advertisements; what the others send does.',
      );
    case 'ha-link-down':
      return silence(
        question,
        'keepalived sees its own interface go down, enters FAULT and drops the addresses at once, but it can no longer tell the backups.',
      );
    case 'keepalived-child-killed':
      return silence(
        question,
        'The parent starts the VRRP child again at once; it begins as BACKUP and drops the addresses, and nobody has told the backups.',
      );
    case 'node-stopped':
      return farewell(question, 'The node passes the TERM signal on, and keepalived takes its leave with priority 0.');
    case 'keepalived-terminated':
      return farewell(question, 'On TERM keepalived takes its leave with an advertisement of priority 0.');
    case 'keepalived-parent-killed':
      return farewell(
        question,
        'The VRRP child is told by the kernel that its parent died, and takes its leave with priority 0.',
      );
    case 'node-frozen':
      return none(
        'A frozen node runs no process, but the kernel goes on forwarding: the traffic flows until a backup has taken over, and then through the backup.',
      );
    case 'vrrp-partition':
      return none(
        'Only the advertisements are lost: a second master comes up beside the first one, and the traffic goes to the one that announced itself last.',
      );
    case 'keepalived-killed':
      return killed(question);
  }
}

function check({ advertInt, priority, sinceLastAdvert = 0, respawnAfter = 0 }: OutageQuestion): void {
  if (!(Number.isFinite(advertInt) && advertInt > 0))
    throw new RangeError(`An advertisement interval is a positive number of seconds, not ${String(advertInt)}.`);
  if (!(Number.isInteger(priority) && priority >= 1 && priority <= 254))
    throw new RangeError(`A backup's priority is 1 to 254, not ${String(priority)}.`);
  if (!(sinceLastAdvert >= 0 && respawnAfter >= 0)) throw new RangeError('Times after an event are not negative.');
}

/** The backups hear nothing more: what is left of the timer that their last advertisement started. */
function silence(question: OutageQuestion, cause: string, alreadyPassed = 0): Prediction {
  const { advertInt, sinceLastAdvert } = question;
  const timer = masterDownTimer(question);
  const spent =
    alreadyPassed === 0 ? '' : `, less ${seconds(alreadyPassed)} in which the kernel forwarded with nobody in charge`;
  if (sinceLastAdvert === undefined) {
    return predict(
      timer - advertInt - alreadyPassed,
      timer - alreadyPassed,
      `${cause} The timer is ${seconds(timer)}, and it had been running since the last advertisement, for up to one interval of ${seconds(advertInt)}${spent}.`,
      `${timerFormula(question)}, less 0 to ${seconds(advertInt)}${spent === '' ? '' : ` and ${seconds(alreadyPassed)}`}`,
    );
  }
  const left = timer - sinceLastAdvert - alreadyPassed;
  return predict(
    left,
    left,
    `${cause} The timer is ${seconds(timer)}, of which ${seconds(sinceLastAdvert)} had passed since the last advertisement${spent}.`,
    `${timerFormula(question)}, less ${seconds(sinceLastAdvert)}${spent === '' ? '' : ` and ${seconds(alreadyPassed)}`}`,
  );
}

/** Priority 0: a backup waits for the skew time alone (RFC 3768 section 6.4.2, RFC 5798 section 6.4.2). */
function farewell(question: OutageQuestion, cause: string): Prediction {
  const skew = skewTime(question);
  return predict(
    skew,
    skew,
    `${cause} The backups then wait for the skew time alone, ${seconds(skew)}.`,
    skewFormula(question),
  );
}

function none(reason: string): Prediction {
  return predict(0, 0, reason, '0 s: forwarding does not depend on keepalived');
}

/** Nobody is left who could have heard anything: from the return of the nodes on a whole timer. */
export function coldStart(timers: VrrpTimers, reason: string): Prediction {
  const timer = masterDownTimer(timers);
  return predict(
    timer,
    timer + BOOT,
    reason,
    `${timerFormula(timers)}, and up to ${seconds(BOOT)} until the nodes are back and their routers built`,
  );
}

/** Seconds; a host of metal needs minutes. */
const BOOT = 12;

/** A fault that should cost nothing. */
export function unharmed(reason: string): Prediction {
  return predict(0, 0, reason, '0 s');
}

/** Seconds: the first timer of a connection with a short way (TCP_RTO_MIN of Linux); it doubles (RFC 6298, section 5.5). */
const RETRANSMISSION = 0.2;

/** Of a TCP connection: what was sent just before there was a way again is sent anew after as long again. */
export function untilSentAgain(expected: Prediction): Prediction {
  if (expected.high === 0 || expected.high === Infinity) return expected;
  return {
    ...expected,
    high: 2 * expected.high + RETRANSMISSION,
    reason: `${expected.reason} TCP sends again what was lost, after ${seconds(RETRANSMISSION)}, and waits twice as long each time: up to as long again may pass until its next attempt.`,
    formula: `${expected.formula}; TCP up to twice that and ${seconds(RETRANSMISSION)}`,
  };
}

/** Nobody takes over: what is lost is lost until it is healed. @param after seconds from the fault to the healing */
export function untilHealed(after: number | null, reason: string): Prediction {
  if (after === null) return { ...predict(0, 0, reason, 'until it is healed'), high: Infinity };
  return predict(
    after,
    after + RECOVERY,
    reason,
    `${seconds(after)} until it is healed, and up to ${seconds(RECOVERY)} to recover`,
  );
}

/** It was healed before it could take its course. @param after seconds from the fault to the healing; null: it was not */
export function cutShort(expected: Prediction, after: number | null): Prediction {
  if (after === null || after >= expected.low) return expected;
  const reason = `${expected.reason} It was healed before that, after ${seconds(after)}: from then on the traffic may be back.`;
  return { ...expected, low: after, reason };
}

/**
 * Seconds that a path needs after its healing: a node that boots builds its routers first, and a neighbour that did not
 * answer is asked again once a second (RETRANS_TIMER of RFC 4861; arp(7), retrans_time_ms).
 */
const RECOVERY = 5;

/**
 * What may come on top where one of two that had the addresses gave them up (timeline/step-downs.ts): frames go astray until
 * the other one is heard. The longest is that of a neighbour that asks anew by itself: its entry is good for 15 to 45 s,
 * then it waits 5 s, then it asks three times, once a second, where it believes the router to be, and only then everybody
 * (arp(7): base_reachable_time_ms, delay_first_probe_time, ucast_solicit, retrans_time_ms).
 */
export function astray(expected: Prediction, node: string, holders: readonly string[]): Prediction {
  return {
    ...expected,
    high: Math.max(expected.high, ASTRAY + DETECTION_MARGIN.late),
    reason: `${expected.reason} Besides, ${astrayReason(node, holders)}`,
    formula: `${expected.formula}; where frames go astray up to 45 + 5 + 3 = ${seconds(ASTRAY)}`,
  };
}

const ASTRAY = 53;

export function astrayReason(node: string, holders: readonly string[]): string {
  const others = holders.join(' and ');
  const heard = `${others} ${holders.length > 1 ? 'are' : 'is'} heard`;
  return `${node} gave addresses up that ${others} had as well. They have the same MAC addresses of the router, and where the bridges had heard ${node} last they go on carrying frames to it, until ${heard}: at the latest when a neighbour asks for the gateway anew, within ${seconds(ASTRAY)}.`;
}

/** Nobody clears the addresses of a killed keepalived, except the one that is started in its place. */
function killed(question: OutageQuestion): Prediction {
  const { respawnAfter } = question;
  if (respawnAfter === undefined) {
    return none(
      'With keepalived gone nobody takes the addresses away: the kernel forwards on until a backup has taken over, and then the backup does.',
    );
  }
  if (respawnAfter >= masterDownTimer(question)) {
    return none(
      'A backup was master long before keepalived came back, which only clears the stale addresses of its predecessor.',
    );
  }
  return silence(
    question,
    'The keepalived that was started in place of the killed one begins as BACKUP and clears the addresses, while the backups still wait.',
    respawnAfter,
  );
}

function predict(low: number, high: number, reason: string, formula: string): Prediction {
  return {
    low: Math.max(0, low - DETECTION_MARGIN.early),
    high: Math.max(0, high) + DETECTION_MARGIN.late,
    unit: 's',
    reason,
    formula,
  };
}

function timerFormula(timers: VrrpTimers): string {
  const skew =
    timers.version === 2
      ? `(256 − ${String(timers.priority)})/256 s`
      : `(256 − ${String(timers.priority)})/256 × ${String(timers.advertInt)} s`;
  return `3 × ${String(timers.advertInt)} s + ${skew} = ${seconds(masterDownTimer(timers))}`;
}

function skewFormula(timers: VrrpTimers): string {
  const scale = timers.version === 2 ? '' : ` × ${String(timers.advertInt)}`;
  return `(256 − ${String(timers.priority)})/256${scale} s = ${seconds(skewTime(timers))}`;
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}
