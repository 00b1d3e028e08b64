/** Routers of a lab, prepared once for all nodes that host them. */
import type { LabIndex } from '../../model/lab-queries.js';
import { portDevice } from '../../model/names.js';
import { primaryVip } from '../../model/primary-vip.js';
import type { NodeBuilder } from '../node-builder.js';
import type { ProcessItem } from '../node-state.js';
import { buildHaReplica, virtualState, type Replica, type VirtualState } from './ha-router.js';
import { followReplica } from './l3-agent.js';
import { buildLegacyRouter } from './legacy-router.js';
import { routerTexts, type RouterTexts } from './router-namespace.js';
import { routerView, type RouterView } from './router-view.js';

export interface RouterPlan {
  readonly view: RouterView;
  readonly texts: RouterTexts;
  /** Null for a legacy router. */
  readonly virtual: VirtualState | null;
}

/** By router id. A router that is administratively down is nowhere: its agents take down all of it. */
export function routerPlans(index: LabIndex): ReadonlyMap<string, RouterPlan> {
  const up = index.lab.routers.filter((router) => router.admin_state_up);
  return new Map(
    up.map((router) => {
      const view = routerView(router, index);
      return [router.id, { view, texts: routerTexts(view), virtual: router.ha ? virtualState(view) : null }];
    }),
  );
}

/**
 * Build a router on a node.
 *
 * @returns the processes that the agent keeps alive, null where nothing was built: an agent leaves an HA router
 *   alone that has no HA port on its node yet
 */
export function buildRouter(builder: NodeBuilder, plan: RouterPlan, index: LabIndex): readonly ProcessItem[] | null {
  const { view, texts, virtual } = plan;
  if (virtual === null) return buildLegacyRouter(builder, view, texts);
  const replica = replicaOn(builder.node, view.router.id, index);
  if (replica === null) return null;
  const { config } = index.lab;
  const processes = buildHaReplica(builder, view, texts, virtual, replica, config);
  followReplica(builder, view, replica, config);
  return processes;
}

function replicaOn(node: string, routerId: string, index: LabIndex): Replica | null {
  const vrid = index.lab.ha_vr_ids[routerId];
  const haPort = index.haPort(routerId, node);
  const haNetwork = index.networks.get(haPort?.network_id ?? '');
  const haSubnet = index.subnets.get(haPort?.fixed_ips[0]?.subnet_id ?? '');
  if (vrid === undefined || haPort === null || haNetwork === undefined || haSubnet === undefined) return null;
  return {
    vrid,
    haPort,
    haNetwork,
    haSubnet,
    haDevice: portDevice('ha-', haPort.id),
    primaryVip: primaryVip(vrid, haSubnet.cidr),
  };
}
