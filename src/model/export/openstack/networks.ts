/** Commands for security groups, networks, subnets and ports. */
import type { ExtraDhcpOpt } from '../../resources.js';
import type { Command, Group } from './command.js';
import type { References } from './references.js';
import type { Word } from './shell-words.js';
import type {
  DeclaredAddress,
  DeclaredGroup,
  DeclaredNetwork,
  DeclaredPort,
  DeclaredRule,
  DeclaredSubnet,
} from '../topology.js';

/** The creation of something under its name, whose id is kept where that is needed. */
export function creation(
  what: string,
  options: readonly Group[],
  resource: { readonly name: string; readonly label: string; readonly remarks: readonly string[] },
  references: References,
  remarks = resource.remarks,
): Command {
  const keepAs = references.kept(resource);
  const output: Group[] = keepAs === undefined ? [] : [['-f', 'value', '-c', 'id']];
  const name: Group = resource.name.startsWith('-') ? ['--', resource.name] : [resource.name];
  return { remarks, groups: [[...what.split(' '), 'create'], ...output, ...options, name], keepAs };
}

export function flag(option: string, given: boolean): Group[] {
  return given ? [[option]] : [];
}

export function option(name: string, value: Word | null | undefined): Group[] {
  return value === null || value === undefined ? [] : [[name, value]];
}

export function groupCommand(group: DeclaredGroup, references: References): Command {
  return creation('security group', flag('--stateless', !group.stateful), group, references);
}

/** After all groups, since they may name each other. */
export function ruleCommands(group: DeclaredGroup, references: References): Command[] {
  const name = references.of(group);
  const emptied: Command = {
    remarks: ['Neutron gives it rules of its own; in the lab it has none but these:'],
    groups: [['security', 'group', 'rule', 'list'], ['-f', 'value'], ['-c', 'ID'], [name]],
    into: 'xargs -r -n 1 openstack security group rule delete',
  };
  return [
    ...(group.withoutDefaultRules ? [emptied] : []),
    ...group.rules.map((rule) => ruleCommand(rule, name, references)),
  ];
}

function ruleCommand(rule: DeclaredRule, group: Word, references: References): Command {
  const { port_range_min: min, port_range_max: max, protocol } = rule;
  const icmp = protocol !== null && /icmp|^(1|58)$/.test(protocol);
  return {
    groups: [
      ['security', 'group', 'rule', 'create'],
      [`--${rule.direction}`],
      ['--ethertype', rule.ethertype],
      ['--protocol', protocol ?? 'any'],
      ...(icmp
        ? [...option('--icmp-type', text(min)), ...option('--icmp-code', text(max))]
        : option('--dst-port', min === null || max === null ? null : `${String(min)}:${String(max)}`)),
      ...option('--remote-ip', rule.remote_ip_prefix),
      ...option('--remote-group', rule.remoteGroup === null ? null : references.of(rule.remoteGroup)),
      [group],
    ],
  };
}

function text(value: number | null): string | null {
  return value === null ? null : String(value);
}

export function networkCommands(network: DeclaredNetwork, references: References): Command[] {
  if (network.existing) {
    // Nothing is run, but the reader learns what is expected.
    return [{ remarks: network.remarks, groups: [['network', 'show'], ['-c', 'id'], [references.of(network)]] }];
  }
  const options = [
    ...flag('--external', network.external),
    ...flag('--disable', !network.adminStateUp),
    ...option('--mtu', text(network.mtu)),
    ...flag('--disable-port-security', !network.portSecurity),
    ...(network.vni === null
      ? []
      : [
          ['--provider-network-type', 'vxlan'],
          ['--provider-segment', String(network.vni)],
        ]),
  ];
  return [creation('network', options, network, references)];
}

export function subnetCommand(subnet: DeclaredSubnet, references: References): Command {
  const options: Group[] = [
    ['--network', references.of(subnet.network)],
    ...option('--ip-version', subnet.ipVersion === 6 ? '6' : null),
    ['--subnet-range', subnet.cidr],
    ...option('--gateway', subnet.gateway === null ? 'none' : subnet.gateway),
    ...flag('--no-dhcp', !subnet.dhcp),
    ...option('--ipv6-ra-mode', subnet.raMode),
    ...option('--ipv6-address-mode', subnet.addressMode),
    ...(subnet.pools ?? []).flatMap(({ start, end }) => option('--allocation-pool', `start=${start},end=${end}`)),
    ...subnet.dnsNameservers.flatMap((address) => option('--dns-nameserver', address)),
    ...subnet.hostRoutes.flatMap((one) =>
      option('--host-route', `destination=${one.destination},gateway=${one.nexthop}`),
    ),
  ];
  return creation('subnet', options, subnet, references);
}

export function portCommand(port: DeclaredPort, references: References): Command {
  const isParted = ({ opt_name: name, opt_value: value }: ExtraDhcpOpt): boolean => `${name}${value}`.includes(',');
  const said = port.dhcpOptions.filter((one) => !isParted(one));
  const unsaid = port.dhcpOptions.filter(isParted);
  const options: Group[] = [
    ['--network', references.of(port.network)],
    ...flag('--no-fixed-ip', port.noAddress),
    ...port.addresses.flatMap((one) => option('--fixed-ip', addressWord(one, references))),
    ...option('--mac-address', port.mac),
    ...flag('--disable', !port.adminStateUp),
    ...(port.groups.length === 0
      ? flag('--no-security-group', true)
      : port.groups.flatMap((group) => option('--security-group', references.of(group)))),
    ...portSecurity(port.portSecurity),
    ...port.pairs.flatMap(({ ip_address: address, mac }) =>
      option('--allowed-address', `ip-address=${address}${mac === null ? '' : `,mac-address=${mac}`}`),
    ),
    ...said.flatMap(({ opt_name: name, opt_value: value, ip_version: version }) =>
      option('--extra-dhcp-option', `name=${name},value=${value},ip-version=${String(version)}`),
    ),
  ];
  const remarks = [
    ...port.remarks,
    ...unsaid.map(
      ({ opt_name: name, opt_value: value }) => `The client cannot say ${name}=${value}: it parts values at commas.`,
    ),
  ];
  return creation('port', options, port, references, remarks);
}

function portSecurity(enabled: boolean | null): Group[] {
  return enabled === null ? [] : [[enabled ? '--enable-port-security' : '--disable-port-security']];
}

/** `subnet=…,ip-address=…`, of which the address may be the cloud's choice. */
export function addressWord({ subnet, address }: DeclaredAddress, references: References): Word {
  return ['subnet=', references.of(subnet), address === null ? '' : `,ip-address=${address}`];
}
