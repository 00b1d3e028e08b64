/** Create, change and delete routers (neutron/db/l3_db.py, neutron/db/l3_hamode_db.py). */
import { readCreate, readUpdate, type RequestBody } from '../attributes/attribute.js';
import { ROUTER_ATTRIBUTES } from '../attributes/routers.js';
import { refuse, violation } from '../neutron-errors.js';
import type { HostRoute, Lab, Router } from '../resources.js';
import { badRouter } from '../rules/routers.js';
import { scheduleRouter } from './agents.js';
import { newId, projectOf, omit, replace, without } from './change.js';
import { routerOf } from './find.js';
import { clearGateway, setGateway, type GatewayRequest, type RouterResult } from './gateways.js';
import { replicate, unreplicate } from './ha.js';
import { interfaceOwner, interfacesOf, gatewayPortOf } from './router-ports.js';
import { updateRoutes } from './routes.js';

interface RouterRequest {
  readonly name?: string;
  readonly admin_state_up?: boolean;
  readonly ha?: boolean;
  readonly distributed?: boolean;
  readonly external_gateway_info?: GatewayRequest | null;
  readonly routes?: readonly HostRoute[];
}

/** @throws NeutronError */
export function createRouter(lab: Lab, body: RequestBody): RouterResult {
  const request: RouterRequest = readCreate(ROUTER_ATTRIBUTES, body);
  refuseDistributed(request);
  const router: Router = {
    id: newId(lab, lab.routers, 'router', request.name ?? ''),
    name: request.name ?? '',
    project_id: projectOf(lab, body),
    admin_state_up: request.admin_state_up ?? true,
    ha: request.ha ?? false,
    external_gateway_info: null,
    routes: [],
  };
  const added = { ...lab, routers: [...lab.routers, router] };
  const next = router.ha ? replicate(added, router) : added;
  if (!request.external_gateway_info) return { lab: next, router };
  return setGateway(next, router.id, request.external_gateway_info);
}

/** @throws NeutronError */
export function updateRouter(lab: Lab, id: string, body: RequestBody): RouterResult {
  const request: RouterRequest = readUpdate(ROUTER_ATTRIBUTES, body);
  const before = routerOf(lab, id);
  refuseDistributed(request);
  const ha = request.ha ?? before.ha;
  // The request may take the router down and change its kind at once.
  if (ha !== before.ha && (request.admin_state_up ?? before.admin_state_up)) {
    const msg =
      'Cannot change HA attribute of active routers. Please set router admin_state_up to False prior to upgrade';
    refuse(badRouter(msg, 'Set `admin_state_up: false` first.', ['ha']));
  }
  let next = lab;
  if (request.routes !== undefined) next = updateRoutes(next, id, request.routes).lab;
  if (request.external_gateway_info !== undefined) next = setGateway(next, id, request.external_gateway_info ?? {}).lab;
  const router: Router = {
    ...routerOf(next, id),
    name: request.name ?? before.name,
    admin_state_up: request.admin_state_up ?? before.admin_state_up,
    ha,
  };
  next = { ...next, routers: replace(next.routers, router) };
  return { lab: ha === before.ha ? next : changeKind(next, router), router };
}

/** @throws NeutronError `RouterInUse`, `RouterExternalGatewayInUseByFloatingIp` */
export function deleteRouter(lab: Lab, id: string): { readonly lab: Lab } {
  const router = routerOf(lab, id);
  const attached = interfacesOf(lab, id).map((port) => port.id);
  // The database lists them by their ids.
  if (attached.length > 0) refuse(violation('RouterInUse', { router_id: id, ports: attached.sort().join(', ') }));
  const { lab: cleared } = clearGateway(lab, id);
  const rest = router.ha
    ? unreplicate(cleared, id)
    : { ...cleared, router_l3_agents: omit(cleared.router_l3_agents, id) };
  return { lab: { ...rest, routers: without(rest.routers, [id]) } };
}

/** From legacy to HA or back: other agents, and other owners and places of its ports. */
function changeKind(lab: Lab, router: Router): Lab {
  const bare = router.ha
    ? { ...lab, router_l3_agents: omit(lab.router_l3_agents, router.id) }
    : unreplicate(lab, router.id);
  const gateway = gatewayPortOf(bare, router.id);
  const interfaces = new Set(interfacesOf(bare, router.id).map((port) => port.id));
  const busy = gateway !== null || interfaces.size > 0;
  const next = router.ha ? replicate(bare, router) : busy ? scheduleRouter(bare, router) : bare;
  const host = router.ha ? '' : (next.router_l3_agents[router.id]?.[0] ?? '');
  const ports = next.ports.map((port) => {
    if (interfaces.has(port.id)) return { ...port, device_owner: interfaceOwner(router), 'binding:host_id': host };
    return port.id === gateway?.id ? { ...port, 'binding:host_id': host } : port;
  });
  return { ...next, ports };
}

/** Neutron takes the request even where no agent could build the router; a lab says so at once. */
function refuseDistributed(request: RouterRequest): void {
  if (request.distributed !== true) return;
  refuse(badRouter('a lab has no distributed routers', 'Make it a legacy or an HA router.', ['distributed']));
}
