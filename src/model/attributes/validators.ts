/** Validators of attribute values, with Neutron's words for what is wrong (neutron_lib/api/validators/__init__.py). */
import { formatAddress, formatCidr, parseCidr, tryParseAddress, tryParseCidr, type Cidr } from '../addresses.js';
import { pythonSet, pythonText } from './python.js';

/** What is wrong with a value, null when nothing is. */
export type Validator = (value: unknown) => string | null;

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function text(maxLength?: number): Validator {
  return (value) => {
    if (typeof value !== 'string') return `'${pythonText(value)}' is not a valid string`;
    if (maxLength === undefined || value.length <= maxLength) return null;
    return `'${value}' exceeds maximum length of ${maxLength}`;
  };
}

export function orNull(validator: Validator): Validator {
  return (value) => (value === null ? null : validator(value));
}

export function oneOf(values: readonly unknown[]): Validator {
  return (value) => (values.includes(value) ? null : `${pythonText(value)} is not in valid_values`);
}

/** `validate_non_negative` */
export const notNegative: Validator = (value) => {
  if (typeof value !== 'number' || !Number.isInteger(value)) return `'${pythonText(value)}' is not an integer`;
  return value < 0 ? `'${value}' should be non-negative` : null;
};

export const uuid: Validator = (value) =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
    ? null
    : `'${pythonText(value)}' is not a valid UUID`;

export const ipAddress: Validator = (value) =>
  typeof value === 'string' && tryParseAddress(value) !== null
    ? null
    : `'${pythonText(value)}' is not a valid IP address`;

/** The lowest bit of the first octet marks a group address, which no port can have. */
export const macAddress: Validator = (value) =>
  typeof value === 'string' && /^[0-9a-f][02468ace]([:-][0-9a-f]{2}){5}$/i.test(value) && !/^(00:){5}00$/.test(value)
    ? null
    : `'${pythonText(value)}' is not a valid MAC address`;

/** `validate_subnet` */
export const subnetCidr: Validator = (value) => {
  if (typeof value === 'string' && tryParseCidr(value) !== null) return null;
  const address = typeof value === 'string' ? tryParseAddress(value) : null;
  if (address === null) return `'${pythonText(value)}' is not a valid IP subnet`;
  const cidr = `${formatAddress(address)}/${address.version === 4 ? '32' : '128'}`;
  return `'${pythonText(value)}' isn't a recognized IP subnet cidr, '${cidr}' is recommended`;
};

/** The destination of a route (`validate_route_cidr`). */
export const routeCidr: Validator = (value) => {
  const text = pythonText(value);
  const cidr = typeof value === 'string' ? tryParseCidr(value) : null;
  if (cidr?.hostBits === true) return `'${text}' is not a recognized CIDR, '${formatCidr(cidr)}' is recommended`;
  if (cidr !== null) return isLoopback(cidr) ? `'${text}' is not a routable CIDR` : null;
  const address = typeof value === 'string' ? tryParseAddress(value) : null;
  if (address === null) return `'${text}' is not a valid CIDR`;
  const host = `${formatAddress(address)}/${address.version === 4 ? '32' : '128'}`;
  return `'${text}' is not a recognized CIDR, '${host}' is recommended`;
};

function isLoopback({ version, first, last }: Cidr): boolean {
  const range = parseCidr(version === 4 ? '127.0.0.0/8' : '::1/128');
  return first >= range.first && last <= range.last;
}

/** A list whose items are checked one by one; `what` as in "Invalid data format for hostroute". */
export function listOf(what: string, item: (value: unknown, before: readonly unknown[]) => string | null): Validator {
  return (value) => {
    if (!Array.isArray(value)) return `Invalid data format for ${what}: '${pythonText(value)}'`;
    const list: readonly unknown[] = value;
    for (const [index, one] of list.entries()) {
      const reason = item(one, list.slice(0, index));
      if (reason !== null) return reason;
    }
    return null;
  };
}

export function keysOf(expected: readonly string[], value: unknown): string | null {
  if (!isMap(value)) {
    return `Invalid input. '${pythonText(value)}' must be a dictionary with keys: [${expected.map((key) => `'${key}'`).join(', ')}]`;
  }
  const provided = Object.keys(value);
  if (provided.length === expected.length && expected.every((key) => provided.includes(key))) return null;
  return `Validation of dictionary's keys failed. Expected keys: ${pythonSet(expected)} Provided keys: ${pythonSet(provided)}`;
}

export const uuidList = listOf('UUID list', (value) => uuid(value));
