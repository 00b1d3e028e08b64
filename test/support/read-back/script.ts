/** What a script told the openstack client. */
import assert from 'node:assert/strict';
import type { RuleFile, SubnetFile } from '../../../src/model/lab-file/schema.js';
import { callsOf, idAnsweredTo, valuesOf } from '../exported.js';
import { at, type Key, Told, type ToldAddress } from './told.js';

type Call = readonly string[];

/** Options that stand alone. */
const FLAGS = /^--(external|disable|no-.*|disable-.*|enable-.*|ha|stateless|ingress|egress)$/;

/** The words that are no options: what is done to what. */
function wordsOf(call: Call): string[] {
  const words: string[] = [];
  for (let index = 0; index < call.length; index += 1) {
    const word = call[index] ?? '';
    if (word === '--') return [...words, ...call.slice(index + 1)];
    if (!word.startsWith('-')) words.push(word);
    else if (!FLAGS.test(word)) index += 1;
  }
  return words;
}

/** `key=value,key=value`; a value may be anything but a comma. */
function fields(text: string): Record<string, string> {
  return Object.fromEntries(text.split(',').map((one) => [one.split('=')[0] ?? '', one.slice(one.indexOf('=') + 1)]));
}

const one = (call: Call, option: string): string | undefined => valuesOf(call, option)[0];
const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
const routesOf = (call: Call, option: string) =>
  valuesOf(call, option).map((text) => {
    const { destination = '', gateway = '' } = fields(text);
    return { destination, nexthop: gateway };
  });

export function toldByScript(script: string, folder: string): Told {
  const told = new Told();
  // The script looks for its id in a list, which is empty here.
  told.groups.set('', { name: 'default', existing: true, stateful: true, defaults: true, rules: [] });
  for (const call of callsOf(script, folder)) tell(told, call);
  return told;
}

function tell(told: Told, call: Call): void {
  const words = wordsOf(call);
  const name = words.at(-1) ?? '';
  const keep = <T>(all: Map<Key, T>, resource: T): void => {
    const key = call.includes('-f') ? idAnsweredTo(call) : name;
    assert.ok(!all.has(key), `${key} means two things`);
    all.set(key, resource);
  };
  const addresses = (option = '--fixed-ip'): ToldAddress[] =>
    valuesOf(call, option).map((text) => {
      const [, subnet = '', address] = /^subnet=(.*?)(?:,ip-address=([^,]*))?$/.exec(text) ?? [];
      return { subnet, address };
    });
  const command = words.slice(0, -1).join(' ');
  switch (command) {
    case 'security group create':
      keep(told.groups, { name, stateful: !call.includes('--stateless'), defaults: true, rules: [] });
      return;
    case 'security group rule list':
      at(told.groups, name).defaults = false;
      return;
    case 'security group rule create':
      at(told.groups, name).rules.push({ remote: one(call, '--remote-group') ?? null, content: ruleOf(call) });
      return;
    case 'network create':
      keep(told.networks, {
        name,
        content: {
          'router:external': call.includes('--external'),
          admin_state_up: !call.includes('--disable'),
          port_security_enabled: !call.includes('--disable-port-security'),
          mtu: number(one(call, '--mtu')),
          'provider:segmentation_id': number(one(call, '--provider-segment')),
        },
      });
      return;
    case 'subnet create':
      keep(told.subnets, {
        name,
        network: one(call, '--network') ?? '',
        routes: routesOf(call, '--host-route'),
        content: subnetOf(call),
      });
      return;
    case 'port create':
      keep(told.ports, {
        name,
        network: one(call, '--network') ?? '',
        addresses: call.includes('--no-fixed-ip') ? [] : call.includes('--fixed-ip') ? addresses() : null,
        groups: call.includes('--no-security-group') ? [] : valuesOf(call, '--security-group'),
        content: {
          mac_address: one(call, '--mac-address'),
          admin_state_up: !call.includes('--disable'),
          ...(call.includes('--disable-port-security') ? { port_security_enabled: false } : {}),
          ...(call.includes('--enable-port-security') ? { port_security_enabled: true } : {}),
          allowed_address_pairs: valuesOf(call, '--allowed-address').map((text) => {
            const { 'ip-address': ip = '', 'mac-address': mac } = fields(text);
            return { ip_address: ip, mac_address: mac };
          }),
          extra_dhcp_opts: valuesOf(call, '--extra-dhcp-option').map((text) => {
            const { name: opt = '', value = '', 'ip-version': version } = fields(text);
            return { opt_name: opt, opt_value: value, ip_version: version === '6' ? (6 as const) : (4 as const) };
          }),
        },
      });
      return;
    case 'router create':
      keep(told.routers, {
        name,
        content: { ha: call.includes('--ha'), admin_state_up: !call.includes('--disable') },
        gateway: null,
        interfaces: [],
        routes: [],
      });
      return;
    case 'router set': {
      const router = at(told.routers, name);
      const network = one(call, '--external-gateway');
      if (network !== undefined)
        router.gateway = { network, snat: !call.includes('--disable-snat'), addresses: addresses() };
      router.routes.push(...routesOf(call, '--route'));
      return;
    }
    case 'floating ip create':
      told.floatingIps.push({
        network: name,
        port: one(call, '--port') ?? null,
        content: {
          floating_ip_address: one(call, '--floating-ip-address'),
          fixed_ip_address: one(call, '--fixed-ip-address'),
        },
      });
      return;
    case 'server create':
      told.servers.push({ name, ports: valuesOf(call, '--port') });
      return;
    default: {
      const [, what, router = ''] = /^router add (subnet|port) (.*)$/s.exec(command) ?? [];
      if (what !== undefined)
        at(told.routers, router).interfaces.push(what === 'port' ? { port: name } : { subnet: name });
      else assert.match(words.join(' '), /^(token issue|security group list)$/);
    }
  }
}

function ruleOf(call: Call): RuleFile {
  const protocol = one(call, '--protocol');
  const [min, max] = (one(call, '--dst-port') ?? '').split(':');
  return {
    direction: call.includes('--egress') ? 'egress' : 'ingress',
    ethertype: one(call, '--ethertype') === 'IPv6' ? 'IPv6' : 'IPv4',
    ...(protocol === 'any' ? {} : { protocol }),
    port_range_min: number(one(call, '--icmp-type') ?? (min === '' ? undefined : min)),
    port_range_max: number(one(call, '--icmp-code') ?? max),
    remote_ip_prefix: one(call, '--remote-ip'),
  };
}

function subnetOf(call: Call): SubnetFile {
  const gateway = one(call, '--gateway');
  return {
    cidr: one(call, '--subnet-range') ?? '',
    ip_version: one(call, '--ip-version') === '6' ? 6 : 4,
    ...(gateway === undefined ? {} : { gateway_ip: gateway === 'none' ? null : gateway }),
    enable_dhcp: !call.includes('--no-dhcp'),
    ...(call.includes('--allocation-pool')
      ? {
          allocation_pools: valuesOf(call, '--allocation-pool').map((text) => {
            const { start = '', end = '' } = fields(text);
            return { start, end };
          }),
        }
      : {}),
    dns_nameservers: valuesOf(call, '--dns-nameserver'),
    ipv6_ra_mode: (one(call, '--ipv6-ra-mode') ?? null) as SubnetFile['ipv6_ra_mode'],
    ipv6_address_mode: (one(call, '--ipv6-address-mode') ?? null) as SubnetFile['ipv6_address_mode'],
  };
}
