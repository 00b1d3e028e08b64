/** Validators of lists: name servers, routes, pools, fixed IPs (neutron_lib/api/validators/__init__.py). */
import { pythonText } from './python.js';
import { ipAddress, isMap, keysOf, listOf, macAddress, routeCidr, uuid } from './validators.js';
import { tryParseAddress, tryParseCidr } from '../addresses.js';

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
export const addressPairs = listOf('address pair', (pair) => {
  if (!isMap(pair)) return `'${pythonText(pair)}' is not a valid address pair`;
  const address = typeof pair.ip_address === 'string' ? pair.ip_address : '';
  if (tryParseAddress(address) === null && tryParseCidr(address) === null) {
    return `'${pythonText(pair.ip_address)}' is not a valid IP subnet`;
  }
  return pair.mac_address === undefined ? null : macAddress(pair.mac_address);
});

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
