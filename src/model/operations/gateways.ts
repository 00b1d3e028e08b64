/** Set, change and clear a router's gateway (neutron/db/l3_db.py, `_update_router_gw_info`). */
import { parseAddress } from '../addresses.js';
import { enforce, refuse, violation } from '../neutron-errors.js';
import type { Lab, Network, Port, Router } from '../resources.js';
import { externalGatewayViolations } from '../rules/addresses.js';
import { notExternal } from '../rules/routers.js';
import type { FixedIpRequest } from './address-books.js';
import { allocateAddresses } from './addressing.js';
import { newId, replace } from './change.js';
import { networkOf, routerOf } from './find.js';
import { addPort, removePorts } from './make-port.js';
import { checkNoOverlap, gatewayPortOf, placed } from './router-ports.js';
import { withAddresses } from './subnet-addresses.js';

/** The `external_gateway_info` of a request; null or without a network: no gateway. */
export interface GatewayRequest {
  readonly network_id?: string;
  readonly enable_snat?: boolean;
  readonly external_fixed_ips?: readonly FixedIpRequest[];
}

export interface RouterResult {
  readonly lab: Lab;
  readonly router: Router;
}

/** @throws NeutronError */
export function setGateway(lab: Lab, routerId: string, info: GatewayRequest): RouterResult {
  if (info.network_id === undefined) return clearGateway(lab, routerId);
  const network = networkOf(lab, info.network_id);
  if (!network['router:external']) refuse(notExternal(network.id));
  checkAddresses(lab, network, info);
  const port = gatewayPortOf(lab, routerId);
  if (port?.network_id === network.id) return changed(lab, routerId, port, network, info);
  const { lab: cleared, router } = clearGateway(lab, routerId);
  checkNoOverlap(
    cleared,
    routerId,
    cleared.subnets.filter((subnet) => subnet.network_id === network.id),
  );
  const { lab: hosting, host } = placed(cleared, router);
  const made = addPort(hosting, {
    id: newId(lab, lab.ports, 'port', routerId, 'gateway', network.id),
    network,
    owner: 'network:router_gateway',
    deviceId: routerId,
    host,
    projectId: '',
    wanted: info.external_fixed_ips ?? null,
  });
  return withInfo(made.lab, routerId, made.port, info);
}

/** @throws NeutronError `RouterExternalGatewayInUseByFloatingIp` */
export function clearGateway(lab: Lab, routerId: string): RouterResult {
  const router = routerOf(lab, routerId);
  const port = gatewayPortOf(lab, routerId);
  if (port === null) return { lab, router };
  if (lab.floatingips.some((fip) => fip.router_id === routerId)) {
    const at = ['external_gateway_info'];
    refuse(
      violation('RouterExternalGatewayInUseByFloatingIp', { router_id: routerId, net_id: port.network_id }, { at }),
    );
  }
  const rest = removePorts(lab, [port.id]);
  const cleared: Router = { ...router, external_gateway_info: null };
  return { lab: { ...rest, routers: replace(rest.routers, cleared) }, router: cleared };
}

function changed(lab: Lab, routerId: string, port: Port, network: Network, info: GatewayRequest): RouterResult {
  const wanted = info.external_fixed_ips;
  if (wanted === undefined || wanted.length === 0) return withInfo(lab, routerId, port, info);
  const asking = { id: port.id, network, mac: port.mac_address, owner: port.device_owner, wanted };
  const moved = { ...port, fixed_ips: allocateAddresses(lab, { ...asking, held: port.fixed_ips }) };
  return withInfo(withAddresses(lab, moved), routerId, moved, info);
}

function withInfo(lab: Lab, routerId: string, port: Port, info: GatewayRequest): RouterResult {
  const router: Router = {
    ...routerOf(lab, routerId),
    external_gateway_info: {
      network_id: port.network_id,
      enable_snat: info.enable_snat ?? true,
      external_fixed_ips: port.fixed_ips,
    },
  };
  return { lab: { ...lab, routers: replace(lab.routers, router) }, router };
}

/** The gateway of the external network is not the router. */
function checkAddresses(lab: Lab, network: Network, info: GatewayRequest): void {
  const subnets = lab.subnets.filter((subnet) => subnet.network_id === network.id);
  const gateways = subnets.map((subnet) => subnet.gateway_ip);
  for (const [index, { ip_address: text }] of (info.external_fixed_ips ?? []).entries()) {
    if (text === undefined) continue;
    const at = ['external_gateway_info', 'external_fixed_ips', index, 'ip_address'];
    enforce(externalGatewayViolations('router', gateways, parseAddress(text), at));
  }
}
