/** The way of a packet, hop by hop, as values. */

export interface Place {
  readonly node: string;
  /** The empty string is the node's own. */
  readonly namespace: string;
}

export type Hop = Place &
  (
    | {
        /** What `ip route get` says there. */
        readonly kind: 'route';
        readonly device: string;
        /** Null: the destination is on the link. */
        readonly gateway: string | null;
      }
    | {
        readonly kind: 'nat';
        readonly change: 'DNAT' | 'SNAT';
        readonly before: string;
        readonly after: string;
        /** As iptables-save has it. */
        readonly rule: string;
      }
    | {
        /** An entry of the connection's, as `conntrack -L` has it. */
        readonly kind: 'conntrack';
        readonly entry: string;
      }
    | {
        /** From the device in the namespace to the other end of its veth. */
        readonly kind: 'veth';
        readonly device: string;
        readonly tap: string;
      }
    | {
        readonly kind: 'bridge';
        readonly bridge: string;
        readonly mac: string;
        /** The port behind which it has learned the address; null: it floods. */
        readonly port: string | null;
      }
    | {
        readonly kind: 'vxlan';
        readonly device: string;
        readonly to: string;
        /** On the underlay. */
        readonly address: string;
      }
    | { readonly kind: 'arrived'; readonly device: string; readonly address: string }
    | { readonly kind: 'ends'; readonly why: WhyItEnds; readonly detail: string }
  );

export type WhyItEnds =
  | 'no-namespace'
  | 'no-route'
  | 'unreachable'
  | 'link-down'
  | 'nobody-has-it'
  | 'node-down'
  | 'cut-off'
  | 'wrong-place'
  | 'loop'
  /** A fault is to be found, and where the way ends would tell. */
  | 'hidden';
