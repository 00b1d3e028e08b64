/** What can be broken on purpose in a running lab, as plain data. Pure. */

export const KEEPALIVED_FAULTS = ['kill', 'kill-parent', 'kill-child', 'terminate', 'reload'] as const;
export type KeepalivedFault = (typeof KEEPALIVED_FAULTS)[number];

export const FAULTY_DEVICES = ['underlay', 'ha', 'qr', 'qg'] as const;
export type FaultyDevice = (typeof FAULTY_DEVICES)[number];

/** What somebody did to keepalived.conf. */
export type ConfigChange =
  | { readonly what: 'priority'; readonly value: number }
  | { readonly what: 'advert_int'; readonly value: number }
  /** With that of another router it is a duplicate VRID. */
  | { readonly what: 'virtual_router_id'; readonly value: number }
  | { readonly what: 'damaged' };

export interface Impairment {
  /** Milliseconds that every packet is held back. */
  readonly delay: number;
  /** Milliseconds, by up to which the delay is longer or shorter. */
  readonly jitter: number;
  /** Percent of the packets that are lost. */
  readonly loss: number;
  /** Kilobits a second; 0 for no limit. */
  readonly rate: number;
}

export type Fault =
  /** The power goes (SIGKILL to all), or with `graceful` the node is shut down in order. */
  | { readonly kind: 'node'; readonly node: string; readonly graceful: boolean }
  /** It is shut down in order and comes back. */
  | { readonly kind: 'restart'; readonly node: string }
  /** Nothing of the node's user space runs any more, its kernel forwards on. */
  | { readonly kind: 'freeze'; readonly node: string }
  | {
      readonly kind: 'keepalived';
      readonly node: string;
      readonly router: string;
      readonly how: KeepalivedFault;
      /** False: the agent's process monitor does not start it again. */
      readonly respawn?: boolean;
    }
  /** The L3 agent ends, and with it what stands for its state-change monitors; keepalived and the kernel go on. */
  | { readonly kind: 'agent'; readonly node: string; readonly how: 'kill' | 'terminate' }
  /** The DHCP server of a network ends. */
  | { readonly kind: 'dhcp'; readonly node: string; readonly network: string; readonly respawn?: boolean }
  /** An interface goes down: the node's underlay, or a router's device on the node. */
  | { readonly kind: 'link'; readonly node: string; readonly router: string | null; readonly device: FaultyDevice }
  /** Two groups of nodes lose each other: all of their traffic, or a router's advertisements only. */
  | {
      readonly kind: 'partition';
      readonly node: string;
      readonly from: readonly string[];
      readonly router: string | null;
      /** The others do not hear the node; it hears them. */
      readonly oneWay?: boolean;
    }
  /** What the node sends to other nodes is held back, lost or throttled. */
  | ({ readonly kind: 'impair'; readonly node: string } & Impairment)
  | {
      readonly kind: 'mtu';
      readonly node: string;
      readonly router: string | null;
      readonly device: FaultyDevice;
      /** Bytes. */
      readonly mtu: number;
    }
  /** The connections that the router's namespace on the node knows are forgotten. */
  | { readonly kind: 'conntrack'; readonly node: string; readonly router: string }
  /** keepalived.conf is another one, and keepalived is told to read it. */
  | { readonly kind: 'config'; readonly node: string; readonly router: string; readonly change: ConfigChange };

export type FaultKind = Fault['kind'];
export type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;
