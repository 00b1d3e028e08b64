/** What a Terraform configuration tells a cloud. */
import assert from 'node:assert/strict';
import hcl from 'hcl2-parser';
import type { PortFile, RuleFile, SubnetFile } from '../../../src/model/lab-file/schema.js';
import { at, type Key, Told } from './told.js';

interface Address {
  readonly subnet_id: Key;
  readonly ip_address?: string;
}

/** All arguments that any of the resources has here; a block is a list. */
interface Arguments extends SubnetFile, Omit<PortFile, 'network'>, Omit<RuleFile, 'remote_group'> {
  readonly name: string;
  readonly external?: boolean;
  readonly mtu?: number;
  readonly segments?: readonly { readonly segmentation_id: number }[];
  readonly stateful?: boolean;
  readonly delete_default_rules?: boolean;
  readonly security_group_id: Key;
  readonly remote_group_id?: Key;
  readonly network_id: Key;
  readonly subnet_id?: Key;
  readonly port_id?: Key;
  readonly router_id: Key;
  readonly no_gateway?: boolean;
  readonly allocation_pool?: readonly { readonly start: string; readonly end: string }[];
  readonly destination_cidr: string;
  readonly next_hop: string;
  readonly fixed_ip?: readonly Address[] | string;
  readonly no_fixed_ip?: boolean;
  readonly no_security_groups?: boolean;
  readonly security_group_ids?: readonly Key[];
  readonly extra_dhcp_option?: readonly { readonly name: string; readonly value: string; readonly ip_version: 4 | 6 }[];
  readonly external_network_id?: Key;
  readonly external_fixed_ip?: readonly Address[];
  readonly enable_snat?: boolean;
  readonly value_specs?: { readonly ha: string };
  readonly pool: Key;
  readonly address?: string;
  readonly network?: readonly { readonly port: Key }[];
}

type Blocks = Readonly<Record<string, Readonly<Record<string, readonly Arguments[]>>>>;

/** HashiCorp's own parser, compiled to JavaScript; it has no types. */
const { parseToObject } = hcl as {
  parseToObject: (text: string) => [{ readonly resource?: Blocks; readonly data?: Blocks }, unknown];
};

/** `${openstack_networking_subnet_v2.blue_v4.id}` is `subnet.blue_v4`; so is `data.openstack_networking_…`. */
function keyOf(expression: string): Key {
  const [, type, label] = /^\$\{(?:data\.)?openstack_networking_(\w+)_v2\.(\w+)\.(?:id|name)\}$/.exec(expression) ?? [];
  assert.ok(type !== undefined && label !== undefined, expression);
  return `${type}.${label}`;
}

/** The parser gives texts back as they are escaped for a template. */
const plain = (text: string): string => text.replaceAll('$${', '${').replaceAll('%%{', '%{');
const optional = (key: Key | undefined): Key | null => (key === undefined ? null : keyOf(key));
const addressesOf = (addresses: readonly Address[]) =>
  addresses.map(({ subnet_id: subnet, ip_address: address }) => ({ subnet: keyOf(subnet), address }));

export function toldByTerraform(text: string): Told {
  const [{ resource = {}, data = {} }, error] = parseToObject(text);
  assert.equal(error, null);
  const told = new Told();
  for (const label of Object.keys(data.openstack_networking_secgroup_v2 ?? {}))
    told.groups.set(`secgroup.${label}`, {
      name: 'default',
      existing: true,
      stateful: true,
      defaults: true,
      rules: [],
    });
  // Rules, interfaces and routes are of what is told before or after them.
  const later: (() => void)[] = [];
  for (const [type, all] of Object.entries(resource)) {
    const kind = type.replace(/^openstack_(networking_)?/, '').replace(/_v2$/, '');
    for (const [label, [own]] of Object.entries(all)) {
      assert.ok(own);
      const then = tell(told, kind, `${kind}.${label}`, own);
      if (then !== null) later.push(then);
    }
  }
  for (const then of later) then();
  return told;
}

function tell(told: Told, kind: string, key: Key, own: Arguments): (() => void) | null {
  switch (kind) {
    case 'secgroup': {
      const { name, stateful = true, delete_default_rules: none = false } = own;
      told.groups.set(key, { name: plain(name), stateful, defaults: !none, rules: [] });
      return null;
    }
    case 'secgroup_rule':
      return () => {
        const { security_group_id: group, remote_group_id: remote, ...content } = own;
        at(told.groups, keyOf(group)).rules.push({ remote: optional(remote), content });
      };
    case 'network': {
      const { name, external = false, segments, admin_state_up, mtu, port_security_enabled } = own;
      const vni = segments?.[0]?.segmentation_id;
      told.networks.set(key, {
        name: plain(name),
        content: {
          'router:external': external,
          admin_state_up,
          mtu,
          port_security_enabled,
          'provider:segmentation_id': vni,
        },
      });
      return null;
    }
    case 'subnet': {
      const { name, network_id: network, no_gateway: none, allocation_pool: pools, ...content } = own;
      told.subnets.set(key, {
        name: plain(name),
        network: keyOf(network),
        routes: [],
        content: {
          ...content,
          ...(none === true ? { gateway_ip: null } : {}),
          ...(pools ? { allocation_pools: [...pools] } : {}),
        },
      });
      return null;
    }
    case 'subnet_route':
      return () => {
        const { subnet_id: subnet, destination_cidr: destination, next_hop: nexthop } = own;
        at(told.subnets, keyOf(subnet ?? '')).routes.push({ destination, nexthop });
      };
    case 'port': {
      const { name, network_id: network, fixed_ip: ips, extra_dhcp_option: options = [] } = own;
      const { mac_address, admin_state_up, port_security_enabled, allowed_address_pairs } = own;
      told.ports.set(key, {
        name: plain(name),
        network: keyOf(network),
        addresses: own.no_fixed_ip === true ? [] : Array.isArray(ips) ? addressesOf(ips as Address[]) : null,
        groups: own.no_security_groups === true ? [] : (own.security_group_ids?.map(keyOf) ?? null),
        content: {
          mac_address,
          admin_state_up,
          port_security_enabled,
          allowed_address_pairs,
          extra_dhcp_opts: options.map((one) => ({
            opt_name: one.name,
            opt_value: one.value,
            ip_version: one.ip_version,
          })),
        },
      });
      return null;
    }
    case 'router': {
      const { name, admin_state_up, external_network_id: network, external_fixed_ip: ips = [] } = own;
      told.routers.set(key, {
        name: plain(name),
        content: { ha: own.value_specs?.ha === 'true', admin_state_up },
        gateway:
          network === undefined
            ? null
            : { network: keyOf(network), snat: own.enable_snat ?? true, addresses: addressesOf(ips) },
        interfaces: [],
        routes: [],
      });
      return null;
    }
    case 'router_interface':
      return () => {
        const { router_id: router, subnet_id: subnet, port_id: port } = own;
        at(told.routers, keyOf(router)).interfaces.push(
          subnet === undefined ? { port: keyOf(port ?? '') } : { subnet: keyOf(subnet) },
        );
      };
    case 'router_route':
      return () => {
        const { router_id: router, destination_cidr: destination, next_hop: nexthop } = own;
        at(told.routers, keyOf(router)).routes.push({ destination, nexthop });
      };
    case 'floatingip':
      told.floatingIps.push({
        network: keyOf(own.pool),
        port: optional(own.port_id),
        content: { floating_ip_address: own.address, fixed_ip_address: own.fixed_ip },
      });
      return null;
    default:
      assert.equal(kind, 'compute_instance');
      told.servers.push({ name: plain(own.name), ports: (own.network ?? []).map(({ port }) => keyOf(port)) });
      return null;
  }
}
