/** What a request may say about a resource, and reading one (neutron_lib/api/attributes.py, `AttributeInfo`). */
import { enforce, refuse, violation } from '../neutron-errors.js';
import type { Violation } from '../errors.js';
import { isMap, type Validator } from './validators.js';
import { pythonText } from './python.js';

export interface Attribute {
  /** May be given when the resource is created. */
  readonly post: boolean;
  /** May be given when it is changed. */
  readonly put: boolean;
  readonly required?: boolean;
  /** Before the validation; throws NeutronError. */
  readonly convert?: (value: unknown) => unknown;
  readonly validate?: Validator;
}

export type AttributeMap = Readonly<Record<string, Attribute>>;

/** The body of a request as it comes, without the name of the resource around it. */
export type RequestBody = Readonly<Record<string, unknown>>;

/** The attributes of a request that creates. @throws NeutronError `HTTPBadRequest`, `InvalidInput` */
export function readCreate(map: AttributeMap, body: RequestBody): RequestBody {
  refuseUnknown(map, body);
  for (const [name, attribute] of Object.entries(map)) {
    if (!attribute.post && name in body) bad(`Attribute '${name}' not allowed in POST`, name);
    if (attribute.required === true && body[name] === undefined) {
      bad(`Failed to parse request. Required attribute '${name}' not specified`, name);
    }
  }
  return convert(map, body);
}

/** The attributes of a request that changes. @throws NeutronError `HTTPBadRequest`, `InvalidInput` */
export function readUpdate(map: AttributeMap, body: RequestBody): RequestBody {
  refuseUnknown(map, body);
  for (const name of Object.keys(body)) {
    if (map[name]?.put !== true) bad(`Cannot update read-only attribute ${name}`, name);
  }
  return convert(map, body);
}

/** "Invalid input for name. Reason: …": null when the value is right. */
export function invalidAttribute(name: string, value: unknown, validate: Validator): Violation | null {
  const reason = validate(value);
  if (reason === null) return null;
  return violation('HTTPBadRequest', { reason: `Invalid input for ${name}. Reason: ${reason}.` }, { at: [name] });
}

export function toBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const name = typeof value === 'string' ? value.toLowerCase() : value;
  if (name === 'true' || name === '1' || name === 1) return true;
  if (name === 'false' || name === '0' || name === 0) return false;
  return refuse(violation('InvalidInput', { error_message: `'${pythonText(value)}' cannot be converted to boolean` }));
}

export function toInteger(value: unknown): number | null {
  if (value === null) return null;
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number)) return number;
  return refuse(violation('InvalidInput', { error_message: `'${pythonText(value)}' is not an integer` }));
}

function refuseUnknown(map: AttributeMap, body: RequestBody): void {
  if (!isMap(body)) bad('Body contains invalid data');
  const unknown = Object.keys(body).filter((name) => !Object.hasOwn(map, name));
  if (unknown.length > 0) bad(`Unrecognized attribute(s) '${unknown.join(', ')}'`, unknown[0]);
}

function convert(map: AttributeMap, body: RequestBody): RequestBody {
  const values: Record<string, unknown> = {};
  for (const [name, attribute] of Object.entries(map)) {
    if (body[name] === undefined) continue;
    const value = attribute.convert === undefined ? body[name] : attribute.convert(body[name]);
    const wrong = attribute.validate === undefined ? null : invalidAttribute(name, value, attribute.validate);
    if (wrong !== null) enforce([wrong]);
    values[name] = value;
  }
  return values;
}

function bad(reason: string, name?: string): never {
  return refuse(violation('HTTPBadRequest', { reason }, name === undefined ? {} : { at: [name] }));
}
