/** Attributes of networks and subnets (neutron_lib/api/definitions/network.py, subnet.py, provider_net.py, …). */
import { toBoolean, toInteger, type AttributeMap } from './attribute.js';
import { NAME, IGNORED, IGNORED_ON_CREATE, READ_ONLY, STAMPS } from './common.js';
import { hostRoutes, ipPools, nameServers } from './lists.js';
import { ipAddress, notNegative, oneOf, orNull, subnetCidr, text, uuid } from './validators.js';

const flag = { post: true, put: true, convert: toBoolean };

export const NETWORK_ATTRIBUTES: AttributeMap = {
  id: READ_ONLY,
  name: NAME,
  tenant_id: IGNORED_ON_CREATE,
  project_id: IGNORED_ON_CREATE,
  admin_state_up: flag,
  mtu: { post: true, put: true, convert: toInteger, validate: orNull(notNegative) },
  status: READ_ONLY,
  subnets: READ_ONLY,
  shared: flag,
  description: IGNORED,
  'router:external': flag,
  is_default: IGNORED,
  port_security_enabled: flag,
  'provider:network_type': { post: true, put: true, validate: orNull(text(32)) },
  'provider:physical_network': { post: true, put: true, validate: orNull(text(64)) },
  'provider:segmentation_id': { post: true, put: true, convert: toInteger },
  availability_zone_hints: IGNORED_ON_CREATE,
  availability_zones: READ_ONLY,
  ipv4_address_scope: READ_ONLY,
  ipv6_address_scope: READ_ONLY,
  ...STAMPS,
};

const MODES = ['dhcpv6-stateful', 'dhcpv6-stateless', 'slaac'];

export const SUBNET_ATTRIBUTES: AttributeMap = {
  id: READ_ONLY,
  name: NAME,
  tenant_id: IGNORED_ON_CREATE,
  project_id: IGNORED_ON_CREATE,
  ip_version: { post: true, put: false, convert: toInteger, validate: oneOf([4, 6]), required: true },
  network_id: { post: true, put: false, validate: uuid, required: true },
  subnetpool_id: { post: true, put: false, validate: orNull(uuid) },
  use_default_subnetpool: IGNORED_ON_CREATE,
  prefixlen: IGNORED_ON_CREATE,
  cidr: { post: true, put: false, validate: orNull(subnetCidr) },
  gateway_ip: { post: true, put: true, validate: orNull(ipAddress) },
  allocation_pools: { post: true, put: true, validate: ipPools },
  dns_nameservers: { post: true, put: true, validate: nameServers },
  host_routes: { post: true, put: true, validate: hostRoutes },
  enable_dhcp: flag,
  ipv6_ra_mode: { post: true, put: false, validate: orNull(oneOf(MODES)) },
  ipv6_address_mode: { post: true, put: false, validate: orNull(oneOf(MODES)) },
  description: IGNORED,
  service_types: IGNORED,
  ...STAMPS,
};
