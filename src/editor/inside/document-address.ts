/** The addresses of what is shown of a running lab as a document: stable, so that a window that comes back finds it. Pure. */
import { z } from 'zod';
import type { Part } from '../../lab/show/part.js';

const subject = z.object({ kind: z.enum(['router', 'network', 'instance']), id: z.string(), name: z.string() });

const address = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('part'),
    lab: z.string(),
    node: z.string(),
    subject,
    part: z.string(),
    side: z.enum(['is', 'should']),
  }),
  z.object({ what: z.literal('commands'), lab: z.string(), node: z.string(), subject: subject.nullable() }),
  z.object({
    what: z.literal('log'),
    lab: z.string(),
    node: z.string(),
    log: z.enum(['syslog', 'l3-agent']),
    /** Whose lines alone are shown. */
    subject: subject.nullable(),
  }),
]);

export type DocumentAddress = z.infer<typeof address>;

/** Stands in for a slash in a name, which would be a folder. */
const SLASH = '\u2215';

function segment(text: string): string {
  return text.replaceAll('/', SLASH);
}

/** The path is for people: its last part is the title of the document, and tells its language by its ending. */
export function pathOf(of: DocumentAddress): string {
  const thing = of.subject;
  const where = [...(thing ? [thing.name] : []), of.node, of.lab].join(' · ');
  const kind = thing ? [thing.kind] : ['node'];
  const side = of.what === 'part' ? [of.side === 'is' ? 'as it is' : 'as it should be'] : [];
  return ['', of.lab, ...kind, ...side, `${where} · ${fileOf(of)}`].map(segment).join('/');
}

function fileOf(of: DocumentAddress): string {
  switch (of.what) {
    case 'part':
      return of.part;
    case 'commands':
      return 'commands.sh';
    case 'log':
      return `${of.log}.log`;
  }
}

export function queryOf(of: DocumentAddress): string {
  return JSON.stringify(of);
}

/** Null for an address that is not of ours. */
export function parseQuery(query: string): DocumentAddress | null {
  try {
    const value: unknown = JSON.parse(query);
    const parsed = address.safeParse(value);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** A short name for a part, one for each of a thing: that of its file, or of the command that shows it. */
export function partName({ kind, title, where }: Part): string {
  const sixth = title.endsWith('IPv6');
  switch (kind) {
    case 'keepalived':
    case 'radvd':
      return `${kind}.conf`;
    case 'dnsmasq':
      return where.slice(where.lastIndexOf('/') + 1);
    case 'iptables':
      return sixth ? 'ip6tables' : 'iptables';
    case 'routes':
      return sixth ? 'routes, IPv6' : 'routes';
    case 'addresses':
      return 'addresses';
    case 'sysctls':
      return 'sysctl.conf';
    case 'processes':
      return 'processes';
  }
}
