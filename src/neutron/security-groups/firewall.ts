/** Security groups, anti-spoofing and trusted taps of each node: what the Linux bridge agent filters on its bridges. */
import type { LabIndex } from '../../model/lab-queries.js';
import { bridgeName, portDevice } from '../../model/names.js';
import type { Port, ResourceRef } from '../../model/resources.js';
import { nodeRef, type NodeBuilder } from '../node-builder.js';
import { ROOT, type DesiredItem } from '../node-state.js';
import { GroupMembers, setName, type AddressSet } from './address-set.js';
import { arpProtection } from './arp-protection.js';
import { bridgeRuleset } from './bridge-ruleset.js';
import { allocateZones } from './conntrack-zones.js';
import { inOrderOfIds, type FilteredPort } from './port-chains.js';
import { familyOf } from './rule-arguments.js';

const FAMILIES = [4, 6] as const;

export class Firewall {
  readonly #members: GroupMembers;

  constructor(private readonly index: LabIndex) {
    this.#members = new GroupMembers(index.lab);
  }

  /**
   * What a node filters, for the taps that are plugged in on it. Ports are taken to have come up in the order of the
   * lab, in which they were created; where names decide an order in Neutron, they do here.
   */
  items({ node, plugged }: NodeBuilder): DesiredItem[] {
    // Each pair of a veth is plugged once; the lab's order is that of creation.
    const ports = this.index.lab.ports.filter(({ id }) => plugged.has(id));
    const [trusted, others] = split(ports, ({ device_owner: owner }) => owner.startsWith('network:'));
    const [secured, unprotected] = split(others, ({ port_security_enabled: enabled }) => enabled);
    const inOrder = secured.map((port) => this.#filtered(port));
    const filtered = [...inOrder].sort((one, other) => (one.device < other.device ? -1 : 1));
    const zones = allocateZones(filtered.map(({ bridge }) => bridge));
    const input = { filtered, trusted: trusted.map(tap), unprotected: unprotected.map(tap), zones };
    const resource = nodeRef(node);
    return [
      ...bridgeSysctls(resource, filtered.length > 0),
      ...this.#sets(filtered).map(setItem),
      ...FAMILIES.map((family): DesiredItem => ({
        kind: 'ruleset',
        namespace: ROOT,
        family,
        text: bridgeRuleset(family, input),
        resource,
        why: rulesetReason(filtered.length),
      })),
      ...(inOrder.length === 0 ? [] : [arpItem(inOrder, resource)]),
    ];
  }

  #filtered(port: Port): FilteredPort {
    const groups = port.security_groups.flatMap((id) => this.index.securityGroups.get(id) ?? []);
    return { port, device: tap(port), bridge: bridgeName(port.network_id), groups: inOrderOfIds(groups) };
  }

  /** A set for each group and family that a rule on this node names. */
  #sets(filtered: readonly FilteredPort[]): AddressSet[] {
    const sets = new Map<string, AddressSet>();
    for (const rule of filtered.flatMap(({ groups }) => groups.flatMap((group) => group.security_group_rules))) {
      const group = this.index.securityGroups.get(rule.remote_group_id ?? '');
      if (group === undefined) continue;
      const family = familyOf(rule);
      const name = setName(group.id, family);
      if (!sets.has(name)) sets.set(name, { group, name, family, members: this.#members.addresses(group.id, family) });
    }
    return [...sets.values()];
  }
}

/**
 * Only where a port is filtered are frames on bridges shown to iptables: elsewhere no rule would drop anything, and
 * connection tracking would see each flow once more on its way through a bridge. (Neutron wants it on all nodes.)
 */
export function bridgeSysctls(resource: ResourceRef, filters: boolean): DesiredItem[] {
  return ['iptables', 'ip6tables'].map((tool) => ({
    kind: 'sysctl',
    namespace: ROOT,
    name: `net.bridge.bridge-nf-call-${tool}`,
    value: filters ? '1' : '0',
    resource,
    why: filters
      ? `Frames that cross a bridge are shown to ${tool}: the security groups of the ports on this node are its rules.`
      : `Frames that cross a bridge are not shown to ${tool}: no security group needs it, and connection tracking would see each flow twice.`,
  }));
}

function setItem({ group, name, family, members }: AddressSet): DesiredItem {
  return {
    kind: 'ipset',
    namespace: ROOT,
    name,
    family,
    members,
    resource: { kind: 'security_group', id: group.id, name: group.name },
    why: `The IPv${family} addresses of all ports in security group ${group.name}: rules about the group look them up here.`,
  };
}

function rulesetReason(filtered: number): string {
  const others = 'The taps of routers, DHCP servers and ports without port security are let through.';
  if (filtered === 0) return `No port on this node is filtered. ${others}`;
  return `What crosses a bridge towards or from a filtered port passes the rules of its security groups. ${others}`;
}

function arpItem(ports: readonly FilteredPort[], resource: ResourceRef): DesiredItem {
  return {
    kind: 'ebtables',
    namespace: ROOT,
    text: arpProtection(ports),
    resource,
    why: 'A filtered port may only use its own MAC and say by ARP that it has its own addresses, and those of its allowed pairs.',
  };
}

function tap(port: Port): string {
  return portDevice('tap', port.id);
}

function split<T>(values: readonly T[], test: (value: T) => boolean): [T[], T[]] {
  return [values.filter(test), values.filter((value) => !test(value))];
}
