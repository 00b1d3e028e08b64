import assert from 'node:assert/strict';
import { indexLab } from '../../../src/model/lab-queries.js';
import { attainableAddresses } from '../../../src/neutron/instance/attainable.js';
import { labOf } from '../model/support.js';

const SLAAC = '{ cidr: "fd00:a::/64", ipv6_ra_mode: slaac, ipv6_address_mode: slaac }';

/** What web1 can have of what its ports were given, and what not. */
function addressesOf(text: string): { can: readonly string[]; cannot: readonly string[] } {
  const lab = labOf(`lab: l\n${text}`);
  const [instance] = lab.instances;
  assert.ok(instance);
  const lists = attainableAddresses(instance, indexLab(lab));
  const can = lists.map((list) => list.join(' or '));
  const given = lab.ports.filter(({ id }) => instance.ports.includes(id)).flatMap(({ fixed_ips }) => fixed_ips);
  return {
    can,
    cannot: given.map(({ ip_address }) => ip_address).filter((address) => !lists.flat().includes(address)),
  };
}

describe('the addresses that an instance can have', () => {
  const network = `networks: { n: { subnets: { four: { cidr: 10.0.0.0/24 }, six: ${SLAAC} } } }\ninstances: { web1: { networks: [n] } }\n`;

  it('are all of its ports’ where a router advertises the prefix', () => {
    const { can, cannot } = addressesOf(`${network}routers: { r: { interfaces: [four, six] } }`);
    assert.equal(can.length, 2);
    assert.deepEqual(cannot, []);
  });

  it('are without that of SLAAC where no router is, or none that is up', () => {
    for (const routers of [
      '',
      'routers: { r: { interfaces: [four] } }',
      'routers: { r: { interfaces: [six], admin_state_up: false } }',
    ]) {
      const { can, cannot } = addressesOf(network + routers);
      assert.match(can.join(), /^10\.0\.0\.\d+$/, routers);
      assert.match(cannot.join(), /^fd00:a::/, routers);
    }
  });

  it('are one by DHCP, however many the port has, and those that are set', () => {
    const two = (dhcp: boolean): string =>
      `networks: { n: { subnets: { one: { cidr: 10.0.0.0/24, enable_dhcp: ${String(dhcp)} }, two: { cidr: 10.0.1.0/24, enable_dhcp: ${String(dhcp)} } } } }
ports: { p: { network: n, fixed_ips: [{ subnet: one, ip_address: 10.0.0.9 }, { subnet: two, ip_address: 10.0.1.9 }] } }
instances: { web1: { networks: [{ port: p }] } }`;
    assert.deepEqual(addressesOf(two(true)), { can: ['10.0.0.9 or 10.0.1.9'], cannot: [] });
    assert.deepEqual(addressesOf(two(false)), { can: ['10.0.0.9', '10.0.1.9'], cannot: [] });
  });

  it('are none over a port that is down', () => {
    const { can } = addressesOf(
      'networks: { n: { subnets: { four: { cidr: 10.0.0.0/24 } } } }\nports: { p: { network: n, admin_state_up: false } }\ninstances: { web1: { networks: [{ port: p }] } }',
    );
    assert.deepEqual(can, []);
  });
});
