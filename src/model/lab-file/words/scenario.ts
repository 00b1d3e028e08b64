/** Experiments: what is probed, what breaks when, and what must hold. */
import type { AttributeWords } from '../documented.js';

export const SCENARIO = {
  title: { meaning: 'What the experiment is about, in a line.' },
  story: { meaning: 'What happens and why, in paragraphs.' },
  probes: { meaning: 'What is asked all the time meanwhile.', default: 'pings through the router that is broken' },
  faults: { meaning: 'What breaks, when, and when it is healed.' },
  watch: {
    meaning: 'Seconds that are watched after the last fault or healing.',
    default: 'until everything answers again, or the theory says that it should',
  },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const PROBE = {
  kind: {
    meaning:
      '`ping`; `tcp`: one connection that lives on; `http`: one request after another; `dhcp`: a lease that is renewed.',
    default: '`ping`',
  },
  from: { meaning: 'An instance, or `outside`.' },
  to: {
    meaning: 'An instance, a router, `outside`, or an IPv4 address. From `outside`, an instance is its floating IP.',
  },
  interval: { meaning: 'Milliseconds between two requests.', default: '`20`' },
  size: {
    meaning:
      'Of `ping`: bytes of payload, in packets that nobody may fragment, as `ping -M do -s SIZE` sends; 28 more are on the wire. What is longer than the MTU of the way is lost.',
    default: '`56`, which fits anywhere',
  },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const FAULT = {
  fault: { meaning: 'What breaks, in the words of `neutron-lab fail`.' },
  at: { meaning: 'Seconds after the beginning.', default: '`0`' },
  heal: { meaning: 'Seconds after the beginning when it is healed.', default: 'when the experiment is over' },
  on: { meaning: 'A node, or a router: then the node of its MASTER.', default: 'the only HA router' },
  replica: { meaning: '`MASTER`, `BACKUP` or `all` of the replicas, where a router is named.', default: '`MASTER`' },
  how: {
    meaning:
      'Of `keepalived`: `kill`, `kill-parent`, `kill-child`, `terminate`, `reload`; of `agent`: `kill`, `terminate`.',
  },
  respawn: { meaning: 'Whether the process monitor starts it again.', default: '`true`' },
  device: { meaning: 'Of `link` and `mtu`: `ha`, `qr`, `qg`, `underlay`.', default: '`ha`; of `mtu` `qr`' },
  from: { meaning: 'Of `partition`: the other nodes.', default: 'all others' },
  router: {
    meaning:
      'Which router is meant, where `on` is a node that hosts several; of `partition`: only the advertisements of this router are lost.',
    default: 'that of `on`',
  },
  one_way: {
    meaning: 'Of `partition` and `underlay`: the others do not hear the node; it hears them.',
    default: '`false`',
  },
  network: { meaning: 'Of `dhcp`: whose DHCP server.' },
  delay: { meaning: 'Of `impair`: milliseconds.', default: '`0`' },
  jitter: { meaning: 'Of `impair`: milliseconds.', default: '`0`' },
  loss: { meaning: 'Of `impair`: percent.', default: '`0`' },
  rate: { meaning: 'Of `impair`: kilobits a second.', default: 'no limit' },
  mtu: { meaning: 'Of `mtu`: bytes.' },
  priority: { meaning: 'Of `config`: the priority in keepalived.conf.' },
  advert_int: { meaning: 'Of `config`: the interval in keepalived.conf.' },
  vrid: { meaning: 'Of `config`: the virtual_router_id in keepalived.conf.' },
  damaged: { meaning: 'Of `config`: keepalived.conf breaks off in the middle.', default: '`false`' },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const EXPECT = {
  failover: { meaning: 'The longest outage that each fault may cause: `{ node: < 8 s }`.' },
} as const satisfies Readonly<Record<string, AttributeWords>>;
