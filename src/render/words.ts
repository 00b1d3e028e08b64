/** Numbers, times and counts as words. Pure. */

/** Seconds, as exact as anybody wants to read: `0.42 s`, `6.1 s`, `74 s`. */
export function seconds(value: number): string {
  if (value < 1) return `${value.toFixed(2)} s`;
  return value < 20 ? `${value.toFixed(1)} s` : `${value.toFixed(0)} s`;
}

/** As `seconds`, and what is hardly a moment too: `3 ms`. */
export function moment(value: number): string {
  return value < 0.1 ? `${(value * 1000).toFixed(0)} ms` : seconds(value);
}

export function milliseconds(value: number): string {
  return seconds(value / 1000);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** `1 node`, `3 nodes`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}

/** Local time of day of a Unix time in seconds: `22:31:04`, with milliseconds where they are asked for. */
export function clock(unix: number, withMilliseconds = false): string {
  const date = new Date(unix * 1000);
  const part = (value: number, digits = 2): string => String(value).padStart(digits, '0');
  const time = `${part(date.getHours())}:${part(date.getMinutes())}:${part(date.getSeconds())}`;
  return withMilliseconds ? `${time}.${part(date.getMilliseconds(), 3)}` : time;
}

/** How long ago, roughly: `12 s`, `5 min`, `3 h`, `2 d`. */
export function age(span: number): string {
  if (span < 60) return `${Math.max(0, span).toFixed(0)} s`;
  if (span < 3600) return `${Math.floor(span / 60).toFixed(0)} min`;
  if (span < 86_400) return `${Math.floor(span / 3600).toFixed(0)} h`;
  return `${Math.floor(span / 86_400).toFixed(0)} d`;
}
