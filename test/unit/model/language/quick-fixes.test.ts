import assert from 'node:assert/strict';
import { quickFixesFor } from '../../../../src/model/language/quick-fixes.js';
import { labText } from '../../../../src/model/language/lab-text.js';
import { edited, LAB } from './support.js';

const ROUTER = 'routers:\n  edge:\n    interfaces: [blue-v4]\n';
const fixable: Readonly<Record<string, [text: string, code: string, after: RegExp]>> = {
  'a name that is nearly one': [
    `${LAB}instances: { i: { networks: [bleu] } }`,
    'NetworkNotFound',
    /networks: \[blue\]/,
  ],
  'an attribute that is nearly one': [`${LAB}${ROUTER}    haa: true\n`, 'UnrecognizedAttribute', /^ {4}ha: true$/m],
  'a section that is nearly one': [`${LAB}router:\n  edge: {}\n`, 'UnrecognizedAttribute', /^routers:$/m],
  'a number for a name': [
    'networks: { "5": {} }\ninstances: { i: { networks: [5] } }',
    'InvalidInput',
    /networks: \["5"\]/,
  ],
  'yes for true': [`${LAB}${ROUTER}    ha: yes\n`, 'InvalidInput', /ha: true/],
  'a word that is nearly allowed': ['nodes: { n: { agents: [l4] } }', 'InvalidInput', /agents: \[l3\]/],
  'a number that is too large': [`${LAB}${ROUTER}    ha: true\n    ha_vr_id: 300\n`, 'InvalidInput', /ha_vr_id: 254/],
  'host bits': [
    'lab: l\nnetworks: { a: { subnets: { s: { cidr: 10.1.0.5/24 } } } }',
    'InvalidCidr',
    /cidr: 10\.1\.0\.0\/24/,
  ],
  'a subnet without a range': [
    `${LAB}  red:\n    subnets:\n      red-v4: {}\n`,
    'InvalidInput',
    /red-v4: \{ cidr: 192\.168\.30\.0\/24 \}/,
  ],
  'a subnet with nothing at all': [
    `${LAB}  red:\n    subnets:\n      red-v4:\n`,
    'InvalidInput',
    /red-v4: \{ cidr: 192\.168\.30\.0\/24 \}/,
  ],
  'a subnet that lacks its range among others': [
    `${LAB}  red:\n    subnets:\n      red-v4:\n        enable_dhcp: false\n`,
    'InvalidInput',
    /red-v4:\n {8}cidr: 192\.168\.30\.0\/24\n {8}enable_dhcp: false/,
  ],
  'a range that overlaps': [
    `${LAB}  red: { subnets: { a: { cidr: 10.0.0.0/8 }, b: { cidr: 10.1.0.0/16 } } }\n`,
    'InvalidInput',
    /b: \{ cidr: 192\.168\.30\.0\/24 \}/,
  ],
  'ranges that overlap on a router': [
    `${LAB}  red: { subnets: { red-v4: { cidr: 192.168.0.0/16 } } }\nrouters: { r: { interfaces: [blue-v4, red-v4] } }\n`,
    'BadRequest',
    /red-v4: \{ cidr: 192\.168\.30\.0\/24 \}|red-v4: \{ cidr: 10/,
  ],
  'an attribute twice': [`${LAB}${ROUTER}    ha: true\n    ha: false\n`, 'DuplicateKey', /ha: true\n$/],
  'a name that no host can have': [
    `${LAB}instances:\n  web_1: { networks: [blue] }\n`,
    'InvalidHostName',
    /^ {2}web-1: \{ networks/m,
  ],
  'a lab name that no host can have': ['lab: My Lab!\nnetworks: {}', 'InvalidName', /^lab: My-Lab$/m],
  'a gateway in a pool': [
    'lab: l\nnetworks: { a: { subnets: { s: { cidr: 10.1.0.0/24, allocation_pools: [{ start: 10.1.0.1, end: 10.1.0.9 }] } } } }',
    'GatewayConflictWithAllocationPools',
    /allocation_pools: \[\]/,
  ],
  'a gateway on a network that is not external': [
    `${LAB}routers: { r: { external_gateway_info: { network: green } } }`,
    'BadRequest',
    /green:\n {4}router:external: true\n {4}subnets:/,
  ],
  'a VRID without HA': [`${LAB}${ROUTER}    ha_vr_id: 5\n`, 'InvalidInput', /edge:\n {4}ha: true\n {4}interfaces/],
  'an address that is taken': [
    `${LAB}ports:\n  p: { network: blue, mac_address: "fa:16:3e:00:00:01" }\n  q: { network: blue, mac_address: "fa:16:3e:00:00:01" }\n`,
    'MacAddressInUse',
    /q: \{ network: blue \}/,
  ],
};

describe('quick fixes', () => {
  for (const [what, [text, code, after]] of Object.entries(fixable)) {
    it(`mend ${what}`, () => {
      const lab = labText(text, 'l.neutron.yaml');
      const problem = lab.read().problems.find((one) => one.code === code);
      assert.ok(
        problem,
        lab
          .read()
          .problems.map((one) => `${one.code} ${one.message}`)
          .join('\n') || 'no problem',
      );
      const [fix] = quickFixesFor(lab, problem);
      assert.ok(fix, `${problem.message} has a fix.`);
      const mended = edited(text, fix.edits);
      assert.match(mended, after);
      const left = labText(mended, 'l.neutron.yaml')
        .read()
        .problems.filter((one) => one.message === problem.message);
      assert.deepEqual(left, []);
    });
  }

  it('offer each of the names that may be meant', () => {
    const lab = labText(
      'lab: l\nnetworks:\n  a: { subnets: { v4: { cidr: 10.1.0.0/24 } } }\n  b: { subnets: { v4: { cidr: 10.2.0.0/24 } } }\nrouters: { r: { interfaces: [v4] } }',
    );
    const [problem] = lab.read().problems;
    assert.deepEqual(
      quickFixesFor(lab, problem!).map(({ result }) => result),
      ['a/v4', 'b/v4'],
    );
  });
});
