/** What a node answers to `observe`, checked at the border. See containers/node/PROTOCOL.md. */
import { z } from 'zod';

const addressInfo = z.object({
  family: z.string(),
  local: z.string().optional(),
  prefixlen: z.number(),
  scope: z.string(),
  broadcast: z.string().optional(),
  dynamic: z.boolean().optional(),
});

/** One entry of `ip -j -d addr show`. */
const linkDocument = z.object({
  ifindex: z.number().optional(),
  ifname: z.string().optional(),
  flags: z.array(z.string()).optional(),
  mtu: z.number().optional(),
  address: z.string().optional(),
  master: z.string().optional(),
  link_index: z.number().optional(),
  link: z.string().optional(),
  linkinfo: z
    .object({
      info_kind: z.string().optional(),
      info_data: z
        .object({ id: z.number().optional(), local: z.string().optional(), port: z.number().optional() })
        .optional(),
    })
    .optional(),
  addr_info: z.array(addressInfo.partial({ scope: true, prefixlen: true, family: true })).optional(),
});

const nextHop = z.object({
  via: z.object({ host: z.string() }).optional(),
  gateway: z.string().optional(),
  dev: z.string().optional(),
});

/** One entry of `ip -j -d route show`. */
const routeDocument = z.object({
  type: z.string().optional(),
  /** Where all tables were asked for; else it is the main one. */
  table: z.string().optional(),
  dst: z.string().optional(),
  gateway: z.string().optional(),
  dev: z.string().optional(),
  protocol: z.string().optional(),
  scope: z.string().optional(),
  nexthops: z.array(nextHop).optional(),
});

/** One entry of `bridge -j fdb show`. */
const fdbDocument = z.object({
  mac: z.string().optional(),
  ifname: z.string().optional(),
  dst: z.string().optional(),
  state: z.string().optional(),
});

const namespaceDocument = z.object({
  addr: z.array(linkDocument).default([]),
  route4: z.array(routeDocument).default([]),
  route6: z.array(routeDocument).default([]),
  fdb: z.array(fdbDocument).default([]),
  iptables: z.string().optional(),
  ip6tables: z.string().optional(),
  ebtables: z.string().optional(),
  /** Of the node's own namespace only. */
  ipset: z.string().optional(),
  sysctls: z.record(z.string(), z.string()).default({}),
  hostname: z.string().optional(),
});

export const observedDocument = z.object({
  t: z.number(),
  namespaces: z.record(z.string(), namespaceDocument),
  files: z
    .array(
      z.object({
        path: z.string(),
        mode: z.number(),
        size: z.number(),
        content: z.string().optional(),
        /** Of a file whose content is too long to be told. */
        sha256: z.string().optional(),
      }),
    )
    .default([]),
  processes: z
    .array(
      z.object({ pid: z.number(), argv: z.array(z.string()), namespace: z.string().nullable(), pidFile: z.string() }),
    )
    .default([]),
  faults: z.array(z.object({ name: z.string(), content: z.string() })).default([]),
});

export type ObservedDocument = z.infer<typeof observedDocument>;
export type ObservedNamespace = ObservedDocument['namespaces'][string];
export type ObservedLink = ObservedNamespace['addr'][number];
export type ObservedRoute = ObservedNamespace['route4'][number];
