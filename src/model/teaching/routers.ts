/** What a router or a floating IP is in this lab, and why: Markdown for hovers and tooltips. Null for an unknown id. */
import { parseCidr } from '../addresses.js';
import type { LabIndex } from '../lab-queries.js';
import { portDevice, qrouterNamespace } from '../names.js';
import { primaryVip } from '../primary-vip.js';
import type { FixedIp, Port, Router } from '../resources.js';
import { code, codes, page, shorten } from './markdown.js';

/** What a VRID is. */
export const VRID_LESSON =
  'The VRID (virtual router identifier, RFC 5798) is the number by which the replicas of one router know one another on the HA network; with 1 to 254 of them, a project has at most 254 HA routers.';

/** Why there is an address of 169.254.0.0/24 on the HA device. */
export const PRIMARY_VIP_LESSON =
  'keepalived wants one address that moves with the MASTER role. Neutron gives it a link-local one made of the VRID, which nobody else uses, and watches where it appears: that node is the active one.';

export function describeRouter(index: LabIndex, id: string): string | null {
  const router = index.routers.get(id);
  if (router === undefined) return null;
  const nodes = index.lab.router_l3_agents[id] ?? [];
  const interfaces = index.interfacePorts(id).map((port) => interfaceFact(index, port, 'qr-'));
  const gateway = index.gatewayPort(id);
  return page(
    `**${router.ha ? 'HA router' : 'Legacy router'}** ${code(router.name)}${router.admin_state_up ? '' : ', switched off'}`,
    [
      nodes.length === 0 ? 'On no node yet' : `On ${codes(nodes)}`,
      ...(router.ha ? haFacts(index, router) : []),
      ...shorten(interfaces, 8),
      gateway === null ? 'No gateway' : gatewayFact(index, router, gateway),
      ...shorten(
        router.routes.map(({ destination, nexthop }) => `Route to ${destination} by ${nexthop}`),
        4,
      ),
      `Namespace ${code(qrouterNamespace(id))}`,
    ],
    router.ha
      ? [VRID_LESSON, PRIMARY_VIP_LESSON]
      : [
          'A legacy router lives on one node. When that node dies, nothing takes over; make it `ha: true` to see one that does.',
        ],
  );
}

function haFacts(index: LabIndex, { id }: Router): (string | null)[] {
  const vrid = index.lab.ha_vr_ids[id];
  const ports = index.haPorts(id);
  const subnet = index.subnets.get(ports[0]?.fixed_ips[0]?.subnet_id ?? '');
  const addresses = ports.map((port) => {
    const address = port.fixed_ips[0]?.ip_address ?? 'no address';
    return `${code(port['binding:host_id'])} ${address} on ${code(portDevice('ha-', port.id))}`;
  });
  if (vrid === undefined) return [];
  return [
    subnet === undefined
      ? `VRID ${String(vrid)}`
      : `VRID ${String(vrid)}, VIP ${primaryVip(vrid, subnet.cidr)} on the MASTER`,
    addresses.length === 0 ? null : `HA addresses: ${shorten(addresses, 4).join(', ')}`,
  ];
}

function interfaceFact(index: LabIndex, port: Port, prefix: 'qr-' | 'qg-'): string {
  const network = index.networks.get(port.network_id);
  return `${code(portDevice(prefix, port.id))} ${addressesOf(index, port.fixed_ips)} on ${code(network?.name ?? '')}`;
}

function gatewayFact(index: LabIndex, router: Router, port: Port): string {
  const snat = router.external_gateway_info?.enable_snat === false ? ', SNAT off' : ', SNAT on';
  return `Gateway ${interfaceFact(index, port, 'qg-')}${snat}`;
}

/** With their prefix lengths, as `ip address` has them. */
function addressesOf(index: LabIndex, ips: readonly FixedIp[]): string {
  const texts = ips.map(({ ip_address: address, subnet_id: id }) => {
    const subnet = index.subnets.get(id);
    return subnet === undefined ? address : `${address}/${String(parseCidr(subnet.cidr).prefixLength)}`;
  });
  return texts.join(', ') || 'without an address';
}

export function describeFloatingIp(index: LabIndex, id: string): string | null {
  const floating = index.floatingIps.get(id);
  if (floating === undefined) return null;
  const router = index.routers.get(floating.router_id ?? '');
  const instance = index.instances.get(index.ports.get(floating.port_id ?? '')?.device_id ?? '');
  const network = index.networks.get(floating.floating_network_id);
  const behind = floating.fixed_ip_address ?? 'nothing yet';
  return page(
    `**Floating IP** ${floating.floating_ip_address}`,
    [
      `Leads to ${instance === undefined ? behind : `${code(instance.name)} at ${behind}`}`,
      router === undefined ? null : `Translated by the router ${code(router.name)}`,
      network === undefined ? null : `Of the external network ${code(network.name)}`,
    ],
    [
      'No host has this address: the router answers for it as a /32 on its gateway device and translates in both directions (DNAT and SNAT), so the instance never knows of it.',
    ],
  );
}
