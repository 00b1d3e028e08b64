/** An interface, a gateway, a route of a router. Pure. */
import * as l10n from '@vscode/l10n';
import type { OpenLabFile } from '../../../model/lab-file/edit/open.js';
import { nextFreeAddress } from '../../../model/lab-file/edit/propose-addresses.js';
import { attachableSubnets, externalNetworks } from '../../../model/lab-file/edit/proposals.js';
import { labelOf } from '../../../model/lab-file/edit/targets.js';
import { addExtraRoute, addRouterInterface, setGateway, together } from '../../../model/lab-file/edit/verbs.js';
import type { Router } from '../../../model/resources.js';
import { GATEWAY } from '../../../model/lab-file/words/routers.js';
import {
  declaredRouters,
  nameOf,
  named,
  networkChoices,
  plainChoices,
  subnetChoices,
  subnetNamed,
} from '../choices.js';
import { type Flow, type FlowMaker, NOTHING } from '../flow.js';
import { nothingToChoose } from '../nothing-to-choose.js';
import { type Answers, type Step, one } from '../step.js';

/** Asks for the router first where it is not given. */
function ofRouter(
  router: string | undefined,
  make: (file: OpenLabFile, router: string) => Flow,
  title: string,
): FlowMaker {
  return (file) => {
    if (router !== undefined) return make(file, router);
    const routers = declaredRouters(file);
    if (routers.length === 0) throw nothingToChoose(l10n.t('There is no router yet.'), l10n.t('Add one first.'));
    const chosen = (answers: Answers): Flow | null => {
      const name = one(answers, 'router');
      return name === undefined ? null : make(file, name);
    };
    const ask: Step = { ask: 'one', key: 'router', prompt: l10n.t('Of which router?'), choices: plainChoices(routers) };
    return {
      title,
      steps: (answers) => [ask, ...(chosen(answers)?.steps(answers) ?? [])],
      edit: (answers) => chosen(answers)?.edit(answers) ?? NOTHING,
      made: (answers) => chosen(answers)?.made?.(answers) ?? null,
    };
  };
}

export function addInterface(router?: string): FlowMaker {
  return ofRouter(router, interfaceOf, l10n.t('Add interface'));
}

function interfaceOf(file: OpenLabFile, router: string): Flow {
  const subnets = attachableSubnets(file, router);
  const others = shareable(file, router, subnets);
  if (subnets.length + others.length === 0)
    throw nothingToChoose(
      l10n.t('There is no subnet that {0} could join.', nameOf(file, 'router', router)),
      l10n.t('Add a network with a subnet first.'),
    );
  const address = (subnet: string): string =>
    (others.includes(subnet) ? nextFreeAddress(file, subnet) : subnetNamed(file, subnet)?.gateway_ip) ?? '';
  return {
    title: l10n.t('Add interface to {0}', nameOf(file, 'router', router)),
    steps: (answers) => {
      const subnet = one(answers, 'subnet') ?? subnets[0] ?? others[0] ?? '';
      return [
        {
          ask: 'one',
          key: 'subnet',
          prompt: l10n.t('The subnet that it joins.'),
          choices: [
            ...subnetChoices(file, subnets),
            ...subnetChoices(file, others).map((choice) => ({
              ...choice,
              detail: l10n.t('It needs an address of its own: the gateway address is taken, or there is none.'),
            })),
          ],
        },
        {
          ask: 'text',
          key: 'address',
          prompt: l10n.t('The address of the interface.'),
          proposal: address(subnet),
        },
      ] satisfies Step[];
    },
    edit: (answers) => {
      const subnet = one(answers, 'subnet');
      if (subnet === undefined) return NOTHING;
      const given = one(answers, 'address') ?? address(subnet);
      const usual = subnetNamed(file, subnet)?.gateway_ip ?? null;
      return addRouterInterface(router, subnet, given === '' || given === usual ? {} : { ip_address: given });
    },
    made: () => ({ kind: 'router', name: nameOf(file, 'router', router) }),
  };
}

/** Subnets of tenant networks that the router could join with another address than the gateway's. */
function shareable(file: OpenLabFile, router: string, besides: readonly string[]): string[] {
  const { built } = file.analysis;
  const id = routerNamed(file, router)?.id;
  if (built === null || id === undefined) return [];
  const own = new Set(
    built.ports.filter((port) => port.device_id === id).flatMap((port) => port.fixed_ips.map((ip) => ip.subnet_id)),
  );
  const inside = new Set(built.networks.filter((network) => !network['router:external']).map((network) => network.id));
  return built.subnets
    .filter((subnet) => inside.has(subnet.network_id) && !own.has(subnet.id))
    .flatMap((subnet) => labelOf(file, 'subnet', subnet.id) ?? [])
    .filter((label) => !besides.includes(label));
}

export function setRouterGateway(router?: string): FlowMaker {
  return ofRouter(router, gatewayOfRouter, l10n.t('Set gateway'));
}

function gatewayOfRouter(file: OpenLabFile, router: string): Flow {
  const name = nameOf(file, 'router', router);
  const networks = externalNetworks(file, router);
  if (networks.length === 0)
    throw nothingToChoose(
      (routerNamed(file, router)?.external_gateway_info ?? null) === null
        ? l10n.t('There is no external network.')
        : l10n.t('There is no other external network.'),
      l10n.t('Add a network and choose *External network*.'),
    );
  return {
    title: l10n.t('Set gateway of {0}', name),
    steps: () => [
      {
        ask: 'one',
        key: 'network',
        prompt: l10n.t('The external network that is its gateway.'),
        choices: networkChoices(file, networks),
      },
      {
        ask: 'one',
        key: 'snat',
        prompt: GATEWAY.enable_snat.meaning,
        choices: [
          { value: 'true', label: 'SNAT', description: 'enable_snat: true' },
          { value: 'false', label: l10n.t('no SNAT'), description: 'enable_snat: false' },
        ],
      },
    ],
    edit: (answers) => {
      const network = one(answers, 'network');
      if (network === undefined) return NOTHING;
      return setGateway(router, { network, ...(one(answers, 'snat') === 'false' ? { enable_snat: false } : {}) });
    },
    made: () => ({ kind: 'router', name }),
  };
}

export function addRoute(router?: string): FlowMaker {
  return ofRouter(router, routeOf, l10n.t('Add route'));
}

function routeOf(file: OpenLabFile, router: string): Flow {
  const name = nameOf(file, 'router', router);
  const [first] = joined(file, router);
  if (first === undefined)
    throw nothingToChoose(
      l10n.t('{0} joins no subnet yet, so it has no next hop.', name),
      l10n.t('Add an interface first.'),
    );
  const hop = nextFreeAddress(file, first) ?? '';
  return {
    title: l10n.t('Add route to {0}', name),
    steps: () => routeSteps('', hop),
    edit: (answers) => {
      const destination = one(answers, 'destination');
      if (destination === undefined) return together();
      return addExtraRoute(router, { destination, nexthop: one(answers, 'nexthop') ?? hop });
    },
    made: () => ({ kind: 'router', name }),
  };
}

function routeSteps(destination: string, nexthop: string): Step[] {
  return [
    {
      ask: 'text',
      key: 'destination',
      prompt: l10n.t('What is sent that way: a CIDR.'),
      proposal: destination,
      placeholder: '10.0.0.0/8',
    },
    {
      ask: 'text',
      key: 'nexthop',
      prompt: l10n.t('The next hop: an address in a subnet that the router joins.'),
      proposal: nexthop,
    },
  ];
}

/** The subnets that the router has an interface on. */
function joined(file: OpenLabFile, router: string): string[] {
  const id = routerNamed(file, router)?.id;
  const ports = (file.analysis.built?.ports ?? []).filter(
    (port) => port.device_id === id && /router_interface|replicated/.test(port.device_owner),
  );
  return ports.flatMap((port) => port.fixed_ips.flatMap((ip) => labelOf(file, 'subnet', ip.subnet_id) ?? []));
}

function routerNamed(file: OpenLabFile, router: string): Router | undefined {
  return named(file, 'router', router, (lab) => lab.routers);
}
