import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as addresses from '../../../src/model/addresses.js';
import { bridgeName, instanceNamespace, portDevice, vxlanName } from '../../../src/model/names.js';

describe('addresses', () => {
  it('reads a CIDR and tells its edges', () => {
    assert.equal(addresses.networkAddress('192.168.10.0/24'), '192.168.10.0');
    assert.equal(addresses.broadcastAddress('192.168.10.0/24'), '192.168.10.255');
    assert.equal(addresses.netmask('10.0.0.0/20'), '255.255.240.0');
    assert.equal(addresses.prefixLength('fd00:a::/64'), 64);
    assert.equal(addresses.addressCount('fd00:a::/64'), 2n ** 64n);
    assert.equal(addresses.broadcastAddress('fd00:a::/64'), 'fd00:a::ffff:ffff:ffff:ffff');
    assert.equal(addresses.canonicalCidr('192.168.10.7/24'), '192.168.10.0/24');
    assert.equal(addresses.parseCidr('192.168.10.7/24').hostBits, true);
  });

  it('makes the addresses that hosts of the reference made from their MACs', () => {
    assert.equal(addresses.eui64('fd00:b::/64', 'fa:16:3e:f5:ad:80'), 'fd00:b::f816:3eff:fef5:ad80');
    assert.equal(addresses.linkLocal('fa:16:3e:db:93:9d'), 'fe80::f816:3eff:fedb:939d');
  });

  for (const text of ['010.0.0.1', '10.0.0', '0x7f.1', '1.2.3.4.5', 'fe80::1%eth0', '', '::g', '1'.repeat(10_000)]) {
    it(`refuses ${text.slice(0, 20) || 'nothing'}`, () => {
      assert.equal(addresses.tryParseAddress(text), null);
      assert.throws(() => addresses.parseAddress(text), { code: 'InvalidAddress' });
    });
  }

  it('gives each address one text that reads back as the same address', () => {
    const address = fc.oneof(
      fc.bigInt(0n, 2n ** 32n - 1n).map((value) => ({ version: 4 as const, value })),
      fc.bigInt(0n, 2n ** 128n - 1n).map((value) => ({ version: 6 as const, value })),
    );
    fc.assert(
      fc.property(address, (one) => {
        assert.deepEqual(addresses.parseAddress(addresses.formatAddress(one)), one);
        assert.equal(addresses.canonicalAddress(addresses.formatAddress(one)), addresses.formatAddress(one));
      }),
    );
  });

  it('finds overlap exactly where one range holds an end of the other', () => {
    const cidr = fc
      .tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 8, max: 32 }))
      .map(([a, b, length]) => addresses.canonicalCidr(`10.0.${a}.${b}/${length}`));
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        const holds =
          addresses.containsAddress(a, addresses.networkAddress(b)) ||
          addresses.containsAddress(b, addresses.networkAddress(a));
        assert.equal(addresses.overlaps(a, b), holds);
      }),
    );
    assert.equal(addresses.overlaps('0.0.0.0/0', '::/0'), false);
  });
});

describe('names of devices', () => {
  it('are those that the agents make', () => {
    const id = '029eaa99-4583-4ade-9c38-a2ae3a3d9b31';
    assert.equal(portDevice('qr-', id), 'qr-029eaa99-45');
    assert.equal(portDevice('tap', id), 'tap029eaa99-45');
    assert.equal(bridgeName(id), 'brq029eaa99-45');
    assert.equal(vxlanName(65535), 'vxlan-65535');
    assert.equal(instanceNamespace('web1'), 'instance-web1');
  });
});
