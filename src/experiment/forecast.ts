/** What theory says about the fault of a scenario, for probes that cross the router. Pure. */
import type { Fault, FaultOf } from '../lab/break/fault.js';
import {
  coldStart,
  type MasterFault,
  type OutageQuestion,
  type Prediction,
  type VrrpTimers,
  predictOutage,
  unharmed,
  untilHealed,
} from './theory.js';

export interface Circumstances extends VrrpTimers {
  /** The MASTER is struck, of an HA router. */
  readonly strikesMaster: boolean;
  /** All replicas are struck at once. */
  readonly strikesAll: boolean;
  /** Seconds after which keepalived was started again; null where nobody did. */
  readonly respawnAfter: number | null;
  /** False: a legacy router, which nobody takes over. */
  readonly ha: boolean;
  /** Seconds from the fault to its healing, where it is healed while it is watched. */
  readonly healedAfter: number | null;
  /** Where the fault is on a node: the nodes of the lab, those that host the router, and those that something lives on. */
  readonly places: Places;
  readonly sinceLastAdvert?: number;
  /** Bytes of the longest packet of a probe that goes by what is struck and that nobody may fragment; null: all are short. */
  readonly longest?: number | null;
}

export interface Places {
  readonly all: readonly string[];
  readonly replicas: readonly string[];
  /** Instances, or the outside. */
  readonly users: readonly string[];
}

export function forecast(fault: Fault, about: Circumstances): Prediction {
  const { advertInt, priority, version, sinceLastAdvert } = about;
  const ask = (what: MasterFault, age = sinceLastAdvert): Prediction => {
    const respawn = about.respawnAfter === null ? {} : { respawnAfter: about.respawnAfter };
    const question: OutageQuestion = { fault: what, advertInt, priority, version, ...respawn };
    return predictOutage(age === undefined ? question : { ...question, sinceLastAdvert: age });
  };
  const forEver = (why: string): Prediction => untilHealed(about.healedAfter, why);
  if (!about.ha) return forecastLegacy(fault, about, forEver);
  if (about.strikesAll && (fault.kind === 'restart' || fault.kind === 'node'))
    return coldStart(
      about,
      'All replicas are gone at once: nobody hears a farewell, and nobody takes over. They come back as BACKUP, and each waits for its whole timer.',
    );
  if (about.places.users.includes(fault.node) && cutsOff(fault)) {
    const what = 'What lives on that node is lost to the others until it is healed; nothing fails over with it.';
    return { ...forEver(what), low: 0 };
  }
  if (fault.kind === 'mtu' && fault.device === 'underlay' && about.places.users.includes(fault.node))
    return { ...narrowed(fault, about, forEver), low: 0 };
  if (!about.strikesMaster && !STRIKES_ANYWHERE.has(fault.kind))
    return unharmed(
      fault.kind === 'link' && fault.device === 'underlay'
        ? CUT_STANDBY
        : 'Who is not MASTER carries nothing, so nobody misses it; the others elect nobody new.',
    );
  switch (fault.kind) {
    case 'node':
      return ask(fault.graceful ? 'node-stopped' : 'node-killed');
    case 'restart':
      return ask('node-stopped');
    case 'freeze':
      return ask('node-frozen');
    case 'keepalived':
      return keepalived(fault.how, ask);
    case 'agent':
      return unharmed('The agent configures; keepalived and the kernel carry the traffic, and go on without it.');
    case 'dhcp':
      return unharmed(LEASED);
    case 'link':
      if (fault.device === 'ha') return ask('ha-link-down');
      if (fault.device === 'underlay') return ask('underlay-cut');
      return forEver(
        `Neutron has keepalived track the ha- interface alone: the MASTER stays MASTER and carries nothing by ${fault.device}-.`,
      );
    case 'partition':
      return fault.router === null ? partition(fault, about, ask, forEver) : ask('vrrp-partition');
    case 'impair':
      return impaired(
        fault,
        'A delay shifts advertisements as well as packets and nothing times out. Three advertisements in a row must be lost for a backup to take over.',
      );
    case 'mtu':
      return narrowed(fault, about, forEver);
    case 'conntrack':
      return unharmed(FORGOTTEN);
    case 'config':
      return changedConfig(fault.change.what, ask);
  }
}

/** Nobody takes over, whatever happens. */
function forecastLegacy(fault: Fault, about: Circumstances, forEver: (why: string) => Prediction): Prediction {
  const { places } = about;
  switch (fault.kind) {
    case 'freeze':
      return unharmed('A frozen node runs no process, but the kernel goes on forwarding.');
    case 'agent':
      return unharmed('The agent configures; the kernel carries the traffic, and goes on without it.');
    case 'mtu':
      return narrowed(fault, about, forEver);
    case 'conntrack':
      return unharmed(FORGOTTEN);
    case 'dhcp':
      return unharmed(LEASED);
    case 'impair':
      return impaired(
        fault,
        'What the node sends is late or lost, and nothing moves: a legacy router has no other node.',
      );
    case 'link':
      if (fault.device !== 'underlay')
        return forEver('A legacy router has no second replica: what goes by that interface waits until it is mended.');
      return forEver(ALONE);
    case 'partition':
      return fault.from.some((one) => places.users.includes(one))
        ? forEver(ALONE)
        : unharmed('Those nodes lose each other, and nobody who uses the router is there.');
    default:
      return forEver(ALONE);
  }
}

const CUT_STANDBY =
  'Nothing goes by a standby. One that hears no MASTER becomes one, for those alone that still hear it; when it is heard again the higher address on the HA network stays.';
const ALONE = 'A legacy router is on one node, and nobody takes over: Neutron moves it only when its operator does.';
const SHORTER =
  'Short packets pass as before; for longer ones the router says so by ICMP, and TCP takes smaller segments.';
/** A host hears of a router that it has to send less at a time; a probe that may not be fragmented has no less to send. */
function narrowed(
  { mtu }: FaultOf<'mtu'>,
  { longest = null }: Circumstances,
  forEver: (why: string) => Prediction,
): Prediction {
  if (longest === null || longest <= mtu) return unharmed(SHORTER);
  return forEver(
    `A packet of ${String(longest)} bytes that nobody may fragment does not get through ${String(mtu)}: the router refuses what should go out there, and says so by ICMP (RFC 1191); what comes in there is dropped without a word. Short packets pass as before, advertisements among them: keepalived notices nothing, and nobody takes over.`,
  );
}

const FORGOTTEN =
  'The next packet of a connection makes a new entry. What is not translated goes on; of what is, only who gets another port breaks.';
const LEASED = 'Leases that were given are good for as long as they were given for; only who asks now gets nothing.';

/** Whether the others lose all that is on the node. */
function cutsOff(fault: Fault): boolean {
  if (fault.kind === 'link') return fault.device === 'underlay';
  if (fault.kind === 'partition') return fault.router === null;
  return fault.kind === 'node' || fault.kind === 'restart';
}

/** All of the traffic between a node and others. It depends on who these are. */
function partition(
  { node, from, oneWay }: FaultOf<'partition'>,
  { strikesMaster, places }: Circumstances,
  ask: (what: MasterFault) => Prediction,
  forEver: (why: string) => Prediction,
): Prediction {
  if (!strikesMaster)
    return unharmed(
      oneWay === true
        ? 'Nothing goes by a standby, and this one hears its MASTER as before: it stays what it is.'
        : CUT_STANDBY,
    );
  const others = places.all.filter((one) => one !== node);
  if (others.every((one) => from.includes(one))) return oneWay === true ? ask('underlay-mute') : ask('underlay-cut');
  const users = from.some((one) => places.users.includes(one));
  const standbys = from.some((one) => places.replicas.includes(one));
  if (!users) return ask('vrrp-partition');
  if (standbys) return { ...ask('underlay-cut'), low: 0 };
  return forEver('Who lost the MASTER has no gateway; the standbys still hear it, so none of them takes over.');
}

/** Some packets in a row may be lost, too; that is no failover. */
const SOME_IN_A_ROW = 1;

function impaired({ loss }: FaultOf<'impair'>, why: string): Prediction {
  const expected = unharmed(why);
  return loss === 0 ? expected : { ...expected, high: SOME_IN_A_ROW, formula: 'some requests in a row, by chance' };
}

/** Faults that may be felt whoever is MASTER. */
const STRIKES_ANYWHERE: ReadonlySet<Fault['kind']> = new Set(['dhcp', 'agent', 'partition', 'config', 'conntrack']);

function keepalived(
  how: Extract<Fault, { kind: 'keepalived' }>['how'],
  ask: (what: MasterFault) => Prediction,
): Prediction {
  switch (how) {
    case 'kill':
      return ask('keepalived-killed');
    case 'kill-parent':
      return ask('keepalived-parent-killed');
    case 'kill-child':
      return ask('keepalived-child-killed');
    case 'terminate':
      return ask('keepalived-terminated');
    case 'reload':
      return unharmed(
        'On SIGHUP keepalived keeps the roles and addresses that it has, and changes what the file changes.',
      );
  }
}

function changedConfig(
  what: Extract<Fault, { kind: 'config' }>['change']['what'],
  ask: (question: MasterFault, age?: number) => Prediction,
): Prediction {
  switch (what) {
    case 'priority':
      return unharmed(
        'With `nopreempt` a higher priority takes nothing from a MASTER that is there (keepalived.conf(5)).',
      );
    case 'virtual_router_id':
      return {
        ...ask('keepalived-terminated'),
        // Probes may cross another router, whose VRID the new one is.
        low: 0,
        reason:
          'keepalived drops the instance that had the old VRID, with an advertisement of priority 0, and begins another one as BACKUP: who has the old VRID takes over after the skew time. Nobody else has the new one, so its own becomes MASTER beside that after its whole timer. Who crosses another router loses nothing.',
      };
    case 'advert_int':
      return {
        ...ask('vrrp-partition'),
        reason:
          'The others drop what does not have their interval (RFC 3768, 7.1): a second MASTER comes up beside the first, and the traffic goes to the one that announced itself last.',
      };
    case 'damaged':
      return {
        // It advertises when it reads its file, once more with the addresses: the others wait from then on.
        ...ask('keepalived-child-killed', 0),
        reason:
          'keepalived reads on past what is wrong with the file; the addresses stood behind it, so it takes them away and stays MASTER without any. The others drop advertisements that name no address (RFC 3768, 7.1), and one of them takes over after the whole timer.',
      };
  }
}
