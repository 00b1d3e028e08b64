/** Readers of values that a client may print as text for people. What cannot be read is handed on as it was. */

export function flag(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (/^(true|up|external|:-\))$/i.test(value)) return true;
  return /^(false|down|internal|xxx)$/i.test(value) ? false : value;
}

export function number(value: unknown): unknown {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}

/** "a, b", or one in a line. */
export function texts(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const json = fromJson(value);
  if (Array.isArray(json)) return json;
  return value.split(/[,\n]/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}

/** "10.0.0.2-10.0.0.254" */
export function pools(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const parts = texts(value) as unknown[];
  return parts.map((part) => {
    const [start, end] = typeof part === 'string' ? part.split('-') : [];
    return start === undefined || end === undefined ? part : { start, end };
  });
}

/** `key='value', key='value'`, one map in a line, as `format_list_of_dicts` of osc_lib prints them; or JSON in a text. */
export function maps(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const json = fromJson(value);
  if (Array.isArray(json)) return json;
  return value.split('\n').flatMap((line) => {
    const pairs = [...line.matchAll(/([\w:-]+)='([^']*)'/g)].map(([, key = '', text = '']) => [key, text] as const);
    return pairs.length === 0 ? [] : [Object.fromEntries(pairs)];
  });
}

export function map(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value === '') return null;
  const json = fromJson(value);
  if (json !== undefined) return json;
  return (maps(value) as unknown[])[0] ?? value;
}

/** The client calls the nexthop of a route its gateway. */
export function routes(value: unknown): unknown {
  const list = maps(value);
  if (!Array.isArray(list)) return list;
  return list.map((route: unknown) => {
    if (typeof route !== 'object' || route === null || !('gateway' in route)) return route;
    const { gateway, ...rest } = route;
    return { nexthop: gateway, ...rest };
  });
}

/** Only brackets: a text that looks like a number stays text. */
function fromJson(text: string): unknown {
  if (!/^\s*[[{]|^null$/.test(text)) return undefined;
  try {
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    return undefined;
  }
}
