/**
 * How the releases differ on a node, thing by thing, with the release and the commit of openstack/neutron that changed
 * it. Pike is 11.0.8, Zed is 21.0.0 (as in Debian 12), 2026.1 is 28.0.1; releases between: 15.0 is Train, 16.0 Ussuri,
 * 17.0 Victoria, 18.0 Wallaby, 19.0 Xena, 20.0 Yoga, 22.0 2023.1, 26.0 2025.1. Nothing that came with 29.0 is here.
 */
import { type Release } from '../model/release.js';

type Row<T> = Readonly<Record<Release, T>>;

function row<const T>(pike: T, zed: T, newest: T): Row<T> {
  return { pike, zed, '2026.1': newest };
}

const TABLE = {
  // keepalived (agent/linux/keepalived.py, agent/l3/ha_router.py)
  /** On each excluded address and each route. 16.0 dc9084a8ec; gone in 22.0 (bee07defac), back in 26.0 (438808f161). */
  noTrack: row(false, true, true),
  /** At the end of each route. 22.0 c813b658d0; 21.1.0 has it too, Debian's 21.0.0 has not. */
  routesProtocolStatic: row(false, false, true),
  /** A route to a gateway outside its subnet goes before the default route. 17.0 554b5c2267. */
  routeToGateway: row(false, true, true),
  /** What follows `ha_confs/<router>`; its VRRP child's has `-vrrp` at the end. 15.0 93015527f0. */
  keepalivedPid: row('.pid', '.pid.keepalived', '.pid.keepalived'),

  // State changes (agent/l3/ha.py, agent/l3/keepalived_state_change.py)
  /** In the state file, of the replica that routes. 17.0 055036ba2b. */
  primaryWord: row('master', 'primary', 'primary'),
  /**
   * Before the agent acts on a change to primary it waits for advert_int: 15.0 3f022a193f; not for the first one since it
   * began: 20.0 c20f2e5136; for that one too: 26.0 a3689956dd.
   */
  waitsAsPrimary: row('never', 'for changes', 'always'),
  /** The monitor sends gratuitous ARPs for each new address, besides keepalived. 10.0 4fdd89e94f to 18.0 8e06d1d1eb. */
  monitorAnnounces: row(true, false, false),

  // The kernel in a qrouter namespace (agent/l3/namespaces.py, agent/l3/ha_router.py)
  /** net.ipv4.ip_nonlocal_bind of an HA router. 22.0 25ec6e7e4f (21.1.0 too). */
  nonlocalBind: row(0, 0, 1),
  /** net.ipv6.conf.all.addr_gen_mode=1 of an HA router: no link-local address by the kernel at all. 21.0 5288593faf. */
  noLinkLocals: row(false, true, true),
  /** net.netfilter.nf_conntrack_tcp_be_liberal=1 of every router. 26.0 ab94c6b021. */
  tcpBeLiberal: row(false, false, true),
  /** Extra routes with one destination share its flows; with `ip route replace` the last one wins. 19.0 f192153b44. */
  equalCostRoutes: row(false, true, true),

  // radvd (agent/linux/ra.py)
  /** Each section of the file is between blank lines. */
  radvdBlankLines: row(true, false, false),
  /** The way to the metadata service, fe80::a9fe:a9fe/128, is advertised. 17.0 a1f4ee3ade. */
  radvdMetadataRoute: row(false, true, true),
  /** `-u` stands before `-m`; after it since it may be left out (`radvd_user`, 16.0). */
  radvdUserFirst: row(true, false, false),

  // iptables in a qrouter namespace (agent/l3/router_info.py, agent/metadata/driver.py)
  /** SNAT draws the source port at random. 15.0 30f35e08f9. */
  randomFully: row(false, true, true),
  /** nat/POSTROUTING lets pass what neither comes in nor goes out by the gateway; `! -i` went in 15.0 (dfa37b2233). */
  asksWhereFrom: row(true, false, false),
  /** Answers of the metadata proxy get their checksums filled in. Gone in 15.0. */
  metadataChecksum: row(true, false, false),
  /** Rules for the metadata service over IPv6, and with them a nat table. 17.0. */
  metadataIpv6: row(false, true, true),

  // dnsmasq (agent/linux/dhcp.py)
  /** 15.0 09ee934786. */
  dnsmasqBinds: row('--bind-interfaces', '--bind-dynamic', '--bind-dynamic'),
  /** `--dhcp-userclass=set:ipxe6,iPXE`. 14.0 09311c34f9. */
  dnsmasqIpxe6: row(false, true, true),
  /** Without a `dnsmasq_config_file`. 18.0 704576e54e. */
  dnsmasqConfFile: row('', '/dev/null', '/dev/null'),
  /** `tag0` and the bare id of a port, or `subnet-<id>` and `port-<id>`. 16.0 bdc1bc73f3. */
  dhcpTags: row('numbers', 'ids', 'ids'),
  /** `tag:dhcpv6` in the lines of IPv6 hosts. 17.0 f951871430. */
  dhcpv6Tag: row(false, true, true),
  /** Ports of services are not among the hosts. 18.0 e4bbeee206. */
  dhcpLeavesServicesOut: row(false, true, true),
  /** Routes of option 121 begin with the other subnets of the link; they came last before. 15.0 c240e5c3ac. */
  onLinkRoutesFirst: row(false, true, true),
  /** IPv6 options given by number are `option6:` too. 16.0. */
  option6ForNumbers: row(false, true, true),
} as const;

type Table = typeof TABLE;

/** The column of one release. */
export type Habits = { readonly [Name in keyof Table]: Table[Name][Release] };

function column(release: Release): Habits {
  return Object.fromEntries(Object.entries(TABLE).map(([name, values]) => [name, values[release]])) as Habits;
}

const HABITS: Row<Habits> = { pike: column('pike'), zed: column('zed'), '2026.1': column('2026.1') };

export function habitsOf(release: Release): Habits {
  return HABITS[release];
}
