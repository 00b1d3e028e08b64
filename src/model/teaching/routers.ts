/** What a router or a floating IP is in this lab, and why: Markdown for hovers and tooltips. Null for an unknown id. */
import * as l10n from '@vscode/l10n';
import { parseCidr } from '../addresses.js';
import type { LabIndex } from '../lab-queries.js';
import { portDevice, qrouterNamespace } from '../names.js';
import { primaryVip } from '../primary-vip.js';
import type { FixedIp, Port, Router } from '../resources.js';
import { code, codes, page, shorten } from './markdown.js';

/** What a VRID is. */
export function vridLesson(): string {
  return l10n.t(
    'The VRID (virtual router identifier, RFC 5798) is the number by which the replicas of one router know one another on the HA network; with 1 to 254 of them, a project has at most 254 HA routers.',
  );
}

/** Why there is an address of 169.254.0.0/24 on the HA device. */
export function primaryVipLesson(): string {
  return l10n.t(
    'keepalived wants one address that moves with the MASTER role. Neutron gives it a link-local one made of the VRID, which nobody else uses, and watches where it appears: that node is the active one.',
  );
}

export function describeRouter(index: LabIndex, id: string): string | null {
  const router = index.routers.get(id);
  if (router === undefined) return null;
  const nodes = index.lab.router_l3_agents[id] ?? [];
  const interfaces = index.interfacePorts(id).map((port) => interfaceFact(index, port, 'qr-'));
  const gateway = index.gatewayPort(id);
  const name = code(router.name);
  const title = router.ha ? l10n.t('**HA router** {0}', name) : l10n.t('**Legacy router** {0}', name);
  return page(
    router.admin_state_up ? title : l10n.t('{0}, switched off', title),
    [
      nodes.length === 0 ? l10n.t('On no node yet') : l10n.t('On {0}', codes(nodes)),
      ...(router.ha ? haFacts(index, router) : []),
      ...shorten(interfaces, 8),
      gateway === null ? l10n.t('No gateway') : gatewayFact(index, router, gateway),
      ...shorten(
        router.routes.map(({ destination, nexthop }) => l10n.t('Route to {0} by {1}', destination, nexthop)),
        4,
      ),
      l10n.t('Namespace {0}', code(qrouterNamespace(id))),
    ],
    router.ha
      ? [vridLesson(), primaryVipLesson()]
      : [
          l10n.t(
            'A legacy router lives on one node. When that node dies, nothing takes over; make it `ha: true` to see one that does.',
          ),
        ],
  );
}

function haFacts(index: LabIndex, { id }: Router): (string | null)[] {
  const vrid = index.lab.ha_vr_ids[id];
  const ports = index.haPorts(id);
  const subnet = index.subnets.get(ports[0]?.fixed_ips[0]?.subnet_id ?? '');
  const addresses = ports.map((port) => {
    const address = port.fixed_ips[0]?.ip_address ?? l10n.t('no address');
    return l10n.t('{0} {1} on {2}', code(port['binding:host_id']), address, code(portDevice('ha-', port.id)));
  });
  if (vrid === undefined) return [];
  return [
    subnet === undefined
      ? `VRID ${String(vrid)}`
      : l10n.t('VRID {0}, VIP {1} on the MASTER', String(vrid), primaryVip(vrid, subnet.cidr)),
    addresses.length === 0 ? null : l10n.t('HA addresses: {0}', shorten(addresses, 4).join(', ')),
  ];
}

function interfaceFact(index: LabIndex, port: Port, prefix: 'qr-' | 'qg-'): string {
  const network = index.networks.get(port.network_id);
  const device = code(portDevice(prefix, port.id));
  return l10n.t('{0} {1} on {2}', device, addressesOf(index, port.fixed_ips), code(network?.name ?? ''));
}

function gatewayFact(index: LabIndex, router: Router, port: Port): string {
  const where = interfaceFact(index, port, 'qg-');
  return router.external_gateway_info?.enable_snat === false
    ? l10n.t('Gateway {0}, SNAT off', where)
    : l10n.t('Gateway {0}, SNAT on', where);
}

/** With their prefix lengths, as `ip address` has them. */
function addressesOf(index: LabIndex, ips: readonly FixedIp[]): string {
  const texts = ips.map(({ ip_address: address, subnet_id: id }) => {
    const subnet = index.subnets.get(id);
    return subnet === undefined ? address : `${address}/${String(parseCidr(subnet.cidr).prefixLength)}`;
  });
  return texts.join(', ') || l10n.t('without an address');
}

export function describeFloatingIp(index: LabIndex, id: string): string | null {
  const floating = index.floatingIps.get(id);
  if (floating === undefined) return null;
  const router = index.routers.get(floating.router_id ?? '');
  const instance = index.instances.get(index.ports.get(floating.port_id ?? '')?.device_id ?? '');
  const network = index.networks.get(floating.floating_network_id);
  const behind = floating.fixed_ip_address ?? l10n.t('nothing yet');
  return page(
    l10n.t('**Floating IP** {0}', floating.floating_ip_address),
    [
      l10n.t('Leads to {0}', instance === undefined ? behind : l10n.t('{0} at {1}', code(instance.name), behind)),
      router === undefined ? null : l10n.t('Translated by the router {0}', code(router.name)),
      network === undefined ? null : l10n.t('Of the external network {0}', code(network.name)),
    ],
    [
      l10n.t(
        'No host has this address: the router answers for it as a /32 on its gateway device and translates in both directions (DNAT and SNAT), so the instance never knows of it.',
      ),
    ],
  );
}
