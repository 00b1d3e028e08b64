import assert from 'node:assert/strict';
import type { Config, Lab, Network, Port, Subnet } from '../../../src/model/resources.js';
import { dnsmasqArguments } from '../../../src/neutron/dhcp/dnsmasq-arguments.js';
import { addnHostsFile, hostFile } from '../../../src/neutron/dhcp/host-file.js';
import { optsFile } from '../../../src/neutron/dhcp/opts-file.js';
import { servedNetwork } from '../../../src/neutron/dhcp/served-network.js';
import { labFromCloud, loadCloud } from '../../support/cloud.js';

/** One network with an IPv6 and two IPv4 subnets, and an instance's port. */
const LAB: Lab = labFromCloud(loadCloud('07-dhcp-options-two-subnets-v6'));
const NETWORK = LAB.networks[0]!;
const [V6, FIRST, SECOND] = LAB.subnets as [Subnet, Subnet, Subnet];
const DHCP_PORT = LAB.ports.find((port) => port.device_owner === 'network:dhcp')!;
const INSTANCE = LAB.ports.find((port) => port.device_owner === 'compute:nova')!;

interface Changes {
  readonly network?: Partial<Network>;
  readonly subnets?: readonly Subnet[];
  readonly ports?: readonly Port[];
  readonly config?: Partial<Config>;
}

function serve({ network, subnets = [FIRST], ports = [DHCP_PORT, INSTANCE], config }: Changes) {
  return servedNetwork({ ...NETWORK, ...network }, subnets, ports, { ...LAB.config, ...config });
}

describe('arguments of dnsmasq', () => {
  it('carry the lease time, and none when leases are for ever', () => {
    const ranges = (seconds: number) =>
      dnsmasqArguments(serve({ config: { dhcp_lease_duration: seconds } })).filter((word) => word.includes('range'));
    assert.match(ranges(600)[0]!, /,10\.4\.0\.0,static,255\.255\.255\.0,600s$/);
    assert.match(ranges(-1)[0]!, /,infinite$/);
  });

  it('leave the domain out where there is none, and hosts have short names', () => {
    const served = serve({ config: { dns_domain: '' } });
    assert.ok(!dnsmasqArguments(served).some((word) => word.startsWith('--domain')));
    assert.match(hostFile(served), /,host-10-4-0-147,10\.4\.0\.147$/m);
  });

  it('have no range for SLAAC, nor for an IPv6 prefix that dnsmasq refuses', () => {
    const slaac: Subnet = { ...V6, ipv6_address_mode: 'slaac', ipv6_ra_mode: 'slaac' };
    const wide: Subnet = { ...V6, cidr: 'fd00:d::/56' };
    for (const subnet of [slaac, wide]) {
      const words = dnsmasqArguments(serve({ subnets: [subnet] }));
      assert.ok(!words.some((word) => word.startsWith('--dhcp-range')));
      assert.ok(words.includes('--dhcp-lease-max=0'));
    }
  });
});

describe('options of dnsmasq', () => {
  it('announce all servers of a subnet without name servers, once there are several', () => {
    const other: Port = { ...DHCP_PORT, id: 'b', fixed_ips: [{ subnet_id: FIRST.id, ip_address: '10.4.0.3' }] };
    assert.doesNotMatch(optsFile(serve({})), /dns-server/);
    assert.match(optsFile(serve({ ports: [DHCP_PORT, other] })), /option:dns-server,10\.4\.0\.1,10\.4\.0\.3$/);
  });

  it('take a default route among the host routes for the gateway, where there is no gateway', () => {
    const subnet: Subnet = { ...FIRST, host_routes: [{ destination: '0.0.0.0/0', nexthop: '10.4.0.9' }] };
    assert.match(optsFile(serve({ subnets: [subnet] })), /option:router,10\.4\.0\.9$/);
  });

  it('put other subnets of the link before host routes, and the default route last', () => {
    const host_routes = [{ destination: '10.77.0.0/16', nexthop: '10.5.0.7' }];
    const opts = optsFile(serve({ subnets: [FIRST, { ...SECOND, host_routes }] }));
    assert.match(
      opts,
      /classless-static-route,10\.4\.0\.0\/24,0\.0\.0\.0,10\.77\.0\.0\/16,10\.5\.0\.7,0\.0\.0\.0\/0,10\.5\.0\.1$/m,
    );
  });

  it('say nothing for a subnet without DHCP', () => {
    assert.equal(optsFile(serve({ subnets: [{ ...FIRST, enable_dhcp: false }] })), '');
  });

  it('keep a client identifier in the host file and out of the options', () => {
    const port: Port = { ...INSTANCE, extra_dhcp_opts: [{ opt_name: 'client-id', opt_value: '01:02', ip_version: 4 }] };
    const served = serve({ ports: [DHCP_PORT, port] });
    assert.match(hostFile(served), /^fa:16:3e:67:5a:14,id:01:02,host-10-4-0-147\.openstacklocal,10\.4\.0\.147$/m);
    assert.doesNotMatch(optsFile(served), /client-id/);
  });

  it('drop an option of a family that the port has no address of', () => {
    const option = { opt_name: 'ntp-server', opt_value: '2001:db8::1', ip_version: 6 } as const;
    const port: Port = { ...INSTANCE, fixed_ips: INSTANCE.fixed_ips.slice(0, 1), extra_dhcp_opts: [option] };
    assert.doesNotMatch(optsFile(serve({ ports: [DHCP_PORT, port] })), /ntp-server/);
  });
});

describe('hosts of dnsmasq', () => {
  it('are named where no address is leased', () => {
    const served = serve({ subnets: [{ ...FIRST, enable_dhcp: false }] });
    assert.equal(hostFile(served), '');
    assert.equal(addnHostsFile(served), '10.4.0.147\thost-10-4-0-147.openstacklocal host-10-4-0-147\n');
  });
});
