/** What an L3 agent knows of a router: the value behind all that is built for it, on every node that hosts it. */
import { ipVersion, linkLocal, parseCidr } from '../../model/addresses.js';
import type { LabIndex } from '../../model/lab-queries.js';
import { portDevice, qrouterNamespace } from '../../model/names.js';
import type { Network, Port, ResourceRef, Router, Subnet } from '../../model/resources.js';
import type { RouterRulesInput } from '../iptables/router-rules.js';
import { habitsOf, type Habits } from '../release.js';

export interface InterfaceAddress {
  readonly address: string;
  readonly prefixLength: number;
  readonly subnet: Subnet;
}

export interface RouterInterface {
  readonly port: Port;
  readonly network: Network;
  readonly device: string;
  readonly addresses: readonly InterfaceAddress[];
  /** The subnets of the port's addresses, in the order of their ids. */
  readonly subnets: readonly Subnet[];
  /** fe80:: and EUI-64. */
  readonly linkLocal: string;
}

export interface Gateway extends RouterInterface {
  readonly enableSnat: boolean;
  /** Subnets of the external network that the port has no address of: they are on the link all the same. */
  readonly otherSubnets: readonly Subnet[];
}

export interface RouterView {
  readonly router: Router;
  readonly habits: Habits;
  readonly namespace: string;
  readonly resource: ResourceRef;
  /** In the order of the lab. */
  readonly interfaces: readonly RouterInterface[];
  readonly gateway: Gateway | null;
  readonly floatingIps: RouterRulesInput['floatingIps'];
}

export function routerView(router: Router, index: LabIndex): RouterView {
  const interfaces = index
    .interfacePorts(router.id)
    .filter((port) => port.admin_state_up)
    .flatMap((port) => interfaceOf('qr-', port, index));
  return {
    router,
    habits: habitsOf(index.lab.config.release),
    namespace: qrouterNamespace(router.id),
    resource: { kind: 'router', id: router.id, name: router.name },
    interfaces,
    gateway: gatewayOf(router, index),
    floatingIps: floatingIpsOf(router, index),
  };
}

/** Empty for a port of a network that is not there. */
function interfaceOf(prefix: 'qr-' | 'qg-', port: Port, index: LabIndex): readonly RouterInterface[] {
  const network = index.networks.get(port.network_id);
  if (network === undefined) return [];
  const addresses = port.fixed_ips.flatMap(({ ip_address: address, subnet_id: id }) => {
    const subnet = index.subnets.get(id);
    return subnet === undefined ? [] : [{ address, prefixLength: parseCidr(subnet.cidr).prefixLength, subnet }];
  });
  const subnets = byId(new Set(addresses.map(({ subnet }) => subnet)));
  return [
    { port, network, device: portDevice(prefix, port.id), addresses, subnets, linkLocal: linkLocal(port.mac_address) },
  ];
}

function gatewayOf(router: Router, index: LabIndex): Gateway | null {
  const port = index.gatewayPort(router.id);
  if (port === null) return null;
  const [own] = interfaceOf('qg-', port, index);
  if (own === undefined) return null;
  const otherSubnets = byId(index.subnetsOfNetwork(port.network_id)).filter((subnet) => !own.subnets.includes(subnet));
  return { ...own, enableSnat: router.external_gateway_info?.enable_snat ?? true, otherSubnets };
}

function floatingIpsOf(router: Router, index: LabIndex): RouterView['floatingIps'] {
  return byId(index.floatingIpsOfRouter(router.id)).flatMap(
    ({ floating_ip_address: floating, fixed_ip_address: fixed }) => (fixed === null ? [] : [{ floating, fixed }]),
  );
}

function byId<T extends { readonly id: string }>(values: Iterable<T>): readonly T[] {
  return [...values].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** The gateways of a router's default routes, in the order of their subnets' ids. */
export function gatewaysOf(gateway: Gateway): readonly { readonly address: string; readonly cidr: string }[] {
  return gateway.subnets.flatMap(({ gateway_ip: address, cidr }) => (address === null ? [] : [{ address, cidr }]));
}

/**
 * What the gateway interface makes of router advertisements while it forwards: 2 is yes, for want of an IPv6 gateway
 * (`_configure_ipv6_params_on_gw`).
 */
export function gatewayAcceptRa(gateway: Gateway): 0 | 2 {
  return gatewaysOf(gateway).some(({ address }) => ipVersion(address) === 6) ? 0 : 2;
}

/** Interfaces with an IPv6 subnet: radvd advertises there, whatever the mode (`_port_has_ipv6_subnet`). */
export function advertising({ interfaces }: RouterView): readonly RouterInterface[] {
  return interfaces.filter(({ subnets }) => subnets.some((subnet) => subnet.ip_version === 6));
}

export function rulesInput({ interfaces, gateway, floatingIps }: RouterView): RouterRulesInput {
  const sorted = [...interfaces].sort((one, other) => (one.port.id < other.port.id ? -1 : 1));
  const devices = (family: 4 | 6) => sorted.filter((each) => familiesOf(each).has(family)).map(({ device }) => device);
  return {
    interfaces: { 4: devices(4), 6: devices(6) },
    gateway:
      gateway === null
        ? null
        : {
            device: gateway.device,
            families: [...familiesOf(gateway)],
            snatAddress: gateway.addresses.find(({ address }) => ipVersion(address) === 4)?.address ?? null,
            enableSnat: gateway.enableSnat,
          },
    floatingIps,
  };
}

function familiesOf({ addresses }: RouterInterface): ReadonlySet<4 | 6> {
  return new Set(addresses.map(({ address }) => ipVersion(address)));
}
