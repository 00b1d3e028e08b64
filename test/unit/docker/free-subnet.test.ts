import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NoFreeSubnetError, chooseUnderlaySubnet, freeSubnet } from '../../../src/docker/free-subnet.js';
import { hostSubnets, parseNameServers, parseRoutes } from '../../../src/docker/host-networks.js';
import { overlaps } from '../../../src/model/addresses.js';

describe('the subnet of an underlay', () => {
  it('overlaps with nothing that is used, or there is none', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const network = fc
      .tuple(
        fc.constantFrom(10, 172, 192, 198, 1),
        fc.constantFrom(213, 30, 168, 18, 7),
        octet,
        octet,
        fc.integer({ min: 1, max: 32 }),
      )
      .map(([a, b, c, d, length]) => `${a}.${b}.${c}.${d}/${length}`);
    fc.assert(
      fc.property(fc.array(network, { maxLength: 40 }), (used) => {
        try {
          const subnet = freeSubnet(used);
          assert.ok(!used.some((other) => overlaps(other, subnet)), subnet);
        } catch (error) {
          assert.ok(error instanceof NoFreeSubnetError);
          assert.ok(
            ['10.213', '172.30', '192.168', '198.18'].every((start) =>
              used.some((other) => overlaps(other, `${start}.0.0/16`)),
            ),
          );
        }
      }),
    );
  });

  it('is the next one for each further lab', () => {
    const used: string[] = [];
    for (let index = 0; index < 300; index++) used.push(freeSubnet(used));
    assert.equal(used[0], '10.213.0.0/24');
    assert.equal(used[255], '10.213.255.0/24');
    assert.equal(used[256], '172.30.0.0/24');
    assert.equal(new Set(used).size, 300);
  });

  it('leaves a VPN alone that takes all of 10/8, and is not misled by a default route or IPv6', () => {
    assert.equal(freeSubnet(['10.0.0.0/8', '0.0.0.0/0', 'fd00::/8', 'nonsense']), '172.30.0.0/24');
  });

  it('says so when there is none', () => {
    assert.throws(
      () => freeSubnet(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '198.18.0.0/15']),
      NoFreeSubnetError,
    );
  });

  it("keeps off this machine's own networks where the engine is here", () => {
    const subnet = chooseUnderlaySubnet([], true);
    assert.ok(!hostSubnets().some((own) => overlaps(own, subnet)));
  });

  it('reads routes and name servers', () => {
    const table = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
      'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
      'docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    ].join('\n');
    assert.deepEqual(parseRoutes(table), ['192.0.2.0/24', '172.17.0.0/16']);
    assert.deepEqual(parseNameServers('# x\nnameserver 10.213.0.53\nsearch a\nnameserver fd00::1\n'), ['10.213.0.53']);
  });
});
