/**
 * How Pike, Zed and 2026.1 differ on a node, row by row of the table in src/neutron/release.ts, as text that a recorded
 * cloud has there. Only Zed was recorded; the others state what the code of their releases says.
 */
import assert from 'node:assert/strict';
import { RELEASES, type Release } from '../../src/model/release.js';
import type { Lab, Subnet } from '../../src/model/resources.js';
import { habitsOf, type Habits } from '../../src/neutron/release.js';
import { labFromCloud, loadCloud } from '../support/cloud.js';
import {
  argv,
  between,
  file,
  itemsOf,
  routerSysctls,
  routes,
  rules,
  type Lines,
  type Told,
} from '../support/release-lines.js';

const GATEWAY = lab('02-ha-two-subnets-gateway-fip');
const NO_GATEWAY = lab('03-ha-three-v4-two-v6-no-gateway');
const DUAL = lab('04-ha-dual-stack-gateway');
const LEGACY = lab('05-legacy-snat-off-ecmp-fip');
const DHCP = lab('07-dhcp-options-two-subnets-v6');

/** The external gateway of the HA router with an address that no host of its subnet has. */
const FAR_GATEWAY = withSubnet(GATEWAY, '203.0.113.0/24', { gateway_ip: '198.51.100.9' });

/** An option of DHCPv6 that is given by its number. */
const NUMBERED: Lab = {
  ...DHCP,
  ports: DHCP.ports.map((port) =>
    port.device_owner === 'compute:nova'
      ? { ...port, extra_dhcp_opts: [{ opt_name: '56', opt_value: 'fd00::7', ip_version: 6 }] }
      : port,
  ),
};

/** A subnet with a host route of its own, beside another one on the link. */
const HOST_ROUTE = withSubnet(DHCP, '10.5.0.0/24', {
  host_routes: [{ destination: '10.9.0.0/16', nexthop: '10.5.0.9' }],
});

interface Row {
  readonly lab: Lab;
  readonly lines: Lines;
  readonly pike: Told;
  readonly zed: Told;
  /** Where 2026.1 is not like Zed. */
  readonly newest?: Told;
}

const ROWS: Readonly<Record<keyof Habits, Row>> = {
  noTrack: {
    lab: GATEWAY,
    lines: file('keepalived.conf', /192\.168\.10\.1\/24|0\.0\.0\.0\/0/),
    pike: ['192.168.10.1/24 dev QR', '0.0.0.0/0 via 203.0.113.1 dev QG'],
    zed: ['192.168.10.1/24 dev QR no_track', '0.0.0.0/0 via 203.0.113.1 dev QG no_track'],
    newest: ['192.168.10.1/24 dev QR no_track', '0.0.0.0/0 via 203.0.113.1 dev QG no_track protocol static'],
  },
  routesProtocolStatic: {
    lab: DUAL,
    lines: file('keepalived.conf', /::\/0/),
    pike: ['::/0 via 2001:db8:113::1 dev QG'],
    zed: ['::/0 via 2001:db8:113::1 dev QG no_track'],
    newest: ['::/0 via 2001:db8:113::1 dev QG no_track protocol static'],
  },
  routeToGateway: {
    lab: FAR_GATEWAY,
    lines: file('keepalived.conf', /198\.51\.100\.9/),
    pike: ['0.0.0.0/0 via 198.51.100.9 dev QG'],
    zed: ['198.51.100.9 dev QG scope link no_track', '0.0.0.0/0 via 198.51.100.9 dev QG no_track'],
    newest: [
      '198.51.100.9 dev QG scope link no_track protocol static',
      '0.0.0.0/0 via 198.51.100.9 dev QG no_track protocol static',
    ],
  },
  keepalivedPid: {
    lab: GATEWAY,
    lines: argv('keepalived', /^-p$|^-r$|\.pid/),
    pike: ['-p', 'ha_confs/ID.pid', '-r', 'ha_confs/ID.pid-vrrp'],
    zed: ['-p', 'ha_confs/ID.pid.keepalived', '-r', 'ha_confs/ID.pid.keepalived-vrrp'],
  },
  primaryWord: {
    lab: GATEWAY,
    lines: file('neutron-lab/l3/', /^state_primary/),
    pike: ['state_primary master'],
    zed: [],
  },
  waitsAsPrimary: {
    lab: GATEWAY,
    lines: file('neutron-lab/l3/', /^primary_waits/),
    pike: ['primary_waits never'],
    zed: [],
    newest: ['primary_waits always'],
  },
  monitorAnnounces: {
    lab: GATEWAY,
    lines: file('neutron-lab/l3/', /^announces/),
    pike: ['announces all'],
    zed: [],
  },
  nonlocalBind: {
    lab: GATEWAY,
    lines: routerSysctls(/nonlocal_bind/),
    pike: ['net.ipv4.ip_nonlocal_bind=0'],
    zed: ['net.ipv4.ip_nonlocal_bind=0'],
    newest: ['net.ipv4.ip_nonlocal_bind=1'],
  },
  noLinkLocals: {
    lab: GATEWAY,
    lines: routerSysctls(/addr_gen_mode/),
    pike: ['net.ipv6.conf.QR.addr_gen_mode=1', 'net.ipv6.conf.QR.addr_gen_mode=1', 'net.ipv6.conf.QG.addr_gen_mode=1'],
    zed: ['net.ipv6.conf.all.addr_gen_mode=1'],
  },
  tcpBeLiberal: {
    lab: LEGACY,
    lines: routerSysctls(/liberal/),
    pike: [],
    zed: [],
    newest: ['net.netfilter.nf_conntrack_tcp_be_liberal=1'],
  },
  equalCostRoutes: {
    lab: LEGACY,
    lines: routes(/^172\./),
    pike: ['172.16.0.0/16 via 10.1.0.9 dev QR proto static', '172.18.0.0/16 via 10.2.0.9 dev QR proto static'],
    zed: [
      '172.16.0.0/16 via 10.1.0.9 dev QR proto static',
      '172.18.0.0/16 via 10.1.0.9 dev QR via 10.2.0.9 dev QR proto static',
    ],
  },
  radvdBlankLines: {
    lab: NO_GATEWAY,
    lines: (items) => between(file('/radvd/', /^/)(items), /^AdvLinkMTU/, /^prefix/),
    pike: ['AdvLinkMTU 1450;', '', '', '', '', '', '', '', '', '', 'prefix fd00:b::/64'],
    zed: ['AdvLinkMTU 1450;', '', 'prefix fd00:b::/64'],
  },
  radvdMetadataRoute: {
    lab: DUAL,
    lines: file('/radvd/', /^ *route/),
    pike: [],
    zed: ['route fe80::a9fe:a9fe/128 {'],
  },
  radvdUserFirst: {
    lab: DUAL,
    lines: file('neutron-lab/l3/', /^arg/),
    pike: [
      'arg radvd',
      'arg -C',
      'arg ra/ID.radvd.conf',
      'arg -p',
      'arg external/pids/ID.pid.radvd',
      'arg -u',
      'arg neutron',
      'arg -m',
      'arg syslog',
    ],
    zed: [],
  },
  randomFully: {
    lab: GATEWAY,
    lines: rules(4, /-float-snat .*SNAT|-o qg-.* SNAT/),
    pike: [
      '-A float-snat -s 192.168.10.233/32 -j SNAT --to-source 203.0.113.145',
      '-A snat -o QG -j SNAT --to-source 203.0.113.134',
    ],
    zed: [
      '-A float-snat -s 192.168.10.233/32 -j SNAT --to-source 203.0.113.145 --random-fully',
      '-A snat -o QG -j SNAT --to-source 203.0.113.134 --random-fully',
    ],
  },
  asksWhereFrom: {
    lab: GATEWAY,
    lines: rules(4, /-POSTROUTING .*ctstate DNAT/),
    pike: ['-A POSTROUTING ! -i QG ! -o QG -m conntrack ! --ctstate DNAT -j ACCEPT'],
    zed: ['-A POSTROUTING ! -o QG -m conntrack ! --ctstate DNAT -j ACCEPT'],
  },
  metadataChecksum: {
    lab: GATEWAY,
    lines: rules(4, /CHECKSUM/),
    pike: ['-A POSTROUTING -o qr-+ -p tcp -m tcp --sport 9697 -j CHECKSUM --checksum-fill'],
    zed: [],
  },
  metadataIpv6: {
    lab: GATEWAY,
    lines: rules(6, /^\*nat|a9fe|0x1\/0xffff|9697/),
    pike: [],
    zed: [
      '-A PREROUTING -d fe80::a9fe:a9fe/128 -i qr-+ -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x1/0xffff',
      '-A INPUT -m mark --mark 0x1/0xffff -j ACCEPT',
      '-A INPUT -p tcp -m tcp --dport 9697 -j DROP',
      '*nat',
      '-A PREROUTING -d fe80::a9fe:a9fe/128 -i qr-+ -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 9697',
    ],
  },
  dnsmasqBinds: {
    lab: DHCP,
    lines: argv('dnsmasq', /--bind|--local/),
    pike: ['--local-service', '--bind-interfaces'],
    zed: ['--local-service', '--bind-dynamic'],
  },
  dnsmasqIpxe6: {
    lab: DHCP,
    lines: argv('dnsmasq', /ipxe/),
    pike: ['--dhcp-match=set:ipxe,175'],
    zed: ['--dhcp-match=set:ipxe,175', '--dhcp-userclass=set:ipxe6,iPXE'],
  },
  dnsmasqConfFile: {
    lab: DHCP,
    lines: argv('dnsmasq', /--conf-file/),
    pike: ['--conf-file='],
    zed: ['--conf-file=/dev/null'],
  },
  dhcpTags: {
    lab: DHCP,
    lines: argv('dnsmasq', /--dhcp-range/),
    pike: [
      '--dhcp-range=set:tag0,fd00:d::,static,64,86400s',
      '--dhcp-range=set:tag1,10.4.0.0,static,255.255.255.0,86400s',
      '--dhcp-range=set:tag2,10.5.0.0,static,255.255.255.0,86400s',
    ],
    zed: [
      '--dhcp-range=set:subnet-ID,fd00:d::,static,64,86400s',
      '--dhcp-range=set:subnet-ID,10.4.0.0,static,255.255.255.0,86400s',
      '--dhcp-range=set:subnet-ID,10.5.0.0,static,255.255.255.0,86400s',
    ],
  },
  dhcpv6Tag: {
    lab: DHCP,
    lines: file('/host', /\[fd00/),
    pike: [
      'fa:16:3e:67:5a:14,host-fd00-d--357.openstacklocal,[fd00:d::357]',
      'fa:16:3e:29:3c:d1,host-fd00-d--83.openstacklocal,[fd00:d::83],set:ID',
      'fa:16:3e:5a:c2:da,host-fd00-d--1.openstacklocal,[fd00:d::1]',
    ],
    zed: [
      'fa:16:3e:67:5a:14,tag:dhcpv6,host-fd00-d--357.openstacklocal,[fd00:d::357]',
      'fa:16:3e:29:3c:d1,tag:dhcpv6,host-fd00-d--83.openstacklocal,[fd00:d::83],set:port-ID',
    ],
  },
  dhcpLeavesServicesOut: {
    lab: DHCP,
    lines: file('/addn_hosts', /^10/),
    pike: [
      '10.4.0.147 host-10-4-0-147.openstacklocal host-10-4-0-147',
      '10.4.0.109 host-10-4-0-109.openstacklocal host-10-4-0-109',
      '10.4.0.1 host-10-4-0-1.openstacklocal host-10-4-0-1',
      '10.5.0.2 host-10-5-0-2.openstacklocal host-10-5-0-2',
    ],
    zed: [
      '10.4.0.147 host-10-4-0-147.openstacklocal host-10-4-0-147',
      '10.4.0.109 host-10-4-0-109.openstacklocal host-10-4-0-109',
    ],
  },
  onLinkRoutesFirst: {
    lab: HOST_ROUTE,
    lines: file('/opts', /:classless-static-route.*10\.5\.0\.1$/),
    pike: ['tag:tag2,option:classless-static-route,10.9.0.0/16,10.5.0.9,10.4.0.0/24,0.0.0.0,0.0.0.0/0,10.5.0.1'],
    zed: ['tag:subnet-ID,option:classless-static-route,10.4.0.0/24,0.0.0.0,10.9.0.0/16,10.5.0.9,0.0.0.0/0,10.5.0.1'],
  },
  option6ForNumbers: {
    lab: NUMBERED,
    lines: file('/opts', /fd00::7/),
    pike: ['tag:ID,56,fd00::7'],
    zed: ['tag:port-ID,option6:56,fd00::7'],
  },
};

describe('the releases of Neutron', () => {
  for (const [name, row] of Object.entries(ROWS)) {
    const expected: Readonly<Record<Release, Told>> = { pike: row.pike, zed: row.zed, '2026.1': row.newest ?? row.zed };
    for (const release of RELEASES) {
      it(`${name}: ${release}`, () => {
        assert.deepEqual(row.lines(itemsOf(row.lab, release)), expected[release]);
      });
    }
  }

  it('have a row here for each of the table', () => {
    assert.deepEqual(Object.keys(ROWS), Object.keys(habitsOf('zed')));
  });
});

function lab(scenario: string): Lab {
  return labFromCloud(loadCloud(scenario));
}

function withSubnet(one: Lab, cidr: string, change: Partial<Subnet>): Lab {
  return { ...one, subnets: one.subnets.map((subnet) => (subnet.cidr === cidr ? { ...subnet, ...change } : subnet)) };
}
