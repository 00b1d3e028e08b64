/** What a Heat template tells a cloud. */
import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { PortFile, RuleFile, SubnetFile } from '../../../src/model/lab-file/schema.js';
import type { HostRoute } from '../../../src/model/resources.js';
import { at, type Key, Told, type ToldAddress } from './told.js';

type Reference = { readonly get_resource: Key } | { readonly get_param: 'group_default' };
interface Address {
  readonly subnet: Reference;
  readonly ip_address?: string;
}

/** All properties that any of the resources has here. */
interface Properties extends SubnetFile, Omit<PortFile, 'network' | 'fixed_ips' | 'security_groups'> {
  readonly name: string;
  readonly network: Reference;
  readonly floating_network: Reference;
  readonly router: Reference;
  readonly port?: Reference;
  readonly port_id?: Reference;
  readonly subnet?: Reference;
  readonly security_group: Reference;
  readonly remote_group?: Reference;
  readonly fixed_ips?: readonly Address[];
  readonly no_fixed_ips?: boolean;
  readonly security_groups?: readonly Reference[];
  readonly rules?: readonly RuleFile[];
  readonly routes: readonly HostRoute[];
  readonly value_specs?: Pick<PortFile, 'extra_dhcp_opts'>;
  readonly ha: boolean;
  readonly external_gateway_info?: {
    readonly network: Reference;
    readonly enable_snat?: boolean;
    readonly external_fixed_ips?: readonly Address[];
  };
  readonly networks: readonly { readonly port?: Reference }[];
}

const DEFAULT_GROUP = 'the group default';
const keyOf = (reference: Reference): Key => ('get_resource' in reference ? reference.get_resource : DEFAULT_GROUP);
const addressesOf = (addresses: readonly Address[] = []): ToldAddress[] =>
  addresses.map(({ subnet, ip_address: address }) => ({ subnet: keyOf(subnet), address }));

export function toldByHeat(template: string): Told {
  const { resources } = parse(template) as { resources: Record<Key, { type: string; properties: Properties }> };
  const told = new Told();
  told.groups.set(DEFAULT_GROUP, { name: 'default', existing: true, stateful: true, defaults: true, rules: [] });
  // Rules, interfaces and routes are of what is told before or after them.
  const later: (() => void)[] = [];
  for (const [key, { type, properties }] of Object.entries(resources)) {
    const then = tell(told, key, type, properties);
    if (then !== null) later.push(then);
  }
  for (const then of later) then();
  return told;
}

function tell(told: Told, key: Key, type: string, own: Properties): (() => void) | null {
  switch (type) {
    case 'OS::Neutron::SecurityGroup': {
      const rules = own.rules ?? [];
      // `_create_rules` of Heat's security_group.py: one rule of egress takes Neutron's own away.
      const defaults = !rules.some(({ direction }) => direction === 'egress');
      const told_ = rules.map((content) => ({ remote: null, content }));
      told.groups.set(key, { name: own.name, stateful: true, defaults, rules: told_ });
      return null;
    }
    case 'OS::Neutron::SecurityGroupRule':
      return () => {
        const { security_group: group, remote_group: remote, ...content } = own;
        at(told.groups, keyOf(group)).rules.push({
          remote: remote === undefined ? null : keyOf(remote),
          content: content as unknown as RuleFile,
        });
      };
    case 'OS::Neutron::Net': {
      const { name, value_specs: specs, ...content } = own;
      told.networks.set(key, { name, content: { ...content, ...specs } });
      return null;
    }
    case 'OS::Neutron::Subnet': {
      const { name, network, host_routes: routes = [], ...content } = own;
      const gateway = content.gateway_ip === '' ? { gateway_ip: null } : {};
      told.subnets.set(key, {
        name,
        network: keyOf(network),
        routes: [...routes],
        content: { ...content, ...gateway },
      });
      return null;
    }
    case 'OS::Neutron::Port': {
      const { name, network, fixed_ips: ips, no_fixed_ips: none, security_groups: groups, value_specs: specs } = own;
      const { mac_address, admin_state_up, port_security_enabled, allowed_address_pairs } = own;
      told.ports.set(key, {
        name,
        network: keyOf(network),
        addresses: none === true ? [] : ips === undefined ? null : addressesOf(ips),
        groups: groups === undefined ? null : groups.map(keyOf),
        content: { mac_address, admin_state_up, port_security_enabled, allowed_address_pairs, ...specs },
      });
      return null;
    }
    case 'OS::Neutron::Router': {
      const { name, ha, admin_state_up, external_gateway_info: info } = own;
      told.routers.set(key, {
        name,
        content: { ha, admin_state_up },
        gateway: info
          ? {
              network: keyOf(info.network),
              snat: info.enable_snat ?? true,
              addresses: addressesOf(info.external_fixed_ips),
            }
          : null,
        interfaces: [],
        routes: [],
      });
      return null;
    }
    case 'OS::Neutron::RouterInterface':
      return () => {
        const { router, subnet, port } = own;
        assert.ok(subnet ?? port);
        at(told.routers, keyOf(router)).interfaces.push(
          subnet ? { subnet: keyOf(subnet) } : { port: keyOf(port ?? { get_resource: '' }) },
        );
      };
    case 'OS::Neutron::ExtraRouteSet':
      return () => {
        at(told.routers, keyOf(own.router)).routes.push(...own.routes);
      };
    case 'OS::Neutron::FloatingIP': {
      const { floating_network: network, port_id: port, ...content } = own;
      told.floatingIps.push({ network: keyOf(network), port: port === undefined ? null : keyOf(port), content });
      return null;
    }
    default:
      assert.equal(type, 'OS::Nova::Server');
      told.servers.push({ name: own.name, ports: own.networks.flatMap(({ port }) => (port ? [keyOf(port)] : [])) });
      return null;
  }
}
