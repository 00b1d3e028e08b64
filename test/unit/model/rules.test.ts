/** The lab file and the operations have one set of rules: what one refuses the other refuses in the same words. */
import assert from 'node:assert/strict';
import { NeutronError } from '../../../src/model/errors.js';
import { createNetwork } from '../../../src/model/operations/networks.js';
import { createPort, updatePort } from '../../../src/model/operations/ports.js';
import { createSubnet } from '../../../src/model/operations/subnets.js';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import { labOf, pointed, problemsOf } from './support.js';

const LAB = 'lab: l\nnodes: { n1: { agents: [l3, dhcp] } }\n';

/** Attributes of a subnet as YAML and as the body of a request. */
const SUBNETS: Readonly<Record<string, object>> = {
  'the network address as gateway': { gateway_ip: '10.1.0.0' },
  'a gateway of the other IP version': { gateway_ip: 'fd00::1' },
  'a pool outside': { allocation_pools: [{ start: '10.2.0.2', end: '10.2.0.9' }] },
  'a pool upside down': { allocation_pools: [{ start: '10.1.0.9', end: '10.1.0.2' }] },
  'the gateway in a pool': { allocation_pools: [{ start: '10.1.0.1', end: '10.1.0.9' }] },
  'DHCP in a /31': { cidr: '10.1.0.0/31' },
  'a loopback CIDR': { cidr: '127.0.0.0/8' },
  'a name server twice': { dns_nameservers: ['8.8.8.8', '8.8.8.8'] },
  'a host route of the other IP version': { host_routes: [{ destination: 'fd00::/64', nexthop: 'fd00::1' }] },
  'modes that differ': {
    cidr: 'fd00::/64',
    ip_version: 6,
    ipv6_ra_mode: 'slaac',
    ipv6_address_mode: 'dhcpv6-stateful',
  },
};

describe('a rule of Neutron', () => {
  for (const [what, change] of Object.entries(SUBNETS)) {
    it(`reads the same in a lab file and in an operation: ${what}`, () => {
      const body = { cidr: '10.1.0.0/24', ip_version: 4, ...change };
      const { lab, network } = createNetwork(labOf(LAB), { name: 'a' });
      let refused: unknown;
      try {
        createSubnet(lab, { ...body, network_id: network.id });
      } catch (error) {
        refused = error;
      }
      assert.ok(refused instanceof NeutronError, String(refused));
      const { problems } = readLabFile(`${LAB}networks: { a: { subnets: { s: ${JSON.stringify(body)} } } }\n`);
      const told = problems
        .filter(({ severity }) => severity === 'error')
        .map(({ code, message }) => ({ code, message }));
      assert.deepEqual(told[0], { code: refused.code, message: refused.message });
    });
  }

  it('calls things in a lab file as the file does', () => {
    const text = `${LAB}networks:\n  a: { subnets: { s: { cidr: 10.1.0.0/24 }, t: { cidr: 10.1.0.128/25 } } }\n`;
    const [problem] = problemsOf(text, 'InvalidInput');
    assert.equal(
      problem?.message,
      "Invalid input for operation: Requested subnet with cidr: 10.1.0.128/25 for network: 'a' overlaps with another subnet.",
    );
    assert.match(problem.remedy, /'s'/);
  });
});

describe('a port with stateful and stateless groups', () => {
  const GROUPS = 'security_groups: { one: {}, two: { stateful: false } }\n';

  it('is refused in a lab file and in an operation, as Neutron 21 refuses it', () => {
    const message =
      'Error Cannot apply both stateful and stateless security groups on the same port at the same time while attempting the operation.';
    for (const user of [
      'ports: { p: { network: a, security_groups: [one, two] } }\n',
      'instances: { i: { networks: [a], security_groups: [one, two] } }\n',
    ]) {
      const text = `${LAB}networks: { a: { subnets: { s: { cidr: 10.1.0.0/24 } } } }\n${user}${GROUPS}`;
      const [problem] = problemsOf(text, 'SecurityGroupConflict');
      assert.equal(problem?.message, message);
      assert.equal(pointed(text, problem), '[one, two]');
    }
    const lab = labOf(`${LAB}networks: { a: {} }\n${GROUPS}`);
    const groups = lab.security_groups.map(({ id }) => id);
    assert.throws(() => createPort(lab, { network_id: lab.networks[0]?.id, security_groups: groups }), { message });
    const made = createPort(lab, { network_id: lab.networks[0]?.id, security_groups: groups.slice(0, 1) });
    assert.throws(() => updatePort(made.lab, made.port.id, { security_groups: groups }), { message });
  });
});

describe('a subnet of few addresses', () => {
  const poolsOf = (cidr: string, more = ''): unknown => {
    const lab = labOf(`${LAB}networks: { a: { subnets: { s: { cidr: ${cidr}, enable_dhcp: false${more} } } } }\n`);
    const [subnet] = lab.subnets;
    return [subnet?.gateway_ip, subnet?.allocation_pools.map(({ start, end }) => `${start}-${end}`)];
  };

  it('has the gateway and the pool that Neutron gives it', () => {
    assert.deepEqual(poolsOf('10.1.0.0/30'), ['10.1.0.1', ['10.1.0.2-10.1.0.2']]);
    assert.deepEqual(poolsOf('10.1.0.0/31'), ['10.1.0.1', ['10.1.0.0-10.1.0.0']]);
    assert.deepEqual(poolsOf('10.1.0.0/31', ', gateway_ip: null'), [null, ['10.1.0.0-10.1.0.1']]);
    assert.deepEqual(poolsOf('10.1.0.4/32'), ['10.1.0.5', ['10.1.0.4-10.1.0.4']]);
    assert.deepEqual(poolsOf("'fd00::/127'"), ['fd00::', ['fd00::1-fd00::1']]);
  });
});

describe("Neutron's own names for references", () => {
  const NETWORKS = `networks:
  ext: { id: 5f4dc827-2cc5-4b4b-89ba-b20d265ae7eb, router:external: true, subnets: { e: { cidr: 203.0.113.0/24, enable_dhcp: false } } }
  a: { subnets: { s: { id: 92a23f52-af83-448c-b31b-f65b2cc9d068, cidr: 10.1.0.0/24 } } }
`;

  it('are as good as those of the lab file', () => {
    const short = labOf(
      `${LAB}${NETWORKS}routers: { r: { external_gateway_info: { network: ext, external_fixed_ips: [{ subnet: e }] }, interfaces: [s] } }\n`,
    );
    const long = labOf(
      `${LAB}${NETWORKS}routers: { r: { external_gateway_info: { network_id: 5f4dc827-2cc5-4b4b-89ba-b20d265ae7eb, external_fixed_ips: [{ subnet_id: e }] }, interfaces: [{ subnet_id: 92a23f52-af83-448c-b31b-f65b2cc9d068 }] } }\n`,
    );
    assert.deepEqual(long, short);
  });

  it('are pointed at when there is no such resource', () => {
    const text = `${LAB}${NETWORKS}routers: { r: { external_gateway_info: { network_id: exd } } }\n`;
    const [problem] = problemsOf(text, 'NetworkNotFound');
    assert.ok(problem);
    assert.equal(pointed(text, problem), 'exd');
    assert.equal(problem.message, "Network 'exd' could not be found.");
    assert.match(problem.remedy, /'ext'/);
  });

  it('are missed in a gateway that names no network', () => {
    const [problem] = problemsOf(`${LAB}${NETWORKS}routers: { r: { external_gateway_info: {} } }\n`, 'InvalidInput');
    assert.match(problem?.message ?? '', /'network' is missing/);
  });
});

describe('a gateway on an external network without subnets', () => {
  it('is taken with a warning', () => {
    const text = `${LAB}networks: { ext: { router:external: true } }\nrouters: { r: { external_gateway_info: { network: ext } } }\n`;
    const [problem] = problemsOf(text, 'GatewayWithoutAddress');
    assert.ok(problem);
    assert.equal(problem.severity, 'warning');
    assert.equal(pointed(text, problem), 'ext');
    assert.deepEqual(labOf(text).routers[0]?.external_gateway_info?.external_fixed_ips, []);
  });
});
