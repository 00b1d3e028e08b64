/** Validators of lists: name servers, routes, pools, fixed IPs (neutron_lib/api/validators/__init__.py). */
import { pythonText } from './python.js';
import { refuse, violation } from '../neutron-errors.js';
import {
  ipAddress,
  isMap,
  keysOf,
  listOf,
  macAddress,
  routeCidr,
  subnetCidr,
  uuid,
  type Validator,
} from './validators.js';

/** `validate_nameservers` */
export const nameServers = listOf('nameserver', (server, before) => {
  const reason = ipAddress(server);
  if (reason !== null) return `'${pythonText(server)}' is not a valid nameserver. ${reason}`;
  return before.includes(server) ? `Duplicate nameserver '${pythonText(server)}'` : null;
});

/** `validate_hostroutes` */
export const hostRoutes = listOf('hostroute', (route, before) => {
  const reason = keysOf(['destination', 'nexthop'], route);
  if (reason !== null || !isMap(route)) return reason;
  const wrong = routeCidr(route.destination) ?? ipAddress(route.nexthop);
  if (wrong !== null) return wrong;
  const twice = before.some(
    (one) => isMap(one) && one.destination === route.destination && one.nexthop === route.nexthop,
  );
  return twice ? `Duplicate hostroute '${pythonText(route)}'` : null;
});

/** `validate_ip_pools` */
export const ipPools = listOf('IP pool', (pool) => {
  const reason = keysOf(['start', 'end'], pool);
  return reason !== null || !isMap(pool) ? reason : (ipAddress(pool.start) ?? ipAddress(pool.end));
});

/** `validate_fixed_ips` */
export const fixedIps = listOf('fixed IP', (fixed, before) => {
  if (!isMap(fixed)) return `Invalid data format for fixed IP: '${pythonText(fixed)}'`;
  if (fixed.ip_address !== undefined) {
    const taken = before.some((one) => isMap(one) && one.ip_address === fixed.ip_address);
    if (taken) return `Duplicate IP address '${pythonText(fixed.ip_address)}'`;
    const reason = ipAddress(fixed.ip_address);
    if (reason !== null) return reason;
  }
  return fixed.subnet_id === undefined ? null : uuid(fixed.subnet_id);
});

/** `_validate_allowed_address_pairs` of neutron_lib/api/validators/allowedaddresspairs.py */
export const addressPairs: Validator = (value) => {
  if (!Array.isArray(value)) return badPairs('Allowed address pairs must be a list.');
  if (value.length > MAX_PAIRS) refuse(violation('AllowedAddressPairExhausted', { quota: MAX_PAIRS }, PAIRS));
  const seen = new Set<string>();
  for (const pair of value as readonly unknown[]) {
    if (!isMap(pair)) return `'${pythonText(pair)}' is not a dictionary`;
    const mac = pair.mac_address === undefined ? null : macAddress(pair.mac_address);
    if (mac !== null) badPairs(mac);
    if (pair.ip_address === undefined) refuse(violation('AllowedAddressPairsMissingIP', {}, PAIRS));
    const [mac_address, ip_address] = [pythonText(pair.mac_address), pythonText(pair.ip_address)];
    const key = `${mac_address} ${ip_address}`;
    if (seen.has(key)) refuse(violation('DuplicateAddressPairInRequest', { mac_address, ip_address }, PAIRS));
    seen.add(key);
    const unknown = Object.keys(pair).filter((name) => name !== 'mac_address' && name !== 'ip_address');
    if (unknown.length > 0) badPairs(`Unrecognized attribute(s) '${unknown.join(', ')}'`);
    const wrong = (ip_address.includes('/') ? subnetCidr : ipAddress)(pair.ip_address);
    if (wrong !== null) badPairs(wrong);
  }
  return null;
};

/** Neutron's option `max_allowed_address_pair`. */
const MAX_PAIRS = 10;
const PAIRS = { at: ['allowed_address_pairs'] };

/** This validator answers by itself, without the name of the attribute. */
function badPairs(reason: string): never {
  return refuse(violation('HTTPBadRequest', { reason }, PAIRS));
}

/** `validate_extra_dhcp_opt`: what goes into dnsmasq's files stays on one line. */
export const extraDhcpOpts = listOf('extra DHCP option', (option) => {
  if (!isMap(option)) return `'${pythonText(option)}' is not a valid DHCP option`;
  if (typeof option.opt_name !== 'string' || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(option.opt_name)) {
    return `'${pythonText(option.opt_name)}' is not a valid option name`;
  }
  const value = option.opt_value;
  if (typeof value !== 'string' || value.length > 255 || /\p{C}/u.test(value)) {
    return `'${pythonText(value)}' is not a valid string`;
  }
  return [undefined, 4, 6].includes(option.ip_version as number | undefined)
    ? null
    : `${pythonText(option.ip_version)} is not in valid_values`;
});
