/**
 * The rules of the Linux bridge agent in a node's own namespace, in the form of iptables-save
 * (neutron/agent/linux/iptables_firewall.py). What crosses a bridge passes FORWARD; what is filtered takes the chains
 * of its port from there, and each other tap is let through by a rule of its own.
 */
import { filterTable, rawTable, type Table } from '../iptables/table.js';
import { withComment } from './comments.js';
import { portChainName, portChains, type FilteredPort } from './port-chains.js';

/** `neutron-linuxbridge-agent`, cut to 16 characters. */
const PREFIX = 'neutron-linuxbri';

export interface BridgePorts {
  /** With port security, in the order of their devices' names. */
  readonly filtered: readonly FilteredPort[];
  /** Taps of ports that Neutron itself owns, in the order in which they came up. */
  readonly trusted: readonly string[];
  /** Taps of ports without port security, in the order in which they came up. */
  readonly unprotected: readonly string[];
  /** Bridge name to its conntrack zone. */
  readonly zones: ReadonlyMap<string, number>;
}

export function bridgeRuleset(family: 4 | 6, ports: BridgePorts): string {
  return [raw(ports), filter(family, ports)].join('');
}

function raw({ filtered, zones }: BridgePorts): Table {
  const table = rawTable(PREFIX);
  for (const { device, bridge, groups } of filtered) {
    // The first rule of the first group decides for the port (`_are_sg_rules_stateful`).
    const [first] = groups;
    const stateful = first === undefined || first.security_group_rules.length === 0 || first.stateful;
    // The agent means to cut `tap` and cuts one character more (`_get_port_device_name`).
    const short = device.slice(4);
    const [target, comment] = stateful
      ? [`-j CT --zone ${zones.get(bridge) ?? 0}`, `Set zone for ${short}`]
      : ['-j CT --notrack', `Make ${short} stateless`];
    table.append(
      table.chain('PREROUTING'),
      withComment(`-m physdev --physdev-in ${bridge} ${target}`, comment),
      withComment(`-i ${bridge} ${target}`, comment),
      withComment(`-m physdev --physdev-in ${device} ${target}`, comment),
    );
  }
  return table;
}

function filter(family: 4 | 6, { filtered, trusted, unprotected }: BridgePorts): Table {
  const table = filterTable(PREFIX);
  const [forward, input, groups] = [table.chain('FORWARD'), table.chain('INPUT'), table.chain('sg-chain')];
  for (const each of filtered) filterPort(table, family, each);
  table.append(groups, '-j ACCEPT');
  const accept = (match: string, why: string): string => withComment(`${match} -j ACCEPT`, why);
  const trust = 'Accept all packets when port is trusted.';
  for (const device of trusted) table.append(forward, accept(to(device), trust), accept(from(device), trust));
  const open = 'Accept all packets when port security is disabled.';
  for (const device of unprotected) {
    table.append(forward, accept(to(device), open), accept(from(device), open));
    table.append(input, accept(from(device), open));
  }
  table.append(table.chain('sg-fallback'), withComment('-j DROP', 'Default drop rule for unmatched traffic.'));
  return table;
}

function filterPort(table: Table, family: 4 | 6, filtered: FilteredPort): void {
  const { device } = filtered;
  const chains = portChains(filtered, family, (name) => table.chain(name));
  const [ingress, egress] = [table.chain(portChainName('i', device)), table.chain(portChainName('o', device))];
  const groups = table.chain('sg-chain');
  const direct = 'Direct traffic from the VM interface to the security group chain.';
  table.append(
    table.chain('FORWARD'),
    withComment(`${to(device)} -j ${groups}`, direct),
    withComment(`${from(device)} -j ${groups}`, direct),
  );
  const jump = 'Jump to the VM specific chain.';
  table.append(
    groups,
    withComment(`${to(device)} -j ${ingress}`, jump),
    withComment(`${from(device)} -j ${egress}`, jump),
  );
  table.append(
    table.chain('INPUT'),
    withComment(`${from(device)} -j ${egress}`, 'Direct incoming traffic from VM to the security group chain.'),
  );
  table.append(ingress, ...chains.ingress).append(egress, ...chains.egress);
  if (chains.sources !== null) table.append(table.chain(portChainName('s', device)), ...chains.sources);
}

/** What leaves the bridge by a tap, towards who is behind it. */
function to(device: string): string {
  return `-m physdev --physdev-out ${device} --physdev-is-bridged`;
}

function from(device: string): string {
  return `-m physdev --physdev-in ${device} --physdev-is-bridged`;
}
