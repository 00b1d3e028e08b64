/** What Neutron's server answers when it refuses something: type, status and message, and a remedy of ours. */
import { NeutronError, type AttributePath, type Violation } from './errors.js';
import { CORE_ERRORS } from './neutron-errors/core.js';
import { L3_ERRORS } from './neutron-errors/l3.js';
import { SECURITY_ERRORS } from './neutron-errors/security.js';

export const NEUTRON_ERRORS = { ...CORE_ERRORS, ...L3_ERRORS, ...SECURITY_ERRORS } as const;

export type NeutronErrorType = keyof typeof NEUTRON_ERRORS;

/** The names in the curly brackets of a message. */
type Placeholders<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

export type ErrorValues<T extends NeutronErrorType> = Readonly<
  Record<Placeholders<(typeof NEUTRON_ERRORS)[T][1]>, string | number>
>;

/**
 * @param values What stands in the message. A resource is named as the caller's request names it: by its id over an
 *   API, by its name in a lab file.
 * @param more The place in the request, and a remedy that is nearer to the case than the general one.
 */
export function violation<T extends NeutronErrorType>(
  type: T,
  values: ErrorValues<T>,
  more: { readonly at?: AttributePath; readonly remedy?: string } = {},
): Violation {
  const [status, message, remedy] = NEUTRON_ERRORS[type];
  const texts: Readonly<Record<string, string | number>> = values;
  return {
    type,
    status,
    message: message.replace(/\{(\w+)\}/g, (_, name: string) => String(texts[name] ?? '')),
    remedy: more.remedy ?? remedy,
    at: more.at ?? [],
  };
}

/** @throws NeutronError for the first violation, if there is one. */
export function enforce(violations: Iterable<Violation>): void {
  for (const first of violations) throw new NeutronError(first);
}

/** Ends an operation. */
export function refuse(reason: Violation): never {
  throw new NeutronError(reason);
}
