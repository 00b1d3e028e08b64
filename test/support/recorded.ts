/** What was recorded in a namespace of a node, read file by file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface RecordedLink {
  readonly ifname: string;
  readonly mtu: number;
  readonly master: string | null;
  readonly kind: string | null;
  readonly data: { readonly id?: number; readonly port?: number };
  readonly flags: readonly string[];
}

export interface RecordedInterface {
  readonly ifname: string;
  readonly mtu: number;
  /** The MAC. */
  readonly address: string;
  readonly flags: readonly string[];
  readonly addr_info: readonly {
    readonly local: string;
    readonly prefixlen: number;
    readonly scope: string;
    readonly broadcast?: string;
  }[];
}

export interface RecordedRoute {
  readonly dst: string;
  readonly gateway?: string;
  readonly dev?: string;
  readonly protocol: string;
  readonly scope?: string;
  readonly nexthops?: readonly { readonly gateway: string; readonly dev: string }[];
}

/** As `ip -j -d link` gives it. */
interface RawLink {
  readonly ifname: string;
  readonly mtu: number;
  readonly master?: string;
  readonly flags: readonly string[];
  readonly linkinfo?: { readonly info_kind?: string; readonly info_data?: RecordedLink['data'] };
}

export class Recorded {
  constructor(private readonly directory: string) {}

  has(file: string): boolean {
    return existsSync(`${this.directory}/${file}`);
  }

  text(file: string): string {
    return readFileSync(`${this.directory}/${file}`, 'utf8');
  }

  lines(file: string): readonly string[] {
    return this.text(file)
      .split('\n')
      .filter((line) => line !== '');
  }

  /** All but `lo`. */
  links(): readonly RecordedLink[] {
    const links = JSON.parse(this.text('links.json')) as RawLink[];
    return links
      .filter(({ ifname }) => ifname !== 'lo')
      .map(({ ifname, mtu, master, linkinfo, flags }) => ({
        ifname,
        mtu,
        master: master ?? null,
        kind: linkinfo?.info_kind ?? null,
        data: linkinfo?.info_data ?? {},
        flags,
      }));
  }

  /** All but `lo`. */
  interfaces(): readonly RecordedInterface[] {
    return (JSON.parse(this.text('addr.json')) as RecordedInterface[]).filter(({ ifname }) => ifname !== 'lo');
  }

  /** Of the main table. */
  routes(family: 4 | 6): readonly RecordedRoute[] {
    const routes = JSON.parse(this.text(`route${String(family)}.json`)) as (RecordedRoute & { table?: string })[];
    return routes.filter(({ table }) => table === undefined);
  }

  /** Name to value, of what differs from a fresh namespace. */
  sysctls(): ReadonlyMap<string, string> {
    return new Map(
      this.lines('sysctls.txt').map((line) => {
        const [name = '', value = ''] = line.split(' = ');
        return [name, value];
      }),
    );
  }
}

/** The namespaces that were recorded on a node, the root namespace not among them. */
export function recordedNamespaces(nodeDirectory: string): readonly string[] {
  return readdirSync(nodeDirectory).filter((name) => name !== 'root');
}
