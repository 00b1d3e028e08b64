/** Routers › interfaces, gateway, routes, replicas. Pure. */
import * as l10n from '@vscode/l10n';
import type { ReplicaStatus, RouterStatus } from '../../lab/status.js';
import { portDevice, qrouterNamespace } from '../../model/names.js';
import type { Port, Router } from '../../model/resources.js';
import { describeRouter } from '../../model/teaching/routers.js';
import { remarkWord } from '../../picture/remark-words.js';
import { type Row, type RowIcon, dotted } from './row.js';
import { type Scene, about, flagsOf, isNew, rowId } from './scene.js';
import { interfaceTip, replicaTip } from './tips.js';
import { notApplied, roleIcon } from './words.js';

export function routerRows(scene: Scene): Row[] {
  return scene.index.lab.routers.map((router) => routerRow(scene, router));
}

function routerRow(scene: Scene, router: Router): Row {
  const { index, status } = scene;
  const live = status?.routers.find(({ id }) => id === router.id) ?? null;
  const owner = { kind: 'router' as const, id: router.id, name: router.name };
  return {
    id: rowId(scene, 'router', router.id),
    label: router.name || router.id,
    description: dotted(
      router.ha && 'HA',
      live && whereItIs(live),
      !router.admin_state_up && l10n.t('admin down'),
      isNew(scene, 'routers', router.id) && notApplied(),
    ),
    icon: routerIcon(router, live),
    flags: flagsOf(scene, router.ha && 'ha'),
    about: about(scene, 'router', router.id, router.name),
    tooltip: () => describeRouter(index, router.id) ?? '',
    children: () => [
      ...(live?.replicas ?? []).map((replica) => replicaRow(scene, router, replica)),
      ...index.interfacePorts(router.id).map((port) => interfaceRow(scene, router, port)),
      ...gatewayRows(scene, router),
      ...router.routes.map(({ destination, nexthop }, at): Row => ({
        id: rowId(scene, 'route', router.id, String(at), destination, nexthop),
        label: destination,
        description: l10n.t('via {0}', nexthop),
        icon: { codicon: 'arrow-right' },
        flags: flagsOf(scene),
        about: about(scene, 'route', `${destination} ${nexthop}`, destination, { owner }),
        tooltip: () =>
          l10n.t(
            'An extra route: what goes to {0} is given to {1}, which a subnet of the router has.',
            destination,
            nexthop,
          ),
      })),
    ],
  };
}

/** Where its MASTER is, or where a legacy router is; two masters are said as they are. */
function whereItIs({ ha, active_on: nodes, unseen_on: unseen, admin_state_up: up }: RouterStatus): string {
  if (!up) return '';
  const [first, ...more] = nodes;
  if (first === undefined && unseen.length > 0)
    return unseen.map(({ node, remark }) => `${node}: ${remarkWord(remark)}`).join(' · ');
  if (first === undefined) return ha ? l10n.t('no MASTER') : l10n.t('nowhere');
  if (!ha) return first;
  return more.length > 0 ? l10n.t('{0} MASTERs: {1}', nodes.length, nodes.join(', ')) : l10n.t('MASTER on {0}', first);
}

function routerIcon(router: Router, live: RouterStatus | null): RowIcon {
  if (!router.admin_state_up) return { codicon: 'circle-slash', colour: 'disabledForeground' };
  if (live === null) return { media: 'router' };
  if (live.active_on.length === 1) return { media: 'router' };
  return { codicon: 'warning', colour: 'list.warningForeground' };
}

function replicaRow(scene: Scene, router: Router, { node, role, remark, ha_address: address }: ReplicaStatus): Row {
  const namespace = qrouterNamespace(router.id);
  return {
    id: rowId(scene, 'replica', router.id, node),
    label: node,
    description: dotted(role, remark === null ? null : remarkWord(remark), address),
    icon: roleIcon(role),
    flags: flagsOf(scene, 'ha'),
    about: about(scene, 'replica', `${router.id} ${node}`, router.name, {
      node,
      namespace,
      owner: { kind: 'router', id: router.id, name: router.name },
    }),
    tooltip: () => replicaTip(scene.index, router, node, role),
    spoken: l10n.t('Replica on {0}: {1}', node, role),
  };
}

function interfaceRow(scene: Scene, router: Router, port: Port): Row {
  const { index } = scene;
  const device = portDevice('qr-', port.id);
  const subnets = port.fixed_ips.map(({ subnet_id: id }) => index.subnets.get(id)?.name ?? id);
  return {
    id: rowId(scene, 'interface', port.id),
    label: subnets.join(', ') || port.id,
    description: dotted(port.fixed_ips.map(({ ip_address: ip }) => ip).join(', '), device),
    icon: { codicon: 'plug' },
    flags: flagsOf(scene),
    about: about(scene, 'interface', port.id, subnets.join(', '), {
      device,
      namespace: qrouterNamespace(router.id),
      owner: { kind: 'router', id: router.id, name: router.name },
    }),
    tooltip: () => interfaceTip(index, router, port, device),
  };
}

function gatewayRows(scene: Scene, router: Router): Row[] {
  const { index } = scene;
  const info = router.external_gateway_info;
  const port = index.gatewayPort(router.id);
  if (info === null || port === null) return [];
  const device = portDevice('qg-', port.id);
  const network = index.networks.get(info.network_id)?.name ?? info.network_id;
  return [
    {
      id: rowId(scene, 'gateway', router.id),
      label: network,
      description: dotted(
        port.fixed_ips.map(({ ip_address: ip }) => ip).join(', '),
        info.enable_snat ? 'SNAT' : l10n.t('no SNAT'),
        device,
      ),
      icon: { codicon: 'globe' },
      flags: flagsOf(scene),
      about: about(scene, 'gateway', port.id, network, {
        device,
        namespace: qrouterNamespace(router.id),
        owner: { kind: 'router', id: router.id, name: router.name },
      }),
      tooltip: () => interfaceTip(index, router, port, device),
    },
  ];
}
