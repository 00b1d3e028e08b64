/**
 * The differences that stay, each with its reason; `docs/fidelity.md` prints them. A line that none of them covers fails
 * the test.
 */
import type { Context, Difference } from './compare.js';
import { type Files, type Snapshot } from './recording.js';

export interface Accepted {
  readonly title: string;
  readonly reason: string;
  covers(difference: Omit<Difference, 'accepted'>, context: Context): boolean;
}

type Open = Omit<Difference, 'accepted'>;

/** True where the other side has the line too, once both are put this way. */
function sameAfter(put: (line: string) => string): Accepted['covers'] {
  return (difference, context) => otherSide(difference, context).some((line) => put(line) === put(difference.line));
}

function otherSide({ side, node, place, thing }: Open, { recorded, lab }: Context): readonly string[] {
  const files: Files | undefined = (side === 'recorded' ? lab : recorded).get(node)?.get(place);
  return files === undefined ? [] : (thing.lines(files) ?? []);
}

function onThing(title: RegExp, covers: Accepted['covers']): Accepted['covers'] {
  return (difference, context) => title.test(difference.thing.title) && covers(difference, context);
}

const word = (name: string): RegExp => new RegExp(` ${name}=\\S+`, 'g');

function linksOf(snapshot: Snapshot, node: string): readonly { readonly ifname: string; readonly master?: string }[] {
  return JSON.parse(snapshot.get(node)?.get('root')?.get('links.json') ?? '[]') as {
    ifname: string;
    master?: string;
  }[];
}

/** A bridge of the recording into which nothing but its VXLAN is plugged. */
function leftOver({ node, line, side }: Open, { recorded }: Context): boolean {
  if (side === 'lab') return false;
  const links = linksOf(recorded, node);
  const name = /^([^:]+):/.exec(line)?.[1] ?? '';
  const bridge = links.find(({ ifname }) => ifname === name)?.master ?? name;
  return !links.some(({ ifname, master }) => master === bridge && ifname.startsWith('tap'));
}

/** A VXLAN of a lab on a bridge that has a network card in the recording. */
function onFlatBridge({ node, line, side }: Open, { recorded }: Context): boolean {
  const master = /^vxlan-.* master=(\S+)/.exec(line)?.[1];
  return (
    side === 'lab' &&
    master !== undefined &&
    linksOf(recorded, node).some((link) => link.master === master && link.ifname.startsWith('eth'))
  );
}

const ENGINE_RULE =
  /^(\*nat|:(DOCKER_(OUTPUT|POSTROUTING)|PREROUTING|INPUT|OUTPUT|POSTROUTING) .*|-A .*127\.0\.0\.11.*)$/;

export const ACCEPTED: readonly Accepted[] = [
  {
    title: 'Metadata proxy, state-change monitor',
    reason: 'haproxy and the Python monitor do not run in a lab: see the table of processes above.',
    covers: onThing(
      /^processes$/,
      ({ side, line }) =>
        side === 'recorded' && /^(haproxy|\S*python3? \S*neutron-keepalived-state-change) /.test(line),
    ),
  },
  {
    title: 'Bridges without a port',
    reason:
      'On the recorded nodes bridges and VXLANs of earlier clouds, or of a router that is down, stayed: the agent removes a bridge only when it sees its last tap go. A lab has those that something is plugged into.',
    covers: onThing(/^(bridges|flood)/, leftOver),
  },
  {
    title: 'VXLAN: unicast instead of multicast',
    reason:
      'A VXLAN of the recording floods to the group 224.0.0.1 on eth0; one of a lab has a list of the nodes that have the network, so that it works on any engine, also across machines. Everything else of the device is equal.',
    covers: (difference, context) =>
      difference.thing.title === 'flood lists' ||
      (difference.thing.title.startsWith('bridges') &&
        sameAfter((line) => line.replace(/ (group|link|local)=\S+/g, ''))(difference, context)),
  },
  {
    title: 'Multicast snooping where Nova made the bridge',
    reason:
      'os-vif, by which Nova plugs an instance, turns multicast snooping off on a bridge that it makes; the agent leaves it on. Which of the two comes first is chance.',
    covers: onThing(
      /^bridges/,
      sameAfter((line) => line.replace(word('mcast_snooping'), '')),
    ),
  },
  {
    title: 'Order of ports in the files of dnsmasq',
    reason:
      'The agent writes ports in the order in which it heard of them: by id after a full synchronisation, else one after the other as notices come. The API does not tell it. The lines are the same.',
    covers: onThing(
      /^dnsmasq (host|addn_hosts)$/,
      sameAfter((line) => line),
    ),
  },
  {
    title: 'The container engine’s name server',
    reason:
      'A node is a container, and its engine redirects questions to 127.0.0.11 with rules of its own in the nat table, which nothing of Neutron uses in the node’s own namespace.',
    covers: onThing(/^node iptables$/, ({ side, line }) => side === 'lab' && ENGINE_RULE.test(line)),
  },
  {
    title: 'Numbers of conntrack zones',
    reason:
      'The agent gives the next number to each network that it filters for the first time, so the number counts the networks that the node ever had. A lab begins with the first.',
    covers: onThing(
      /^node ip6?tables$/,
      sameAfter((line) => line.replace(/ --zone \d+/, '')),
    ),
  },
  {
    title: 'Order of trusted ports',
    reason:
      'Two rules for each port without security groups (routers, DHCP) stand in the order in which the agent found the taps, which is that of a Python set. A lab has them in the order in which the ports were made. The rules are the same.',
    covers: onThing(
      /^node ip6?tables$/,
      (difference, context) =>
        difference.line.includes('"Accept all packets when port is trusted."') &&
        sameAfter((line) => line)(difference, context),
    ),
  },
  {
    title: 'A physical network is a VXLAN',
    reason:
      'The larger cloud has a flat external network: a network card of the node is in its bridge. A lab has no cards to give away, and a VXLAN of the same MTU stands in its place; `import` says so.',
    covers: onThing(/^bridges/, onFlatBridge),
  },
];
