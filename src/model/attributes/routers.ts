/** Attributes of routers and floating IPs (neutron_lib/api/definitions/l3.py, l3_ext_ha_mode.py, extraroute.py, …). */
import { toBoolean, type AttributeMap } from './attribute.js';
import { NAME, IGNORED, IGNORED_ON_CREATE, READ_ONLY, STAMPS } from './common.js';
import { fixedIps, hostRoutes } from './lists.js';
import { pythonSet, pythonText } from './python.js';
import { ipAddress, isMap, orNull, uuid, type Validator } from './validators.js';

const flag = { post: true, put: true, convert: toBoolean };

/** `type:dict_or_nodata`: no gateway is `null` or `{}`. */
const gatewayInfo: Validator = (value) => {
  if (value === null || (isMap(value) && Object.keys(value).length === 0)) return null;
  if (!isMap(value)) return `'${pythonText(value)}' is not a dictionary`;
  const provided = Object.keys(value);
  if (value.network_id === undefined) {
    return `Validation of dictionary's keys failed. Expected keys: ${pythonSet(['network_id'])} Provided keys: ${pythonSet(provided)}`;
  }
  const unknown = provided.filter(
    (key) => !['network_id', 'enable_snat', 'external_fixed_ips', 'qos_policy_id'].includes(key),
  );
  if (unknown.length > 0) return `Invalid input. '${pythonText(value)}' has unknown keys ${pythonSet(unknown)}`;
  if (value.enable_snat !== undefined && typeof value.enable_snat !== 'boolean') {
    return `'${pythonText(value.enable_snat)}' is not a valid boolean value`;
  }
  return uuid(value.network_id) ?? (value.external_fixed_ips === undefined ? null : fixedIps(value.external_fixed_ips));
};

export const ROUTER_ATTRIBUTES: AttributeMap = {
  id: READ_ONLY,
  name: NAME,
  tenant_id: IGNORED_ON_CREATE,
  project_id: IGNORED_ON_CREATE,
  admin_state_up: flag,
  status: READ_ONLY,
  external_gateway_info: { post: true, put: true, validate: gatewayInfo },
  ha: flag,
  distributed: flag,
  routes: { post: false, put: true, convert: (value) => value ?? [], validate: hostRoutes },
  description: IGNORED,
  flavor_id: IGNORED_ON_CREATE,
  availability_zone_hints: IGNORED_ON_CREATE,
  availability_zones: READ_ONLY,
  ha_vr_id: READ_ONLY,
  gw_port_id: READ_ONLY,
  ...STAMPS,
};

export const FLOATING_IP_ATTRIBUTES: AttributeMap = {
  id: READ_ONLY,
  floating_ip_address: { post: true, put: false, validate: orNull(ipAddress) },
  subnet_id: { post: true, put: false, validate: orNull(uuid) },
  floating_network_id: { post: true, put: false, validate: uuid, required: true },
  router_id: READ_ONLY,
  port_id: { post: true, put: true, validate: orNull(uuid) },
  fixed_ip_address: { post: true, put: true, validate: orNull(ipAddress) },
  tenant_id: IGNORED_ON_CREATE,
  project_id: IGNORED_ON_CREATE,
  status: READ_ONLY,
  port_details: READ_ONLY,
  description: IGNORED,
  ...STAMPS,
};
