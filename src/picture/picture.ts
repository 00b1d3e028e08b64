/**
 * What is drawn of a lab, as a value: the resources that its file declares, and what its nodes say of them. It travels to the
 * page as JSON, whole each time. Pure.
 */
import type { ContainerState } from '../docker/runtime.js';
import type { Role } from '../lab/replica.js';

/** A place in the palette of the page, so that a network has one colour wherever it is seen. */
export type Hue = 'ha' | 'external' | 0 | 1 | 2 | 3 | 4 | 5;

export interface NetworkShape {
  readonly id: string;
  readonly name: string;
  readonly external: boolean;
  readonly hue: Hue;
  readonly subnets: readonly { readonly id: string; readonly cidr: string }[];
  readonly vni: number;
  /** Bytes. */
  readonly mtu: number;
  /** The file has it, and what runs has not. */
  readonly fresh: boolean;
}

/** A port as it is drawn: a cable from a device to a network. */
export interface Plug {
  readonly port: string;
  readonly network: string;
  /** `qr-…`, `qg-…`, `eth0`. */
  readonly device: string;
  readonly addresses: readonly string[];
  /** False where the interface is down on the node that uses it. */
  readonly up: boolean;
}

export interface ReplicaShape {
  readonly node: string;
  readonly role: Role;
  readonly remark: string | null;
  readonly haAddress: string;
}

export interface FloatingShape {
  readonly id: string;
  readonly address: string;
  readonly fixed: string | null;
  /** Whose it is; null while nobody's. */
  readonly instance: string | null;
  readonly router: string | null;
  readonly network: string;
}

export interface UnseenShape {
  readonly node: string;
  readonly remark: string;
}

export interface RouterShape {
  readonly id: string;
  readonly name: string;
  readonly ha: boolean;
  readonly adminUp: boolean;
  readonly vrid: number | null;
  readonly interfaces: readonly Plug[];
  readonly gateway: (Plug & { readonly snat: boolean }) | null;
  readonly replicas: readonly ReplicaShape[];
  /** Nodes where it is MASTER; of a legacy router, where it is. */
  readonly active: readonly string[];
  /** Nodes of a legacy router that cannot be asked, each with the reason. */
  readonly unseen: readonly UnseenShape[];
  readonly fresh: boolean;
}

export interface InstanceShape {
  readonly id: string;
  readonly name: string;
  readonly node: string;
  readonly plugs: readonly Plug[];
  /** `waiting`: it has not got its addresses yet. `gone`: its node does not run. */
  readonly state: 'declared' | 'ready' | 'waiting' | 'gone';
  readonly fresh: boolean;
}

/** An address that somebody wears just now. */
export interface WornAddress {
  /** Without its prefix length. */
  readonly address: string;
  readonly hue: Hue;
  /** `vip`: 169.254.0.VRID, by which Neutron tells the MASTER. */
  readonly kind: 'vip' | 'gateway' | 'interface' | 'floating' | 'fixed';
}

export type BoxKind = 'qrouter' | 'qdhcp' | 'instance';

/** A network namespace on a node. */
export interface BoxShape {
  readonly kind: BoxKind;
  readonly namespace: string;
  /** Of the router, network or instance. */
  readonly id: string;
  readonly name: string;
  readonly hue: Hue | null;
  /** Of an HA router. */
  readonly role: Role | null;
  /** `active` holds addresses and works, `standby` waits, `broken` should work, `absent` is not there. */
  readonly state: 'active' | 'standby' | 'broken' | 'absent' | 'declared';
  readonly worn: readonly WornAddress[];
  /** What it wears when it is active, by the lab. */
  readonly should: readonly WornAddress[];
  /** What it says of itself, one line each. */
  readonly lines: readonly BoxLine[];
}

/** What a box says of itself; the page has the words. */
export type BoxLine =
  | { readonly say: 'device'; readonly device: string; readonly address: string; readonly up: boolean }
  /** From `src/lab/replica.ts`, a sentence without its full stop. */
  | { readonly say: 'remark'; readonly text: string; readonly trouble: boolean }
  /** Theory: seconds of silence after which it takes over. */
  | { readonly say: 'takeover'; readonly seconds: number }
  | { readonly say: 'dnsmasq'; readonly running: boolean; readonly leases: number | null }
  | { readonly say: 'route'; readonly gateway: string };

export type NodeState = ContainerState | 'missing' | 'declared';

export interface NodeShape {
  readonly name: string;
  readonly state: NodeState;
  /** On the underlay. */
  readonly address: string | null;
  readonly agents: readonly string[];
  /** The faults that are marked on it, by the names of their marks. */
  readonly faults: readonly string[];
  /** It runs and no frame of it gets out: its underlay interface is down. */
  readonly cutOff: boolean;
  /** Nodes that it lost: frames between them are dropped. */
  readonly lost: readonly string[];
  readonly boxes: readonly BoxShape[];
  /** Bridges with their VXLANs. */
  readonly bridges: readonly BridgeShape[];
}

export interface BridgeShape {
  readonly name: string;
  readonly network: string;
  readonly hue: Hue;
  readonly vxlan: string;
  /** Interfaces in it, the VXLAN apart. */
  readonly ports: readonly string[];
  /** It is on the node; else it should be. */
  readonly there: boolean;
  readonly up: boolean;
}

export interface Picture {
  readonly lab: string;
  /** `stopped`: as the file declares it; nothing runs. */
  readonly state: 'stopped' | 'running';
  /** True where there is a file to edit. */
  readonly editable: boolean;
  /** A fault is to be found: the picture does not show which. */
  readonly hiddenFault: boolean;
  readonly networks: readonly NetworkShape[];
  readonly routers: readonly RouterShape[];
  readonly instances: readonly InstanceShape[];
  readonly floating: readonly FloatingShape[];
  readonly nodes: readonly NodeShape[];
  /** Seconds of silence after which a backup takes over: theory. */
  readonly masterDown: number;
  readonly advertInt: number;
}
