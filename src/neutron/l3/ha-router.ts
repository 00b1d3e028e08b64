/**
 * One replica of an HA router (neutron/agent/l3/ha_router.py). Everything is built on every node that hosts the
 * router, except addresses and routes: keepalived sets those on the one that is master.
 */
import { containsAddress, ipVersion, parseCidr } from '../../model/addresses.js';
import type { Config, Network, Port, Subnet } from '../../model/resources.js';
import { addressOn, withReason } from '../interface-address.js';
import { portRef, type NodeBuilder } from '../node-builder.js';
import type { ProcessItem } from '../node-state.js';
import type { Habits } from '../release.js';
import { conntrackdArguments, conntrackdConf, conntrackdConfPath, conntrackdPidFile } from './conntrackd.js';
import {
  haConfDirectory,
  keepalivedArguments,
  keepalivedConf,
  keepalivedPidFile,
  type VirtualAddress,
  type VirtualRoute,
} from './keepalived-conf.js';
import { buildNamespace, buildRulesets, plugInterface, radvdSource, type RouterTexts } from './router-namespace.js';
import { gatewaysOf, type Gateway, type RouterInterface, type RouterView } from './router-view.js';

/** What ties a replica to its node. */
export interface Replica {
  /** 1 to 254. */
  readonly vrid: number;
  readonly haPort: Port;
  readonly haNetwork: Network;
  readonly haSubnet: Subnet;
  readonly haDevice: string;
  /** With its prefix length. */
  readonly primaryVip: string;
}

/** Addresses and routes that move with the role: the same on every node. */
export interface VirtualState {
  readonly addresses: readonly VirtualAddress[];
  readonly routes: readonly VirtualRoute[];
}

export function virtualState({ router, habits, interfaces, gateway, floatingIps }: RouterView): VirtualState {
  const plugged: readonly RouterInterface[] = gateway === null ? interfaces : [...interfaces, gateway];
  return {
    addresses: [
      ...plugged.flatMap(({ device, addresses }) =>
        addresses.map(({ address, prefixLength }) => ({ address: `${address}/${prefixLength}`, device })),
      ),
      ...plugged.map(({ device, linkLocal }) => ({ address: `${linkLocal}/64`, device, scope: 'link' as const })),
      ...(gateway === null
        ? []
        : floatingIps.map(({ floating }) => ({ address: `${floating}/32`, device: gateway.device }))),
    ],
    routes: [
      ...(gateway === null ? [] : defaultRoutes(gateway, habits)),
      ...router.routes.map(({ destination, nexthop }) => ({ destination, nexthop })),
      ...(gateway?.otherSubnets ?? []).map(({ cidr }) => onLink(cidr, gateway?.device)),
    ],
  };
}

/** All gateways outside their subnets come before the routes by them (`_add_default_gw_virtual_route`). */
function defaultRoutes(gateway: Gateway, { routeToGateway }: Habits): readonly VirtualRoute[] {
  const gateways = gatewaysOf(gateway);
  const outside = gateways.filter(({ address, cidr }) => routeToGateway && !containsAddress(cidr, address));
  return [
    ...outside.map(({ address }) => onLink(address, gateway.device)),
    ...gateways.map(({ address }) => ({
      destination: ipVersion(address) === 4 ? '0.0.0.0/0' : '::/0',
      nexthop: address,
      device: gateway.device,
    })),
  ];
}

function onLink(destination: string, device: string | undefined): VirtualRoute {
  return { destination, ...(device === undefined ? {} : { device }), scope: 'link' };
}

/** @returns the processes that the agent keeps alive */
export function buildHaReplica(
  builder: NodeBuilder,
  view: RouterView,
  texts: RouterTexts,
  virtual: VirtualState,
  replica: Replica,
  config: Config,
): readonly ProcessItem[] {
  const { namespace, resource, habits, interfaces, gateway } = view;
  buildNamespace(builder, view);
  const set = (name: string, value: number, why: string) => {
    builder.sysctl(namespace, name, value, resource, why);
  };
  set(
    'net.ipv4.ip_nonlocal_bind',
    habits.nonlocalBind,
    habits.nonlocalBind === 0
      ? 'A backup must not use the addresses that the master has.'
      : 'On a backup a service such as a VPN may already bind to the addresses that it gets as the master.',
  );
  const noLinkLocals = (interfaceOrAll: string) => {
    const why =
      'The kernel makes no link-local addresses: the MACs are the same on every node, so keepalived gives these to the master alone.';
    set(`net.ipv6.conf.${interfaceOrAll}.addr_gen_mode`, 1, why);
  };
  if (habits.noLinkLocals) noLinkLocals('all');
  haInterface(builder, view, replica);
  for (const each of interfaces) {
    plugInterface(builder, view, each);
    // An older agent flushes what the kernel made of an interface; that the kernel makes nothing there comes to the same.
    if (!habits.noLinkLocals) noLinkLocals(each.device);
    set(
      `net.ipv6.conf.${each.device}.accept_ra`,
      0,
      'keepalived owns the addresses of this interface; none comes by router advertisement.',
    );
  }
  if (gateway !== null) {
    plugInterface(builder, view, gateway);
    if (!habits.noLinkLocals) noLinkLocals(gateway.device);
  }
  buildRulesets(builder, view, texts);
  if (texts.radvdConf !== null) radvdSource(builder, view, texts.radvdConf);
  const synchronised = config.ha_conntrackd_enabled ? [conntrackd(builder, view, replica)] : [];
  return [keepalived(builder, view, virtual, replica, config), ...synchronised];
}

function haInterface(builder: NodeBuilder, view: RouterView, replica: Replica): void {
  const { namespace, resource } = view;
  const { haPort: port, haNetwork: network, haSubnet: subnet, haDevice: device } = replica;
  const why = `Over the HA network the replicas of router ${resource.name} hear each other's VRRP advertisements.`;
  builder.plug({ port, network, namespace, device, why });
  builder.noReversePathFilter(namespace, device, resource);
  for (const { ip_address: address } of port.fixed_ips) {
    builder.add(
      withReason(
        addressOn(namespace, device, address, parseCidr(subnet.cidr).prefixLength),
        portRef(port),
        `From this address ${builder.node} sends its advertisements; among equals the higher one wins.`,
      ),
    );
  }
}

function conntrackd(
  builder: NodeBuilder,
  { router, resource, namespace }: RouterView,
  { vrid, haPort, haDevice }: Replica,
): ProcessItem {
  const conf = conntrackdConfPath(router.id);
  const haAddress = haPort.fixed_ips[0]?.ip_address ?? '';
  builder.file(
    conf,
    conntrackdConf({ routerId: router.id, vrid, haDevice, haAddress }),
    resource,
    'conntrackd reads here what it tells the other replicas, and how.',
  );
  const process: ProcessItem = {
    kind: 'process',
    namespace,
    name: 'conntrackd',
    argv: conntrackdArguments(router.id),
    pidFile: conntrackdPidFile(router.id),
    daemonizes: false,
    reloads: [],
  };
  builder.add(
    withReason(
      process,
      resource,
      `conntrackd tells the other replicas of router ${resource.name} which connections this one tracks, and remembers theirs.`,
    ),
  );
  return process;
}

function keepalived(
  builder: NodeBuilder,
  view: RouterView,
  virtual: VirtualState,
  replica: Replica,
  config: Config,
): ProcessItem {
  const { router, resource, namespace, habits } = view;
  const conf = `${haConfDirectory(router.id)}/keepalived.conf`;
  const password = config.ha_vrrp_auth_password;
  const text = keepalivedConf({
    vrid: replica.vrid,
    haDevice: replica.haDevice,
    primaryVip: replica.primaryVip,
    advertInt: config.ha_vrrp_advert_int,
    authentication: password === null ? null : { type: config.ha_vrrp_auth_type, password },
    ...virtual,
    habits,
  });
  builder.file(
    conf,
    text,
    resource,
    'keepalived reads here what the master gets; the primary virtual address exists so that the state-change monitor can see who is MASTER.',
  );
  builder.file(
    `${haConfDirectory(router.id)}/state`,
    'backup',
    resource,
    `The state-change monitor writes here whether this replica is ${habits.primaryWord} or backup; every replica begins as backup.`,
    { mode: 0o666, seed: true },
  );
  const process: ProcessItem = {
    kind: 'process',
    namespace,
    name: 'keepalived',
    argv: keepalivedArguments(router.id, habits),
    pidFile: keepalivedPidFile(router.id, habits),
    daemonizes: true,
    reloads: [conf],
  };
  builder.add(
    withReason(
      process,
      resource,
      `keepalived speaks VRRP with the other replicas of router ${resource.name} and decides who is master.`,
    ),
  );
  return process;
}
