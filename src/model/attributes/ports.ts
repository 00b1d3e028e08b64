/** Attributes of ports (neutron_lib/api/definitions/port.py, portbindings.py, port_security.py, …). */
import { toBoolean, type AttributeMap } from './attribute.js';
import { NAME, IGNORED, IGNORED_ON_CREATE, READ_ONLY, STAMPS } from './common.js';
import { addressPairs, extraDhcpOpts, fixedIps } from './lists.js';
import { macAddress, orNull, text, uuid, uuidList } from './validators.js';

const flag = { post: true, put: true, convert: toBoolean };

export const PORT_ATTRIBUTES: AttributeMap = {
  id: READ_ONLY,
  name: NAME,
  network_id: { post: true, put: false, validate: uuid, required: true },
  tenant_id: IGNORED_ON_CREATE,
  project_id: IGNORED_ON_CREATE,
  admin_state_up: flag,
  mac_address: { post: true, put: true, validate: orNull(macAddress) },
  fixed_ips: { post: true, put: true, validate: fixedIps },
  device_id: { post: true, put: true, validate: text(255) },
  device_owner: { post: true, put: true, validate: text(255) },
  status: READ_ONLY,
  security_groups: { post: true, put: true, convert: (value) => value ?? [], validate: uuidList },
  port_security_enabled: flag,
  allowed_address_pairs: { post: true, put: true, convert: (value) => value ?? [], validate: addressPairs },
  extra_dhcp_opts: { post: true, put: true, convert: (value) => value ?? [], validate: extraDhcpOpts },
  description: IGNORED,
  'binding:host_id': { post: true, put: true, validate: orNull(text(255)) },
  'binding:vnic_type': IGNORED,
  'binding:profile': IGNORED,
  'binding:vif_type': READ_ONLY,
  'binding:vif_details': READ_ONLY,
  ...STAMPS,
};
