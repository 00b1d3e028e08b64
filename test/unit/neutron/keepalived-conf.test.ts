import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCidr, overlaps } from '../../../src/model/addresses.js';
import { primaryVip } from '../../../src/model/primary-vip.js';
import { keepalivedConf, type VrrpInstance } from '../../../src/neutron/l3/keepalived-conf.js';
import { habitsOf } from '../../../src/neutron/release.js';

const BARE: VrrpInstance = {
  vrid: 7,
  haDevice: 'ha-12345678-9a',
  advertInt: 2,
  authentication: null,
  primaryVip: '169.254.0.7/24',
  addresses: [],
  routes: [],
  habits: habitsOf('zed'),
};

describe('keepalived.conf', () => {
  it('has no section for addresses and routes that a router without interfaces does not have', () => {
    const conf = keepalivedConf(BARE);
    assert.doesNotMatch(conf, /excluded|virtual_routes|authentication/);
    assert.ok(conf.endsWith('    }\n}'), 'and no newline at its end');
  });

  it('carries the password between advert_int and track_interface', () => {
    const conf = keepalivedConf({ ...BARE, authentication: { type: 'PASS', password: 'secret' } });
    assert.match(
      conf,
      / {4}advert_int 2\n {4}authentication \{\n {8}auth_type PASS\n {8}auth_pass secret\n {4}\}\n {4}track_interface/,
    );
  });

  it('is the same text for the same addresses in any order', () => {
    const addresses = ['10.0.0.1/24', '10.0.0.10/24', '9.0.0.1/8', 'fd00::/64'].map((address) => ({
      address,
      device: 'qr-1',
    }));
    fc.assert(
      fc.property(fc.shuffledSubarray(addresses, { minLength: addresses.length }), (order) => {
        assert.equal(keepalivedConf({ ...BARE, addresses: order }), keepalivedConf({ ...BARE, addresses }));
      }),
    );
  });

  it('writes each kind of route as Neutron does', () => {
    const conf = keepalivedConf({
      ...BARE,
      routes: [
        { destination: '198.51.100.1', device: 'qg-1', scope: 'link' },
        { destination: '0.0.0.0/0', nexthop: '198.51.100.1', device: 'qg-1' },
        { destination: '10.9.0.0/16', nexthop: '10.0.0.9' },
      ],
    });
    assert.deepEqual(conf.slice(conf.indexOf('virtual_routes')).split('\n').slice(1, 4), [
      '        198.51.100.1 dev qg-1 scope link no_track',
      '        0.0.0.0/0 via 198.51.100.1 dev qg-1 no_track',
      '        10.9.0.0/16 via 10.0.0.9 no_track',
    ]);
  });
});

describe('the primary virtual address', () => {
  it('has the VRID as its host part, in 169.254.0.0/24 with the usual HA network', () => {
    assert.equal(primaryVip(182, '169.254.192.0/18'), '169.254.0.182/24');
  });

  it('stays out of the HA network, wherever that is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 17, max: 24 }),
        fc.nat(255),
        fc.integer({ min: 1, max: 254 }),
        (length, third, vrid) => {
          const haCidr = parseCidr(`169.254.${String(third)}.0/${String(length)}`);
          assert.ok(!overlaps(haCidr, primaryVip(vrid, `169.254.${String(third)}.0/${String(length)}`)));
        },
      ),
    );
  });
});
