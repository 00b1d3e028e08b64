/** Attributes of security groups and their rules (neutron/extensions/securitygroup.py). */
import { tryParseAddress, tryParseCidr } from '../addresses.js';
import { enforce, refuse, violation } from '../neutron-errors.js';
import { normalPrefix, normalProtocol, protocolViolations } from '../rules/security-rules.js';
import { toBoolean, type AttributeMap } from './attribute.js';
import { IGNORED, IGNORED_ON_CREATE, NAME, READ_ONLY, STAMPS } from './common.js';
import { pythonText } from './python.js';
import { oneOf, orNull, uuid } from './validators.js';

function toProtocol(value: unknown): string | null {
  if (value === null) return null;
  const protocol = normalProtocol(typeof value === 'number' ? value : pythonText(value));
  enforce(protocolViolations({ protocol }));
  return protocol;
}

/** `convert_validate_port_value` */
function toPort(name: string): (value: unknown) => number | null {
  return (value) => {
    if (value === null) return null;
    const port = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65535) return port;
    return refuse(violation('SecurityGroupInvalidPortValue', { port: pythonText(value) }, { at: [name] }));
  };
}

/** `convert_ethertype_to_case_insensitive` */
function toEthertype(value: unknown): string {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  const found = ['IPv4', 'IPv6'].find((one) => one.toLowerCase() === text);
  const ethertype = pythonText(value);
  return found ?? refuse(violation('SecurityGroupRuleInvalidEtherType', { ethertype }, { at: ['ethertype'] }));
}

function toPrefix(value: unknown): string | null {
  if (value === null || value === '') return null;
  const text = pythonText(value);
  if (tryParseCidr(text) === null && tryParseAddress(text) === null) {
    refuse(violation('InvalidCIDR', { input: text }, { at: ['remote_ip_prefix'] }));
  }
  return normalPrefix(text);
}

/** The name `default` belongs to the group that each project has. */
function toGroupName(value: unknown): unknown {
  if (typeof value === 'string' && value.toLowerCase() === 'default') {
    refuse(violation('SecurityGroupDefaultAlreadyExists', {}, { at: ['name'] }));
  }
  return value;
}

export const SECURITY_GROUP_ATTRIBUTES: AttributeMap = {
  id: READ_ONLY,
  name: { ...NAME, convert: toGroupName },
  description: IGNORED,
  stateful: { post: true, put: true, convert: toBoolean },
  tenant_id: IGNORED_ON_CREATE,
  project_id: IGNORED_ON_CREATE,
  shared: READ_ONLY,
  security_group_rules: READ_ONLY,
  ...STAMPS,
};

export const SECURITY_GROUP_RULE_ATTRIBUTES: AttributeMap = {
  id: READ_ONLY,
  security_group_id: { post: true, put: false, required: true, validate: uuid },
  remote_group_id: { post: true, put: false, validate: orNull(uuid) },
  remote_address_group_id: { post: true, put: false, validate: orNull(uuid) },
  direction: { post: true, put: false, required: true, validate: oneOf(['ingress', 'egress']) },
  protocol: { post: true, put: false, convert: toProtocol },
  port_range_min: { post: true, put: false, convert: toPort('port_range_min') },
  port_range_max: { post: true, put: false, convert: toPort('port_range_max') },
  ethertype: { post: true, put: false, convert: toEthertype, validate: oneOf(['IPv4', 'IPv6']) },
  remote_ip_prefix: { post: true, put: false, convert: toPrefix },
  normalized_cidr: READ_ONLY,
  description: IGNORED,
  tenant_id: IGNORED_ON_CREATE,
  project_id: IGNORED_ON_CREATE,
  ...STAMPS,
};
