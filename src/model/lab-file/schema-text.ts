/** Texts with a form: addresses, CIDRs, MACs, ids. What is wrong with one is said in its own words. */
import { z } from 'zod';
import { tryParseAddress, tryParseCidr } from '../addresses.js';
import { isDomain, isPrintable, nameProblem, show } from './text.js';

/** Carried by a zod issue, so that a problem gets its code and remedy. */
export interface IssueParams {
  readonly code: string;
  readonly remedy: string;
}

function text(test: (value: string) => boolean, what: string, remedy: string, example?: string) {
  const params: IssueParams = { code: 'InvalidInput', remedy };
  return z
    .string()
    .refine(test, { error: (issue) => `${show(issue.input)} is not ${what}.`, params: { ...params } })
    .meta({
      description: `${what[0]?.toUpperCase() ?? ''}${what.slice(1)}.`,
      ...(example === undefined ? {} : { examples: [example] }),
    });
}

export const ipAddress = text(
  (value) => tryParseAddress(value) !== null,
  'an IP address',
  'Write it as 192.168.10.5 or fd00:a::5, without a prefix length.',
  '192.168.10.5',
);

export const cidr = text(
  (value) => tryParseCidr(value) !== null,
  'a CIDR',
  'Write it as 192.168.10.0/24 or fd00:a::/64.',
  '192.168.10.0/24',
);

/** An address or a CIDR, as in allowed address pairs and rules. */
export const addressOrCidr = text(
  (value) => tryParseCidr(value) !== null || tryParseAddress(value) !== null,
  'an IP address or a CIDR',
  'Write it as 192.168.10.5 or 192.168.10.0/24.',
);

export const macAddress = text(
  // The lowest bit of the first octet marks a group address, which no interface can have.
  (value) => /^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$/i.test(value) && !/^(00:){5}00$/.test(value),
  'a MAC address of one interface',
  'Write it as fa:16:3e:12:34:56.',
  'fa:16:3e:12:34:56',
);

export const uuid = text(
  (value) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value),
  'a UUID in lower case',
  'Leave `id` out and it is derived from the names, or write it as 5f4dc827-2cc5-4b4b-89ba-b20d265ae7eb.',
);

export const domain = text(isDomain, 'a domain name', 'Write it as openstacklocal or lab.example.');

/** Keystone's ids are UUIDs without dashes; a cloud without Keystone has any word. Empty for what belongs to no project. */
export const projectId = text(
  (value) => /^[\w.@:-]{0,255}$/.test(value),
  'the id of a project',
  'Write it as `openstack project show` prints it.',
  '4bd3a2bf9c6f5b1ab4d2c1d3f1f0a0e7',
);

/** Nova's ids are UUIDs; Neutron takes any text as a `device_id`. */
export const deviceId = text(
  (value) => /^[A-Za-z0-9][\w.:-]{0,254}$/.test(value),
  'the id of an instance',
  'Take up to 255 letters, digits or . _ : -, or leave `id` out.',
);

/** As Neutron's API prints times. */
export const time = text(
  (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value),
  'a time',
  'Write it as 2026-11-21T21:42:49Z, or leave it out.',
  '2026-11-21T21:42:49Z',
);

/** The name that a resource has where the key of its entry is another one. */
export const givenName = text(
  (value) => value === '' || nameProblem(value) === null,
  'a name',
  'Take up to 255 printable characters without $( ${ and backquotes.',
);

/** keepalived reads it from its configuration up to the next blank and uses 8 characters (RFC 2338). */
export const vrrpPassword = text(
  (value) => /^[A-Za-z0-9._~+=:@/-]{1,8}$/.test(value),
  'a VRRP password',
  'Take 1 to 8 letters, digits or . _ ~ + = : @ / -.',
);

export const optionName = text(
  (value) => /^[a-z0-9][a-z0-9-]{0,63}$/.test(value),
  'the name or number of a DHCP option',
  'Write it as dnsmasq does, as tftp-server or 150.',
);

export const optionValue = text(
  (value) => value.length > 0 && value.length <= 255 && isPrintable(value),
  'the value of a DHCP option',
  'Write up to 255 printable characters on one line.',
);
