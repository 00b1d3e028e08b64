/** What it means to drop one row on another. Pure. */
import * as l10n from '@vscode/l10n';
import { LabError } from '../../model/errors.js';
import type { LabFileEdit } from '../../model/lab-file/edit/edits.js';
import type { OpenLabFile } from '../../model/lab-file/edit/open.js';
import { labelOf } from '../../model/lab-file/edit/targets.js';
import {
  addRouterInterface,
  addSecurityGroup,
  associateFloatingIp,
  attachNetwork,
  moveInstance,
  setGateway,
} from '../../model/lab-file/edit/verbs.js';
import type { ContextValue } from '../manifest/context-values.js';
import type { About } from '../tree/row.js';
import { nameOf, networkNamed, subnetChoices, subnetsOf } from './choices.js';
import { type Flow, type FlowMaker, NOTHING } from './flow.js';
import { one } from './step.js';

/** An edit at once, or something to be asked before. */
export type Drop = { readonly edit: LabFileEdit } | { readonly ask: FlowMaker };

/** Kinds that can be dragged. */
export const DRAGGED: ReadonlySet<ContextValue> = new Set<ContextValue>([
  'network',
  'subnet',
  'instance',
  'floatingIp',
  'securityGroup',
  'router',
]);

/**
 * Either row may be the one that is dragged: an instance onto a network, or a network onto an instance.
 * @throws LabError where the two have nothing to do with one another
 */
export function dropOf(file: OpenLabFile, dragged: About, onto: About): Drop {
  const drop = meaning(file, dragged, onto) ?? meaning(file, onto, dragged);
  if (drop !== null) return drop;
  throw new LabError(
    'NothingToJoin',
    l10n.t('{0} cannot be dropped on {1}.', dragged.name, onto.name),
    l10n.t(
      'Drop an instance on a network or a node, a subnet or network on a router, a floating IP or a security group on an instance.',
    ),
  );
}

function meaning(file: OpenLabFile, first: About, other: About): Drop | null {
  switch (`${first.kind} ${other.kind}`) {
    case 'instance network':
      return { edit: attachNetwork(first.id, other.id) };
    case 'instance subnet':
      return other.owner === undefined ? null : { edit: attachNetwork(first.id, other.owner.id) };
    case 'instance node':
      return { edit: moveInstance(first.id, other.id) };
    case 'subnet router':
      return { edit: addRouterInterface(other.id, first.id) };
    case 'network router':
      return networkOnRouter(file, first, other);
    case 'floatingIp instance':
      return { edit: associateFloatingIp(first.id, { instance: other.id }) };
    case 'floatingIp port':
      return other.owner === undefined ? null : { edit: associateFloatingIp(first.id, { instance: other.owner.id }) };
    case 'securityGroup instance':
      return { edit: addSecurityGroup('instance', other.id, first.id) };
    default:
      return null;
  }
}

/** An external network becomes the gateway; of a tenant network the router joins the only subnet, or the one that is chosen. */
function networkOnRouter(file: OpenLabFile, network: About, router: About): Drop {
  const found = networkNamed(file, network.id);
  if (found?.['router:external'] === true) return { edit: setGateway(router.id, { network: network.id }) };
  const labels = subnetsOf(file, found?.id).flatMap(({ id }) => labelOf(file, 'subnet', id) ?? []);
  const [only, ...more] = labels;
  if (only === undefined)
    throw new LabError(
      'NothingToJoin',
      l10n.t('The network {0} has no subnet that a router could join.', network.name),
      l10n.t('Add one first.'),
    );
  if (more.length === 0) return { edit: addRouterInterface(router.id, only) };
  return {
    ask: (now): Flow => ({
      title: l10n.t('Add interface to {0}', nameOf(now, 'router', router.id)),
      steps: () => [
        {
          ask: 'one',
          key: 'subnet',
          prompt: l10n.t('The subnet that it joins.'),
          choices: subnetChoices(now, labels),
        },
      ],
      edit: (answers) => {
        const subnet = one(answers, 'subnet');
        return subnet === undefined ? NOTHING : addRouterInterface(router.id, subnet);
      },
    }),
  };
}
