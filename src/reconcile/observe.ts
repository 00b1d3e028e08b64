/** From a node's own output to a `NodeState`, in the same words as the desired one. */
import { hasOwnPart } from '../neutron/iptables/own-part.js';
import type {
  AddressItem,
  FdbItem,
  FileItem,
  IpsetItem,
  Item,
  LinkItem,
  NodeState,
  ProcessItem,
  RouteItem,
} from '../neutron/node-state.js';
import { ROOT, UNNAMED } from '../neutron/node-state.js';
import type { ObservedDocument, ObservedLink, ObservedNamespace, ObservedRoute } from './observed-document.js';

/** A link that no kind of ours describes, or one whose other end is elsewhere, is not an item. */
function linkItem(namespace: string, link: ObservedLink, rootNames: ReadonlyMap<number, string>): LinkItem | null {
  const name = link.ifname;
  if (name === undefined) return null;
  const up = link.flags?.includes('UP') ?? false;
  const mtu = link.mtu ?? 0;
  const master = link.master ?? '';
  const data = link.linkinfo?.info_data;
  switch (link.linkinfo?.info_kind) {
    case 'bridge':
      return namespace === ROOT ? { kind: 'link', type: 'bridge', namespace: ROOT, name, mtu, up } : null;
    case 'vxlan':
      if (namespace !== ROOT) return null;
      return {
        kind: 'link',
        type: 'vxlan',
        namespace: ROOT,
        name,
        mtu,
        up,
        master,
        vni: data?.id ?? 0,
        local: data?.local ?? '',
        port: data?.port ?? 0,
      };
    case 'veth': {
      if (namespace === ROOT) return { kind: 'link', type: 'tap', namespace: ROOT, name, mtu, up, master };
      const peer = link.link_index === undefined ? undefined : rootNames.get(link.link_index);
      return { kind: 'link', type: 'veth', namespace, name, peer: peer ?? '', mac: link.address ?? '', mtu, up };
    }
    default:
      return null;
  }
}

function addressItems(namespace: string, link: ObservedLink): AddressItem[] {
  const device = link.ifname;
  if (device === undefined || device === 'lo') return [];
  return (link.addr_info ?? []).flatMap((info) =>
    info.local === undefined || info.prefixlen === undefined || info.dynamic === true
      ? []
      : [
          {
            kind: 'address' as const,
            namespace,
            device,
            address: `${info.local}/${String(info.prefixlen)}`,
            scope: info.scope === 'link' || info.scope === 'host' ? info.scope : ('global' as const),
            broadcast: info.broadcast ?? null,
          },
        ],
  );
}

/** Routes of the agents are `proto static`; what keepalived, the kernel or a person added is theirs. */
function routeItem(namespace: string, family: 4 | 6, route: ObservedRoute): RouteItem[] {
  if (route.dst === undefined || route.protocol !== 'static' || (route.table ?? 'main') !== 'main') return [];
  const type = route.type ?? 'unicast';
  if (type !== 'unicast' && type !== 'local' && type !== 'unreachable') return [];
  const hops = route.nexthops ?? [{ gateway: route.gateway, via: undefined, dev: route.dev }];
  return [
    {
      kind: 'route',
      namespace,
      family,
      type,
      destination: route.dst,
      nexthops: hops.map((hop) => ({ via: hop.gateway ?? hop.via?.host ?? null, device: hop.dev ?? null })),
      scope: route.scope === 'link' || route.scope === 'host' ? route.scope : 'global',
      protocol: 'static',
    },
  ];
}

function floodEntries(namespace: ObservedNamespace): FdbItem[] {
  return namespace.fdb.flatMap((entry) =>
    entry.mac === '00:00:00:00:00:00' && entry.dst !== undefined && entry.ifname !== undefined
      ? [{ kind: 'fdb' as const, namespace: ROOT, device: entry.ifname, mac: entry.mac, destination: entry.dst }]
      : [],
  );
}

function namespaceItems(name: string, document: ObservedNamespace, rootNames: ReadonlyMap<number, string>): Item[] {
  const items: Item[] = [];
  if (name !== ROOT) {
    items.push({ kind: 'namespace', namespace: name, ...(document.hostname && { hostname: document.hostname }) });
  }
  for (const link of document.addr) {
    const item = linkItem(name, link, rootNames);
    if (item) items.push(item);
    items.push(...addressItems(name, link));
  }
  for (const route of document.route4) items.push(...routeItem(name, 4, route));
  for (const route of document.route6) items.push(...routeItem(name, 6, route));
  items.push(...floodEntries(document));
  for (const [sysctl, value] of Object.entries(document.sysctls)) {
    items.push({ kind: 'sysctl', namespace: name, name: sysctl, value });
  }
  if (document.iptables) items.push({ kind: 'ruleset', namespace: name, family: 4, text: document.iptables });
  if (document.ip6tables) items.push({ kind: 'ruleset', namespace: name, family: 6, text: document.ip6tables });
  if (name === ROOT) items.push(...rootFirewallItems(document));
  return items;
}

/** Sets of addresses, and Neutron's part of ebtables if there is any. */
function rootFirewallItems({ ipset, ebtables }: ObservedNamespace): Item[] {
  const sets = ipset === undefined ? [] : ipsetItems(ipset);
  return ebtables === undefined || !hasOwnPart(ebtables)
    ? sets
    : [...sets, { kind: 'ebtables', namespace: ROOT, text: ebtables }];
}

/** From `ipset save`; sets of other kinds are somebody else's. */
function ipsetItems(text: string): IpsetItem[] {
  const sets = new Map<string, { readonly family: 4 | 6; readonly members: string[] }>();
  for (const line of text.split('\n')) {
    const [word, name = '', what = '', , family] = line.split(' ');
    if (word === 'create' && what === 'hash:net') sets.set(name, { family: family === 'inet6' ? 6 : 4, members: [] });
    if (word === 'add') sets.get(name)?.members.push(what);
  }
  return [...sets].map(([name, { family, members }]) => ({
    kind: 'ipset',
    namespace: ROOT,
    name,
    family,
    members: members.sort(),
  }));
}

function fileItem(file: ObservedDocument['files'][number]): FileItem {
  // A file too large to be sent can only be compared by what it is not: its hash stands for its content.
  return { kind: 'file', path: file.path, content: file.content ?? `sha256:${file.sha256 ?? ''}`, mode: file.mode };
}

function processItem(process: ObservedDocument['processes'][number]): ProcessItem {
  return {
    kind: 'process',
    // A namespace without a name was deleted while the process lived on.
    namespace: process.namespace ?? UNNAMED,
    name: process.argv[0]?.split('/').at(-1) ?? '',
    argv: process.argv,
    pidFile: process.pidFile,
    daemonizes: true,
    reloads: [],
  };
}

/** Pure: the same document gives the same state. */
export function observe(node: string, document: ObservedDocument): NodeState {
  const rootNames = new Map(
    (document.namespaces[ROOT]?.addr ?? []).flatMap((link) =>
      link.ifindex !== undefined && link.ifname !== undefined ? [[link.ifindex, link.ifname] as const] : [],
    ),
  );
  const items: Item[] = [];
  for (const [name, namespace] of Object.entries(document.namespaces)) {
    items.push(...namespaceItems(name, namespace, rootNames));
  }
  items.push(...document.files.map(fileItem), ...document.processes.map(processItem));
  return { node, items };
}
