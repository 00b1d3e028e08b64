/** An endpoint, told from a folder, and why something cannot be had from either. */

/** Milliseconds that an endpoint has to answer. */
export const PATIENCE = 5000;

export function isEndpoint(target: string): boolean {
  return /^https?:\/\//i.test(target);
}

/** `fetch` says no more than that it failed; why stands in the cause, of several addresses in each one's. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${String(PATIENCE / 1000)} s`;
  if ('code' in error && error.code === 'ENOENT') return 'there is no such folder';
  const { cause } = error;
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error ? first.message : error.message;
}
