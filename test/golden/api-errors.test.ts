/** Every request that a real Neutron (21.0.0, Zed) was asked: our operations answer with the same type, status and text. */
import assert from 'node:assert/strict';
import { NeutronError } from '../../src/model/errors.js';
import { createNetwork } from '../../src/model/operations/networks.js';
import { createFloatingIp } from '../../src/model/operations/floating-ips.js';
import { createRouter } from '../../src/model/operations/routers.js';
import { createSubnet } from '../../src/model/operations/subnets.js';
import type { Lab, Subnet } from '../../src/model/resources.js';
import { ask, askedLab, recordings, type Recording } from '../support/api-requests.js';

const HTTP = 'it is about HTTP, which the API speaks, not the operations';
const LISTS = 'filters, order and paging of lists belong to the API';
const QUOTAS = 'a lab has no quotas';
const AGENTS = 'the agents of a lab are its nodes, which the lab file lists';

/** What no operation answers, with the reason. */
const NOT_APPLICABLE: Readonly<Record<string, string>> = {
  '011-404-unknown-collection': HTTP,
  '014-bad-json': HTTP,
  '015-bad-empty-body': HTTP,
  '022-bad-method-put-collection': HTTP,
  '023-bad-method-patch': HTTP,
  '093-router-distributed': 'a lab has no distributed routers and refuses them',
  '117-quota-show-after-update': QUOTAS,
  '118-quota-exceeded': QUOTAS,
  '119-quota-bad': QUOTAS,
  '121-quota-delete': QUOTAS,
  '122-agent-delete': AGENTS,
  '123-l3agent-add-router-twice': AGENTS,
  '127-ok-bulk-create': HTTP,
  '129-ok-list-fields': LISTS,
  '130-ok-list-sort': LISTS,
  '131-ok-list-page': LISTS,
  '133-ok-list-unknown-filter': LISTS,
  '134-ok-list-bad-sort': LISTS,
  '135-ok-list-bad-limit': LISTS,
  '137-ok-ports-filter-fixed-ip': LISTS,
  '147-ok-agent-show-l3': AGENTS,
  '149-ok-dhcp-agents-of-network': AGENTS,
  '153-ok-fip-list': LISTS,
};

const NET_B = 'efd9b199-8767-4728-bca3-2c3c943b8471';
const EXTERNAL = '1a29c6eb-7b9a-4ea8-8aa6-2850b4fb4a52';

/** What was made between the recorded cloud and the request, and the id that it had in the real one. */
const BEFORE: Readonly<Record<string, (lab: Lab) => { lab: Lab; id: string; recorded: string }>> = {
  '034-subnet-delete': (lab) => {
    const made = createSubnet(lab, { network_id: NET_B, ip_version: 4, cidr: '10.1.2.0/24', enable_dhcp: false });
    return { lab: made.lab, id: made.subnet.id, recorded: '96dcd947-e287-41cd-9fec-ea4b71b7eb4e' };
  },
  '101-net-delete-with-subnet-and-dhcp-only': (lab) => {
    const { lab: next, network } = createNetwork(lab, { name: 'tmp' });
    const made = createSubnet(next, { network_id: network.id, ip_version: 4, cidr: '10.44.0.0/24' });
    assert.equal(made.lab.ports.filter((port) => port.network_id === network.id).length, 1);
    return { lab: made.lab, id: network.id, recorded: '9e2cfafe-0222-46ee-9521-02899e6d1bc6' };
  },
  '125-ok-network-update': temporaryNetwork,
  '126-ok-network-delete': temporaryNetwork,
  '139-ok-fip-show-down': (lab) => {
    const made = createFloatingIp(lab, { floating_network_id: EXTERNAL });
    return { lab: made.lab, id: made.floatingip.id, recorded: '8b306c1c-7aa2-4f08-b16a-c7970c658ec8' };
  },
  '142-ok-router-update': (lab) => temporaryRouter(lab, true),
  '143-ok-router-update-ha-true-when-down': (lab) => temporaryRouter(lab, false),
};

function temporaryNetwork(lab: Lab) {
  const made = createNetwork(lab, { name: 'tmp' });
  return { lab: made.lab, id: made.network.id, recorded: 'cc948afc-fe93-4376-8212-b4cc33045ed1' };
}

function temporaryRouter(lab: Lab, up: boolean) {
  const made = createRouter(lab, { name: 'rtmp', admin_state_up: up });
  return { lab: made.lab, id: made.router.id, recorded: '7ffc3952-c7fe-4040-84f7-b1305746e216' };
}

function answer({ name, request }: Recording): { status: number; type?: string; message?: string; result?: object } {
  const before = BEFORE[name]?.(askedLab()) ?? { lab: askedLab(), id: '', recorded: 'none' };
  const text = JSON.stringify([request.path, request.body]).replaceAll(before.recorded, before.id);
  const [path, body] = JSON.parse(text) as [string, unknown];
  const frozen = JSON.stringify(before.lab);
  try {
    return { status: 200, result: ask(before.lab, request.method, path, body) };
  } catch (error) {
    if (!(error instanceof NeutronError)) throw error;
    assert.equal(error.type, error.code);
    assert.notEqual(error.remedy, '');
    return { status: error.status, type: error.type, message: error.message };
  } finally {
    assert.equal(JSON.stringify(before.lab), frozen, 'the lab was changed in place');
  }
}

describe('a request that a real Neutron was asked', () => {
  const all = recordings();

  it('is answered by an operation, or there is a reason why not', () => {
    const names = new Set(all.map(({ name }) => name));
    for (const name of [...Object.keys(NOT_APPLICABLE), ...Object.keys(BEFORE)]) assert.ok(names.has(name), name);
    assert.ok(all.length - Object.keys(NOT_APPLICABLE).length > 90);
  });

  for (const recording of all.filter(({ name }) => NOT_APPLICABLE[name] === undefined)) {
    const { name, response } = recording;
    it(name, () => {
      const refusal = (response.body as { NeutronError?: { type: string; message: string } } | null)?.NeutronError;
      const { result, ...ours } = answer(recording);
      if (refusal === undefined) {
        assert.ok(response.status < 300);
        assert.deepEqual(ours, { status: 200 });
        sameSubnet(result, response.body);
        return;
      }
      const theirs = { status: response.status, type: refusal.type, message: refusal.message };
      // The floating IP that is refused never was: its address and id are chosen anew each time.
      const blur = (text = '') => text.replace(/floating IP [\d.]+ \([0-9a-f-]+\)/, 'floating IP A (ID)');
      assert.deepEqual({ ...ours, message: blur(ours.message) }, { ...theirs, message: blur(theirs.message) });
    });
  }
});

/** What Neutron made of a subnet that it took. */
function sameSubnet(result: object | undefined, body: unknown): void {
  const theirs = (body as { subnet?: Subnet } | null)?.subnet;
  const ours = (result as { subnet?: Subnet } | undefined)?.subnet;
  if (theirs === undefined || ours === undefined) return;
  for (const name of ['cidr', 'gateway_ip', 'allocation_pools', 'enable_dhcp', 'ip_version'] as const) {
    assert.deepEqual(ours[name], theirs[name], name);
  }
}
