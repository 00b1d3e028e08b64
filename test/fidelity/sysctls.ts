/** What differs from a fresh namespace on the node, in the form of the recordings: `name = value`, sorted. */

/** The recorded nodes forward IPv4 themselves, and a fresh namespace takes that over; this machine may not. */
const FORWARDING = /^net\.ipv4\.(ip_forward|conf\.[^.]+\.forwarding)$/;

const RANDOM = new Set(['net.ipv4.tcp_fastopen_key']);
const COUNTER = 'net.netfilter.nf_conntrack_count';

export function sysctlDifferences(here: string, fresh: string): string {
  const before = parse(fresh);
  const lines = [...parse(here)].flatMap(([name, value]) => {
    const origin = before.get(name) ?? before.get(likeEveryDevice(name));
    if (name === COUNTER || value === (FORWARDING.test(name) ? '1' : origin)) return [];
    return [`${name} = ${RANDOM.has(name) ? '(random)' : value}`];
  });
  return `${lines.sort().join('\n')}\n`;
}

function parse(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, name = '', value = ''] = /^(\S+) = ?(.*)$/.exec(line) ?? [];
      return name === '' ? [] : [[name, value] as const];
    }),
  );
}

/** A device that a fresh namespace does not have begins with what `default` says; of neighbours only `lo` is there. */
function likeEveryDevice(name: string): string {
  return name
    .replace(/^(net\.ipv[46]\.conf)\.[^.]+\./, '$1.default.')
    .replace(/^(net\.ipv[46]\.neigh)\.[^.]+\./, '$1.lo.');
}
