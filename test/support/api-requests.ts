/** Requests that a real Neutron was asked, what it answered, and the operation of ours that each of them is. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RequestBody } from '../../src/model/attributes/attribute.js';
import * as find from '../../src/model/operations/find.js';
import * as floatingIps from '../../src/model/operations/floating-ips.js';
import { addRouterInterface, removeRouterInterface } from '../../src/model/operations/interfaces.js';
import * as networks from '../../src/model/operations/networks.js';
import * as ports from '../../src/model/operations/ports.js';
import * as routers from '../../src/model/operations/routers.js';
import { addExtraRoutes, removeExtraRoutes } from '../../src/model/operations/routes.js';
import * as groups from '../../src/model/operations/security-groups.js';
import * as subnets from '../../src/model/operations/subnets.js';
import type { Lab } from '../../src/model/resources.js';
import { labFromCloud, type Cloud } from './cloud.js';

export interface Recording {
  readonly name: string;
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown };
  readonly response: { readonly status: number; readonly body: unknown };
}

const DATA = fileURLToPath(new URL('../data/api-errors/', import.meta.url));

export function recordings(): readonly Recording[] {
  return JSON.parse(readFileSync(`${DATA}/requests.json`, 'utf8')) as Recording[];
}

/** The cloud that was asked, as a lab: its flat external network is a VXLAN there, its replicated ports have no host. */
export function askedLab(): Lab {
  const lab = labFromCloud(JSON.parse(readFileSync(`${DATA}/cloud.json`, 'utf8')) as Cloud);
  return {
    ...lab,
    networks: lab.networks.map((network) =>
      network['router:external']
        ? { ...network, 'provider:network_type': 'vxlan', 'provider:segmentation_id': 1 }
        : network,
    ),
    ports: lab.ports.map((port) =>
      lab.routers.some(({ id, ha }) => ha && id === port.device_id) &&
      port.device_owner !== 'network:router_ha_interface'
        ? { ...port, 'binding:host_id': '' }
        : port,
    ),
  };
}

type Operation = (lab: Lab, id: string, body: RequestBody) => object;

/** By method and collection, with the action behind the id. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET networks': find.networkOf,
  'GET subnets': find.subnetOf,
  'GET ports': find.portOf,
  'GET routers': find.routerOf,
  'GET floatingips': find.floatingIpOf,
  'GET security-groups': find.securityGroupOf,
  'GET security-group-rules': find.securityGroupRuleOf,
  'POST networks': (lab, _, body) => networks.createNetwork(lab, body),
  'PUT networks': networks.updateNetwork,
  'DELETE networks': networks.deleteNetwork,
  'POST subnets': (lab, _, body) => subnets.createSubnet(lab, body),
  'PUT subnets': subnets.updateSubnet,
  'DELETE subnets': subnets.deleteSubnet,
  'POST ports': (lab, _, body) => ports.createPort(lab, body),
  'PUT ports': ports.updatePort,
  'DELETE ports': ports.deletePort,
  'POST routers': (lab, _, body) => routers.createRouter(lab, body),
  'PUT routers': routers.updateRouter,
  'DELETE routers': routers.deleteRouter,
  'PUT routers add_router_interface': addRouterInterface,
  'PUT routers remove_router_interface': removeRouterInterface,
  'PUT routers add_extraroutes': addExtraRoutes,
  'PUT routers remove_extraroutes': removeExtraRoutes,
  'POST floatingips': (lab, _, body) => floatingIps.createFloatingIp(lab, body),
  'PUT floatingips': floatingIps.updateFloatingIp,
  'DELETE floatingips': floatingIps.deleteFloatingIp,
  'POST security-groups': (lab, _, body) => groups.createSecurityGroup(lab, body),
  'PUT security-groups': groups.updateSecurityGroup,
  'DELETE security-groups': groups.deleteSecurityGroup,
  'POST security-group-rules': (lab, _, body) => groups.createSecurityGroupRule(lab, body),
  'DELETE security-group-rules': groups.deleteSecurityGroupRule,
};

/** @throws NeutronError, as the operation does */
export function ask(lab: Lab, method: string, path: string, body: unknown): object {
  const [collection = '', id = '', action] = path.replace('/v2.0/', '').split('/');
  const key = [method, collection, ...(action === undefined ? [] : [action])].join(' ');
  const operation = OPERATIONS[key];
  if (operation === undefined) throw new Error(`no operation is ${key}`);
  return operation(lab, id, inner(body, collection));
}

/** Without the name of the resource around it. */
function inner(body: unknown, collection: string): RequestBody {
  const values = (body ?? {}) as RequestBody;
  const name = collection.replaceAll('-', '_').replace(/s$/, '');
  return (values[name] ?? values) as RequestBody;
}
