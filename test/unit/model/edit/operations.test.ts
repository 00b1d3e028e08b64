/** An edit of a lab file says the same as the operation on the lab: the outcome, and the refusal. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LabError } from '../../../../src/model/errors.js';
import { applyEdit } from '../../../../src/model/lab-file/edit/apply.js';
import type { LabFileEdit } from '../../../../src/model/lab-file/edit/edits.js';
import * as verbs from '../../../../src/model/lab-file/edit/verbs.js';
import { readLabFile } from '../../../../src/model/lab-file/read.js';
import { deleteFloatingIp, updateFloatingIp } from '../../../../src/model/operations/floating-ips.js';
import { clearGateway, setGateway } from '../../../../src/model/operations/gateways.js';
import { addRouterInterface, removeRouterInterface } from '../../../../src/model/operations/interfaces.js';
import { createNetwork, deleteNetwork, updateNetwork } from '../../../../src/model/operations/networks.js';
import { createRouter, deleteRouter, updateRouter } from '../../../../src/model/operations/routers.js';
import { addExtraRoutes, removeExtraRoutes } from '../../../../src/model/operations/routes.js';
import { createSecurityGroup, deleteSecurityGroup } from '../../../../src/model/operations/security-groups.js';
import { createSubnet, deleteSubnet, updateSubnet } from '../../../../src/model/operations/subnets.js';
import type { Lab } from '../../../../src/model/resources.js';
import { labOf } from '../support.js';
import { samples } from './labs.js';

interface Pair {
  readonly what: string;
  readonly edit: LabFileEdit;
  readonly operation: (lab: Lab) => { readonly lab: Lab };
}

const route = { destination: '10.98.0.0/16', nexthop: '10.0.0.77' };
const held = { destination: '10.99.0.0/16', nexthop: '10.0.0.50' };

/** One edit and its operation, on resources of the lab chosen by two numbers. */
function pairsOf(lab: Lab, first: number, second: number): Pair[] {
  const pick = <T>(list: readonly T[], nth: number): T[] => (list.length === 0 ? [] : [list[nth % list.length]!]);
  const own = lab.networks.filter(({ project_id: project }) => project !== '');
  const subnets = lab.subnets.filter(({ name }) => !name.startsWith('HA subnet'));
  const external = own.find((network) => network['router:external'])!;
  const pairs: Pair[] = [
    {
      what: 'create network',
      edit: verbs.createNetwork('new', { mtu: 1400 }),
      operation: (l) => createNetwork(l, { name: 'new', mtu: 1400 }),
    },
    {
      what: 'create router',
      edit: verbs.createRouter('new', { ha: true }),
      operation: (l) => createRouter(l, { name: 'new', ha: true }),
    },
    {
      what: 'create group',
      edit: verbs.createSecurityGroup('new'),
      operation: (l) => createSecurityGroup(l, { name: 'new' }),
    },
  ];
  for (const network of pick(own, first)) {
    const target = { kind: 'network', ref: network.id } as const;
    pairs.push(
      { what: 'delete network', edit: verbs.remove(target), operation: (l) => deleteNetwork(l, network.id) },
      {
        what: 'rename network',
        edit: verbs.rename(target, 'new'),
        operation: (l) => updateNetwork(l, network.id, { name: 'new' }),
      },
      {
        what: 'network down',
        edit: verbs.setAttribute(target, 'admin_state_up', false),
        operation: (l) => updateNetwork(l, network.id, { admin_state_up: false }),
      },
      {
        what: 'create subnet',
        edit: verbs.createSubnet(network.id, 'new', { cidr: '172.20.0.0/24' }),
        operation: (l) =>
          createSubnet(l, { network_id: network.id, name: 'new', cidr: '172.20.0.0/24', ip_version: 4 }),
      },
    );
  }
  for (const subnet of pick(subnets, second)) {
    const target = { kind: 'subnet', ref: subnet.id } as const;
    pairs.push(
      { what: 'delete subnet', edit: verbs.remove(target), operation: (l) => deleteSubnet(l, subnet.id) },
      {
        what: 'rename subnet',
        edit: verbs.rename(target, 'new'),
        operation: (l) => updateSubnet(l, subnet.id, { name: 'new' }),
      },
    );
  }
  for (const router of pick(lab.routers, first)) {
    const target = { kind: 'router', ref: router.id } as const;
    const { id } = router;
    pairs.push(
      { what: 'delete router', edit: verbs.remove(target), operation: (l) => deleteRouter(l, id) },
      {
        what: 'rename router',
        edit: verbs.rename(target, 'new'),
        operation: (l) => updateRouter(l, id, { name: 'new' }),
      },
      { what: 'clear gateway', edit: verbs.clearGateway(id), operation: (l) => clearGateway(l, id) },
      {
        what: 'set gateway',
        edit: verbs.setGateway(id, { network: external.id, enable_snat: false }),
        operation: (l) => setGateway(l, id, { network_id: external.id, enable_snat: false }),
      },
      {
        what: 'add route',
        edit: verbs.addExtraRoute(id, route),
        operation: (l) => addExtraRoutes(l, id, { routes: [route] }),
      },
    );
    if (router.routes.some(({ nexthop }) => nexthop === held.nexthop)) {
      pairs.push({
        what: 'remove route',
        edit: verbs.removeExtraRoute(id, held),
        operation: (l) => removeExtraRoutes(l, id, { routes: [held] }),
      });
    }
    for (const subnet of pick(subnets, second)) {
      pairs.push(
        {
          what: 'add interface',
          edit: verbs.addRouterInterface(id, subnet.id),
          operation: (l) => addRouterInterface(l, id, { subnet_id: subnet.id }),
        },
        {
          what: 'remove interface',
          edit: verbs.removeRouterInterface(id, subnet.id),
          operation: (l) => removeRouterInterface(l, id, { subnet_id: subnet.id }),
        },
      );
    }
  }
  for (const { id } of pick(lab.floatingips, first)) {
    pairs.push(
      {
        what: 'disassociate',
        edit: verbs.disassociateFloatingIp(id),
        operation: (l) => updateFloatingIp(l, id, { port_id: null }),
      },
      {
        what: 'delete floating IP',
        edit: verbs.remove({ kind: 'floatingip', ref: id }),
        operation: (l) => deleteFloatingIp(l, id),
      },
    );
  }
  for (const { id } of pick(lab.security_groups, second)) {
    pairs.push({
      what: 'delete group',
      edit: verbs.remove({ kind: 'security_group', ref: id }),
      operation: (l) => deleteSecurityGroup(l, id),
    });
  }
  return pairs;
}

/** A lab without what is chosen by chance or follows from it: ids that were there have to be the same. */
function said(lab: Lab): unknown {
  const byId = <T extends { readonly id: string }>(list: readonly T[]): T[] =>
    [...list].sort((x, y) => (x.id < y.id ? -1 : 1));
  return {
    nodes: lab.nodes,
    networks: byId(lab.networks).map((network) => ({ ...network, 'provider:segmentation_id': 0 })),
    subnets: byId(lab.subnets),
    routers: byId(lab.routers).map(({ external_gateway_info: info, ...rest }) => ({
      ...rest,
      gateway: info && { network_id: info.network_id, enable_snat: info.enable_snat },
    })),
    ports: byId(lab.ports).map(({ id, network_id, device_id, device_owner, fixed_ips: ips }) => ({
      id,
      network_id,
      device_id,
      device_owner,
      subnets: ips.map((ip) => ip.subnet_id).sort(),
    })),
    floatingips: byId(lab.floatingips).map(({ id, floating_network_id, port_id, router_id }) => ({
      id,
      floating_network_id,
      port_id,
      router_id,
    })),
    security_groups: byId(lab.security_groups).map((group) => ({
      ...group,
      security_group_rules: byId(group.security_group_rules),
    })),
    instances: byId(lab.instances),
  };
}

describe('an edit of a lab file and the operation on the lab', function () {
  this.timeout(120_000);

  it('have the same outcome, or Neutron refuses both with the same error', () => {
    fc.assert(
      fc.property(samples, fc.nat(), fc.nat(), fc.nat(), ({ text }, first, second, which) => {
        const lab = labOf(text);
        const pairs = pairsOf(lab, first, second);
        const { what, edit, operation } = pairs[which % pairs.length]!;
        const outcome = applyEdit(text, edit, { keepId: true, held: lab });
        let after: Lab;
        try {
          after = operation(lab).lab;
        } catch (error) {
          assert.ok(error instanceof LabError);
          assert.equal(outcome.refusal?.code, error.code, what);
          return;
        }
        assert.equal(outcome.refusal, null, `${what}: ${outcome.refusal?.message ?? ''}`);
        const read = readLabFile(outcome.text, { held: lab });
        assert.ok(read.lab);
        assert.deepEqual(said(read.lab), said(after), what);
      }),
      { numRuns: 150 },
    );
  });
});
