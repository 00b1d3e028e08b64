/** Which rule of a router's NAT a packet meets, by the text of its rules. Pure. */

export interface Nat {
  readonly address: string;
  readonly rule: string;
}

/** Of the floating IP that it is sent to (neutron/agent/l3/router_info.py, floating_forward_rules). */
export function dnatOf(rules: string, destination: string): Nat | null {
  return found(
    rules,
    new RegExp(`^-A neutron-l3-agent-PREROUTING -d ${escaped(destination)}(?:/32)? -j DNAT --to-destination (\\S+)`),
  );
}

/** Of a floating IP's owner, else of everybody that leaves by the gateway. */
export function snatOf(rules: string, source: string, device: string): Nat | null {
  return (
    found(
      rules,
      new RegExp(`^-A neutron-l3-agent-float-snat -s ${escaped(source)}(?:/32)? .*-j SNAT --to-source (\\S+)`),
    ) ?? found(rules, new RegExp(`^-A neutron-l3-agent-snat -o ${escaped(device)} -j SNAT --to-source (\\S+)`))
  );
}

function found(rules: string, pattern: RegExp): Nat | null {
  for (const line of rules.split('\n')) {
    const address = pattern.exec(line)?.[1];
    if (address !== undefined) return { address, rule: line };
  }
  return null;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
