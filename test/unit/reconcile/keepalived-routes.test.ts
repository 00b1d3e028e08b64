import assert from 'node:assert/strict';
import type { FileItem, RouteItem } from '../../../src/neutron/node-state.js';
import { isOurs, ownershipOf } from '../../../src/reconcile/ownership.js';

const ROUTER = '9d1f0c56-3333-4333-8333-333333333333';

function conf(...routes: readonly string[]): FileItem {
  const content = [
    'vrrp_instance VR_7 {',
    '    virtual_routes {',
    ...routes.map((route) => `        ${route}`),
    '    }',
    '}',
  ];
  return {
    kind: 'file',
    path: `/var/lib/neutron/ha_confs/${ROUTER}/keepalived.conf`,
    content: content.join('\n'),
    mode: 0o644,
  };
}

function route(destination: string, family: 4 | 6 = 4): RouteItem {
  return {
    kind: 'route',
    namespace: `qrouter-${ROUTER}`,
    family,
    type: 'unicast',
    destination,
    nexthops: [{ via: family === 4 ? '203.0.113.1' : '2001:db8::1', device: 'qg-1' }],
    scope: 'global',
    protocol: 'static',
  };
}

describe('routes that keepalived adds as `proto static`', () => {
  const newest = ownershipOf([
    conf(
      '0.0.0.0/0 via 203.0.113.1 dev qg-1 no_track protocol static',
      '::/0 via 2001:db8::1 dev qg-1 no_track protocol static',
      '10.9.0.0/16 via 10.0.0.9 no_track protocol static',
    ),
  ]);

  it('are for keepalived to remove', () => {
    for (const one of [route('default'), route('default', 6), route('10.9.0.0/16')]) assert.ok(!isOurs(one, newest));
  });

  it('are no others: what somebody else added is mended', () => {
    assert.ok(isOurs(route('198.18.0.0/15'), newest));
  });

  it('are none in a release where keepalived marks its routes', () => {
    const zed = ownershipOf([conf('0.0.0.0/0 via 203.0.113.1 dev qg-1 no_track')]);
    assert.ok(isOurs(route('default'), zed));
  });
});
